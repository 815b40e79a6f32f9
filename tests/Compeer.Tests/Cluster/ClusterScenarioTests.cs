using System.Text;
using Compeer.Cluster.Model;
using Compeer.Tests.Cluster.Network;

namespace Compeer.Tests.Cluster;

/// <summary>Single events in a healthy cluster, and how long their consequences take.</summary>
public sealed class ClusterScenarioTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void Crash_ConnectionsClose_AllIsOwnedAgainWithinASecond(int nodes)
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var network = Started(nodes, seed);
            var lost = network.Nodes[seed % nodes];
            var before = network.Nodes.Where(node => node != lost).ToDictionary(node => node, node => node.Held.ToHashSet());
            network.Crash(lost);

            Assert.True(
                network.Run(TimeSpan.FromSeconds(1), () => ClusterVerdict.WhyNotSettled(network) is null),
                ClusterVerdict.WhyNotSettled(network) + "\n" + network.Transcript());

            // Only the lost node's share moved.
            Assert.All(before, node => Assert.Subset(node.Key.Held.ToHashSet(), node.Value));
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void Silence_ConnectionsStayOpen_AllIsOwnedAgainWithinFourSeconds(int nodes)
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var network = Started(nodes, seed);
            var lost = network.Nodes[seed % nodes];
            foreach (var other in network.Nodes.Where(node => node != lost))
            {
                network.Cut(lost, other);
                network.Cut(other, lost);
            }

            lost.Stop();
            Assert.True(
                network.Run(TimeSpan.FromSeconds(4), () => ClusterVerdict.WhyNotSettled(network) is null),
                ClusterVerdict.WhyNotSettled(network) + "\n" + network.Transcript());
        }
    }

    [Fact]
    public void Return_OfALostNode_RestoresTheDivision()
    {
        var network = Started(3, 1);
        var before = network.Nodes.Select(node => node.Held.ToArray()).ToArray();
        network.Crash(network.Nodes[1]);
        network.Run(TimeSpan.FromSeconds(2));
        Assert.NotEqual(before[0].Length, network.Nodes[0].Held.Count);

        network.Nodes[1].Start();
        network.Run(TimeSpan.FromSeconds(5));

        Assert.Equal(before, network.Nodes.Select(node => node.Held.ToArray()).ToArray());
    }

    [Fact]
    public void Split_EachSideRunsAll_AndTheyMergeAgain()
    {
        var network = Started(4, 2);
        foreach (var one in network.Nodes.Take(2))
        {
            foreach (var other in network.Nodes.Skip(2))
            {
                network.Cut(one, other);
                network.Cut(other, one);
            }
        }

        network.Run(TimeSpan.FromSeconds(8));
        foreach (var side in new[] { network.Nodes.Take(2), network.Nodes.Skip(2) })
        {
            Assert.Equal(
                Enumerable.Range(0, network.Options.Objects), side.SelectMany(node => node.Held).Order());
        }

        network.HealAll();
        Assert.True(network.Run(TimeSpan.FromSeconds(10), () => ClusterVerdict.WhyNotSettled(network) is null), network.Transcript());
    }

    [Fact]
    public void Configuration_NewerAtOneNode_ThatOneRunsAllUntilTheOthersHaveIt()
    {
        var network = Started(3, 3);
        var newer = new ConfigurationVersion(2, "two");
        foreach (var node in network.Nodes)
        {
            network.Crash(node);
            node.Version = newer;
            node.Start();
            network.Run(TimeSpan.FromSeconds(6));
            var updated = network.Nodes.Where(one => one.Version == newer).ToArray();
            Assert.Equal(
                Enumerable.Range(0, network.Options.Objects), updated.SelectMany(one => one.Held).Order());
            Assert.All(network.Nodes.Except(updated), one => Assert.Empty(one.Held));
            Assert.All(network.Nodes, one =>
                Assert.All(one.Machine!.Snapshot().Nodes, other => Assert.Equal(NodeLinkState.Active, other.State)));
        }

        Assert.Null(ClusterVerdict.WhyNotSettled(network));
    }

    [Fact]
    public void Reconnection_AfterALongAbsence_CostsWhatChangedNotWhatHappened()
    {
        var network = new SimulatedNetwork(4, new NetworkOptions { Nodes = 2, Objects = 2_000 }) { IsQuiet = true };
        foreach (var node in network.Nodes)
        {
            node.Start();
        }

        network.Run(TimeSpan.FromSeconds(5));
        WriteAll(network, 2_000);
        network.Run(TimeSpan.FromSeconds(2));
        Assert.Null(ClusterVerdict.WhyNotEqual(network, clocksAgree: true));
        network.Cut(network.Nodes[0], network.Nodes[1]);
        network.Cut(network.Nodes[1], network.Nodes[0]);
        network.Run(TimeSpan.FromSeconds(5));

        // 100 rounds over 50 objects: 5,000 writes, of which 50 matter.
        for (var round = 0; round < 100; round++)
        {
            WriteAll(network, 50);
            network.Run(TimeSpan.FromMilliseconds(100));
        }

        network.HealAll();
        var before = network.BytesSent;
        Assert.True(network.Run(TimeSpan.FromSeconds(6), () => ClusterVerdict.WhyNotEqual(network, clocksAgree: true) is null));

        Assert.InRange(network.BytesSent - before, 1_000, 30_000);
    }

    [Fact]
    public void Start_OfAnEmptyNode_GetsEveryValueBeforeItsShare()
    {
        var network = new SimulatedNetwork(5, new NetworkOptions { Nodes = 2, Objects = 20_000 }) { IsQuiet = true };
        var (one, other) = (network.Nodes[0], network.Nodes[1]);
        one.Start();
        network.Run(TimeSpan.FromSeconds(4));
        WriteAll(network, 20_000);
        other.Start();

        Assert.True(network.Run(TimeSpan.FromSeconds(10), () => other.Held.Count > 0));

        Assert.All(other.Values, value => Assert.NotNull(value));
        Assert.Equal(Encoding.UTF8.GetString(one.Values[19_999]!), Encoding.UTF8.GetString(other.Values[19_999]!));
    }

    private static void WriteAll(SimulatedNetwork network, int objects)
    {
        for (var index = 0; index < objects; index++)
        {
            network.Nodes[0].Write(index);
        }
    }

    private static SimulatedNetwork Started(int nodes, int seed)
    {
        var network = new SimulatedNetwork(seed, new NetworkOptions { Nodes = nodes });
        foreach (var node in network.Nodes)
        {
            node.Start();
        }

        Assert.True(network.Run(TimeSpan.FromSeconds(10), () => ClusterVerdict.WhyNotSettled(network) is null), network.Transcript());
        network.Run(TimeSpan.FromSeconds(3));
        Assert.Null(ClusterVerdict.WhyNotSettled(network));
        return network;
    }
}
