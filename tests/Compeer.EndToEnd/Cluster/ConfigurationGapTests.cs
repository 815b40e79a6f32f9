using Compeer.EndToEnd.Harness;
using static Compeer.EndToEnd.Cluster.TravellingConfiguration;

namespace Compeer.EndToEnd.Cluster;

/// <summary>A configuration that changes at any peer stops no check and doubles none.</summary>
[Collection(Alone.Name)]
public sealed class ConfigurationGapTests : ClusterTest
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(4);

    /// <remarks>The plugin notes its start itself, once it runs. On a machine that is so busy that a started process waits for seconds, the
    /// note of one run may come late and that of the next in time, so that they seem too close although they were started an interval
    /// apart. One true double run is left: the first peer is stopped here, and a check that does not end in the time that a stop waits is
    /// made anew by its next owner, because its result would come to nobody.</remarks>
    [Fact]
    public async Task Edit_AtAnyPeer_IsRunByAllAndNothingIsLeftOutOrRunTwice()
    {
        var site = TracedSite(hosts: 12, services: 1);
        var cluster = await StartClusterAsync(site);
        await cluster.WaitUntilAllCheckedAsync("first round", Interval + Limits.Moment);
        string[] old = [.. site.Names];
        var from = TracedPlugin.Now;

        // Another file at the second peer, a variable of the main configuration at the third, a restart at the first.
        var added = Path.Combine(cluster[1].Paths.ConfigurationFolder, "objects", "more", "added.cfg");
        Directory.CreateDirectory(Path.GetDirectoryName(added)!);
        await File.WriteAllTextAsync(added, Host(site, "a00"));
        (await cluster[1].MonAsync("reload")).Expect(0);
        await cluster.WaitUntilAgreedAsync("another file at p2", Limits.Moment, cluster.Nodes);
        Assert.All(cluster.Nodes, node => Assert.True(File.Exists(FileOf(node, "objects/more/added.cfg"))));

        var main = cluster[2].Paths.MainConfiguration;
        await File.WriteAllTextAsync(main, await File.ReadAllTextAsync(main) + "use_timezone=Europe/Stockholm\n");
        cluster[2].Signal(Native.Hangup);
        await HoldsAsync(cluster.Nodes, "the main file has the variable", node =>
            File.ReadAllText(node.Paths.MainConfiguration).Contains("use_timezone=Europe/Stockholm\n", StringComparison.Ordinal));
        await cluster.WaitUntilAgreedAsync("a variable at p3", Limits.Moment, cluster.Nodes);

        var pid = cluster[0].Pid;
        cluster[0].Signal(Native.Terminate);
        await cluster[0].WaitForEndAsync(pid);
        File.Delete(FileOf(cluster[0], "objects/more/added.cfg"));
        site.Names.Remove("a00:");
        await cluster[0].StartAsync();
        await cluster.WaitUntilAgreedAsync("a file less at p1, and a restart", Limits.Agreement, cluster.Nodes);
        Assert.All(cluster.Nodes, node => Assert.False(File.Exists(FileOf(node, "objects/more/added.cfg"))));

        var again = TracedPlugin.Now;
        await Eventually.HoldsAsync(
            "after all changes",
            "every object is checked twice more",
            2 * Interval + Limits.Moment,
            () => site.Names.FirstOrDefault(name => Plugin.Runs().Count(run => run.StartedAt > again && run.Object == name) < 2),
            cluster.Nodes);
        RunsOfChecks.AssertNoneTwice(Plugin.Runs(), Interval / 2);
        RunsOfChecks.AssertNoneLeftOut(Plugin.Runs(), old, from, TracedPlugin.Now, Interval + TimeSpan.FromSeconds(3));
    }
}
