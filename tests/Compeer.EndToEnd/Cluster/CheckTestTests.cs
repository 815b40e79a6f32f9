using System.Globalization;
using Compeer.EndToEnd.Harness;

namespace Compeer.EndToEnd.Cluster;

/// <summary>A check is tested where it is run, by who may.</summary>
public sealed class CheckTestTests : ClusterTest
{
    [Fact]
    public async Task Test_IsRunByTheNodeThatChecks_WhereThatAcceptsIt()
    {
        // Below which mond the plugin runs is what it says itself.
        var site = new SiteConfiguration(Folder).Command("where", "echo below $$PPID for $HOSTNAME$ && exit 1");
        for (var host = 1; host <= 4; host++)
        {
            site.Host($"h{host:00}", "where", interval: 60);
        }

        var cluster = await StartClusterAsync(site, peers: 2);
        var theirs = (await cluster[0].OwnersAsync()).First(pair => pair.Value == "p2").Key.TrimEnd(':');
        var refused = (await cluster[0].MonAsync("check", "test", theirs)).Expect(3);
        Assert.Contains("p2: its merlin.conf does not have accept_runcmd = 1 for this node", refused.Output, StringComparison.Ordinal);

        // What a running daemon knows of the objects is said when a poller is added.
        var added = (await cluster[0].MonAsync("node", "add", "far", "type=poller", "hostgroup=nowhere", "connect=no")).Expect(0);
        Assert.Contains("poller far: there is no host group 'nowhere'", added.Error, StringComparison.Ordinal);
        (await cluster[0].MonAsync("node", "remove", "far")).Expect(0);

        var merlin = cluster[1].Paths.MerlinConfiguration;
        await File.WriteAllTextAsync(merlin, (await File.ReadAllTextAsync(merlin))
            .Replace("peer p1 {", "peer p1 {\n  accept_runcmd = 1", StringComparison.Ordinal));
        (await cluster[1].MonAsync("reload")).Expect(0);
        var expected = string.Create(CultureInfo.InvariantCulture, $"below {cluster[1].Pid} for {theirs}");
        await Eventually.HoldsAsync(
            "merlin.conf edited",
            "p2 runs the check",
            Limits.Moment,
            async () => await cluster[0].MonAsync("check", "test", theirs) is var run && run.ExitCode == 1
                && run.Output == expected + "\n" ? null : $"{run.ExitCode}: {run.Text}",
            cluster.Nodes);

        var asked = (await cluster[0].MonAsync("qh", "query", $"#merlin runcmd node=p2;host_name={theirs}")).Expect(0);
        Assert.StartsWith($"outstd={expected}\\n;wait_status=256;", asked.Output, StringComparison.Ordinal);
        await cluster[1].SaysAsync($"p1 tests the check of {theirs}");
        var ours = (await cluster[0].OwnersAsync()).First(pair => pair.Value != "p2").Key.TrimEnd(':');
        Assert.Contains(
            string.Create(CultureInfo.InvariantCulture, $"below {cluster[0].Pid} for {ours}"),
            (await cluster[0].MonAsync("check", "test", ours)).Expect(1).Output,
            StringComparison.Ordinal);
    }
}
