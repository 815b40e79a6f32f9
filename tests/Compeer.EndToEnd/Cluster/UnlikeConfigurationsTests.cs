using Compeer.EndToEnd.Harness;

namespace Compeer.EndToEnd.Cluster;

/// <summary>
/// One peer takes up a configuration that has little of what the others have, and they cannot follow: it is the newest and in
/// force, and nobody checks the rest. Every node says so, and how to end it.
/// </summary>
public sealed class UnlikeConfigurationsTests : ClusterTest
{
    private const int Hosts = 6;
    private const int HostsLeft = 2;
    private const int Lost = Hosts - HostsLeft;

    private static readonly string[] Expected =
    [
        "Configuration problems:",
        $"with {2 * Hosts} objects, of which {2 * Lost} are checked by nobody (h03, h04, h05, …). ",
        "interval_length",
        "To end it, mend that in the configuration at any peer and reload it there",
    ];

    [Fact]
    public async Task ShortConfiguration_ThatTheOthersRefuse_IsSaidEverywhereWithWhatNobodyChecks()
    {
        var site = TracedSite(Hosts, services: 1, interval: 2);
        var cluster = Own(await MonitorCluster.CreateAsync(Folder, site, peers: 3));
        var third = cluster[2];
        foreach (var node in cluster.Nodes.Where(node => node != third))
        {
            SetInIncludedFile(node, "interval_length=1\n");
        }

        await cluster.StartAllAsync();
        TracedSite(HostsLeft, services: 1, interval: 2).Set("interval_length", "30").WriteTo(third);
        (await third.MonAsync("reload")).Expect(0);

        foreach (var node in cluster.Nodes)
        {
            await Eventually.HoldsAsync(
                "p3 took up a short configuration",
                $"{node.Name} counts what nobody checks and says who runs the rest",
                Limits.Agreement,
                async () => await node.NodesAsync() is var seen
                    && (seen.Unchecked.Hosts, seen.Unchecked.Services) == (Lost, Lost)
                    && (seen.TotalHosts, seen.TotalServices) == (Hosts, Hosts)
                    && seen.Nodes.Sum(one => one.Hosts.Handled) == HostsLeft
                    && seen.Nodes.Sum(one => one.Services.Handled) == HostsLeft
                    && seen.InForce is { RunBy: [var runner] } && runner == (node == third ? "ipc" : third.Name)
                    && seen.ConfigurationProblems.Any(problem => problem.Contains("not take it up", StringComparison.Ordinal))
                        ? null
                        : $"{seen.Unchecked}, {seen.InForce}, totals {seen.TotalHosts} and {seen.TotalServices}\n"
                            + string.Join('\n', seen.ConfigurationProblems),
                cluster.Nodes);
            await Eventually.HoldsAsync(
                "p3 took up a short configuration",
                $"mon says so at {node.Name}, why and how to end it, and shows no share as whole",
                Limits.Agreement,
                async () => await node.MonAsync("node", "status") is { ExitCode: 1 } status
                    && Expected.All(words => status.Output.Contains(words, StringComparison.Ordinal))
                    && !status.Output.Contains("(100.00%", StringComparison.Ordinal)
                    && (await node.MonAsync("status")).Expect(0).Output.Contains("are checked by nobody", StringComparison.Ordinal)
                        ? null
                        : (await node.MonAsync("node", "status")).Output,
                cluster.Nodes);
            await Eventually.HoldsAsync(
                "p3 took up a short configuration",
                $"the log of {node.Name} says it, too",
                Limits.Moment,
                () => node.LogTexts.Any(line => line.Contains("are checked by nobody", StringComparison.Ordinal)) ? null : "it does not",
                node);
        }

        await Eventually.HoldsAsync(
            "p3 took up a short configuration",
            "what nobody checks has no owner",
            Limits.Moment,
            async () => (await cluster[0].ObjectAsync("h03:")).Owner is { Length: > 0 } owner ? owner : null,
            cluster.Nodes);
        site.WriteTo(third);
        (await third.MonAsync("reload")).Expect(0);
        await cluster.WaitUntilAgreedAsync("the same files everywhere", Limits.Agreement, cluster.Nodes);
        await Eventually.HoldsAsync(
            "the same files everywhere",
            "all is well",
            Limits.Moment,
            async () => (await cluster[0].MonAsync("node", "status")) is { ExitCode: not 0 } bad ? bad.Output : null,
            cluster.Nodes);
    }

    /// <summary>What an included file sets is not edited when a configuration arrives that says otherwise: it is refused.</summary>
    private static void SetInIncludedFile(MonitorNode node, string line)
    {
        var included = Path.Combine(node.Paths.ConfigurationFolder, "local.cfg");
        var main = File.ReadAllText(node.Paths.MainConfiguration);
        Assert.Contains(line, main, StringComparison.Ordinal);
        File.WriteAllText(node.Paths.MainConfiguration, main.Replace(line, $"include_file={included}\n", StringComparison.Ordinal));
        File.WriteAllText(included, line);
    }
}
