using Compeer.EndToEnd.Harness;

namespace Compeer.EndToEnd.Cluster;

/// <summary>Three peers that see each other divide the checks and run each of them once.</summary>
public sealed class DivisionTests : ClusterTest
{
    private const int Hosts = 25;

    [Fact]
    public async Task Peers_Started_OwnAThirdEachAndAgree()
    {
        var cluster = await StartClusterAsync(TracedSite(Hosts, services: 2));
        var division =
            await cluster.WaitUntilAgreedAsync("three peers", Limits.Agreement, cluster.Nodes);

        int[] shares =
        [
            .. cluster.Nodes.Select(node => division.Count(pair => pair.Key.EndsWith(':') && pair.Value == node.Name)),
        ];
        Assert.Equal(Hosts, shares.Sum());
        Assert.True(shares.Max() - shares.Min() <= 1, $"hosts per peer: {string.Join(", ", shares)}");
        Assert.All(division, pair => Assert.Equal(division[pair.Key.Split(':')[0] + ":"], pair.Value));
        foreach (var node in cluster.Nodes)
        {
            var status = await node.NodesAsync();
            Assert.Equal(3, status.Members);
            Assert.Empty(status.ConfigurationProblems);
            Assert.Equal(Hosts, status.Nodes.Sum(share => share.Hosts.Handled));
            Assert.Equal(2 * Hosts, status.Nodes.Sum(share => share.Services.Handled));
            Assert.All(status.Nodes, other => Assert.Equal(Api.NodeStateName.Active, other.State));
            Assert.All(status.Nodes, other => Assert.True(other.Encrypted, $"{other.Name} is not encrypted"));
        }
    }

    [Fact]
    public async Task Results_OfAnyPeer_ShowOnEveryPeer()
    {
        var cluster = await StartClusterAsync(TracedSite(hosts: 9, services: 1, interval: 2));
        await cluster.WaitUntilAllCheckedAsync("first round", TimeSpan.FromSeconds(2) + Limits.Moment);
        var division =
            await cluster.WaitUntilAgreedAsync("three peers", Limits.Agreement, cluster.Nodes);
        foreach (var owner in cluster.Nodes)
        {
            var name = division.First(pair => pair.Value == owner.Name && !pair.Key.EndsWith(':')).Key;
            Plugin.SetResult(name, 2, $"broken as {owner.Name} found");
            foreach (var reader in cluster.Nodes)
            {
                await Eventually.HoldsAsync(
                    "one result changed",
                    $"{reader.Name} shows {name} as {owner.Name} found it",
                    Limits.Moment,
                    async () =>
                    {
                        var status = await reader.ObjectAsync(name);
                        return status is { State: "CRITICAL" } && status.Output == $"broken as {owner.Name} found"
                            ? null
                            : $"{status.State}: {status.Output}";
                    },
                    cluster.Nodes);
            }
        }
    }
}
