using Compeer.EndToEnd.Harness;

namespace Compeer.EndToEnd.Cluster;

/// <summary>Three peers to which nothing happens run each check at its time.</summary>
[Collection(Alone.Name)]
public sealed class SteadyStateTests : ClusterTest
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(4);

    [Fact]
    public async Task Checks_SteadyState_RunOncePerIntervalByTheirOwner()
    {
        var site = TracedSite(hosts: 24, services: 1, (int)Interval.TotalSeconds);
        var cluster = await StartClusterAsync(site);
        await cluster.WaitUntilAllCheckedAsync("first round", Interval + Limits.Moment);
        var division =
            await cluster.WaitUntilAgreedAsync("steady state", Limits.Agreement, cluster.Nodes);

        var from = TracedPlugin.Now;
        await Eventually.HoldsAsync(
            "steady state",
            "four more runs of every object",
            4 * Interval + Limits.Moment,
            () =>
            {
                var since = Plugin.Runs().Where(run => run.StartedAt > from).ToLookup(run => run.Object);
                return site.Names.FirstOrDefault(name => since[name].Count() < 4) is { } name
                    ? $"{name} was run {since[name].Count()} times"
                    : null;
            },
            cluster.Nodes);

        IReadOnlyList<PluginRun> runs = [.. Plugin.Runs().Where(run => run.StartedAt > from)];
        RunsOfChecks.AssertNoneTwice(runs, 0.8 * Interval);
        RunsOfChecks.AssertNoneLeftOut(runs, site.Names, from, from + 3 * Interval, 1.4 * Interval);
        Assert.All(runs, run => Assert.Equal(division[run.Object], run.Node));
    }
}
