using Compeer.EndToEnd.Harness;

namespace Compeer.EndToEnd.Cluster;

/// <summary>Three peers that see each other divide the checks and run each of them once.</summary>
public sealed class DivisionTests : ClusterTest
{
    private const int Hosts = 25;
    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(4);

    [Fact]
    public async Task Peers_Started_OwnAThirdEachAndAgree()
    {
        MonitorCluster cluster = await StartClusterAsync(TracedSite(Hosts, services: 2));
        IReadOnlyDictionary<string, string> division =
            await cluster.WaitUntilAgreedAsync("three peers", Limits.Agreement, cluster.Nodes);

        int[] shares =
        [
            .. cluster.Nodes.Select(node => division.Count(pair => pair.Key.EndsWith(':') && pair.Value == node.Name)),
        ];
        Assert.Equal(Hosts, shares.Sum());
        Assert.True(shares.Max() - shares.Min() <= 1, $"hosts per peer: {string.Join(", ", shares)}");
        Assert.All(division, pair => Assert.Equal(division[pair.Key.Split(':')[0] + ":"], pair.Value));
        foreach (MonitorNode node in cluster.Nodes)
        {
            Api.NodesStatus status = await node.NodesAsync();
            Assert.Equal(3, status.Members);
            Assert.Empty(status.ConfigurationProblems);
            Assert.Equal(Hosts, status.Nodes.Sum(share => share.Hosts.Handled));
            Assert.Equal(2 * Hosts, status.Nodes.Sum(share => share.Services.Handled));
            Assert.All(status.Nodes, other => Assert.Equal(Api.NodeStateName.Active, other.State));
            Assert.All(status.Nodes, other => Assert.True(other.Encrypted, $"{other.Name} is not encrypted"));
        }
    }

    [Fact]
    public async Task Checks_SteadyState_RunOncePerIntervalByTheirOwner()
    {
        SiteConfiguration site = TracedSite(hosts: 24, services: 1, (int)_interval.TotalSeconds);
        MonitorCluster cluster = await StartClusterAsync(site);
        await cluster.WaitUntilAllCheckedAsync("first round", _interval + Limits.Moment);
        IReadOnlyDictionary<string, string> division =
            await cluster.WaitUntilAgreedAsync("steady state", Limits.Agreement, cluster.Nodes);

        TimeSpan from = TracedPlugin.Now;
        await Eventually.HoldsAsync(
            "steady state",
            "four more runs of every object",
            4 * _interval + Limits.Moment,
            () =>
            {
                ILookup<string, PluginRun> since = Plugin.Runs().Where(run => run.StartedAt > from).ToLookup(run => run.Object);
                return site.Names.FirstOrDefault(name => since[name].Count() < 4) is { } name
                    ? $"{name} was run {since[name].Count()} times"
                    : null;
            },
            cluster.Nodes);

        IReadOnlyList<PluginRun> runs = [.. Plugin.Runs().Where(run => run.StartedAt > from)];
        RunsOfChecks.AssertNoneTwice(runs, 0.8 * _interval);
        RunsOfChecks.AssertNoneLeftOut(runs, site.Names, from, from + 3 * _interval, 1.4 * _interval);
        Assert.All(runs, run => Assert.Equal(division[run.Object], run.Node));
    }

    [Fact]
    public async Task Results_OfAnyPeer_ShowOnEveryPeer()
    {
        MonitorCluster cluster = await StartClusterAsync(TracedSite(hosts: 9, services: 1, interval: 2));
        await cluster.WaitUntilAllCheckedAsync("first round", TimeSpan.FromSeconds(2) + Limits.Moment);
        IReadOnlyDictionary<string, string> division =
            await cluster.WaitUntilAgreedAsync("three peers", Limits.Agreement, cluster.Nodes);
        foreach (MonitorNode owner in cluster.Nodes)
        {
            string name = division.First(pair => pair.Value == owner.Name && !pair.Key.EndsWith(':')).Key;
            Plugin.SetResult(name, 2, $"broken as {owner.Name} found");
            foreach (MonitorNode reader in cluster.Nodes)
            {
                await Eventually.HoldsAsync(
                    "one result changed",
                    $"{reader.Name} shows {name} as {owner.Name} found it",
                    Limits.Moment,
                    async () =>
                    {
                        Api.CheckableStatus status = await reader.ObjectAsync(name);
                        return status is { State: "CRITICAL" } && status.Output == $"broken as {owner.Name} found"
                            ? null
                            : $"{status.State}: {status.Output}";
                    },
                    cluster.Nodes);
            }
        }
    }
}
