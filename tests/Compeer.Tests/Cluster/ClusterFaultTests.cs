using Compeer.Tests.Cluster.Network;

namespace Compeer.Tests.Cluster;

public sealed class ClusterFaultTests
{
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(30);

    /// <summary>Seeds per scenario; CLUSTER_SEEDS asks for more.</summary>
    private static readonly int Seeds =
        int.TryParse(Environment.GetEnvironmentVariable("CLUSTER_SEEDS"), out var seeds) ? seeds : 15;

    private static readonly int FirstSeed =
        int.TryParse(Environment.GetEnvironmentVariable("CLUSTER_FIRST_SEED"), out var seed) ? seed : 0;

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void ColdStart_AnyOrder_SharesEverythingOnce(int nodes) => ForEachSeed(seed =>
    {
        var network = new SimulatedNetwork(seed, new NetworkOptions { Nodes = nodes, ChecksOnceOnly = nodes < 0 });
        foreach (var node in network.Nodes)
        {
            network.At(null, network.Now + TimeSpan.FromMilliseconds(network.Random.Next(2_000)), node.Start);
        }

        network.Run(TimeSpan.FromSeconds(3));
        MustSettle(network);
        MustBecomeEqual(network, clocksAgree: true);
    });

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void CleanChanges_NodesLeaveAndReturn_NothingRunsTwiceOrIsLeftOut(int nodes) => ForEachSeed(seed =>
    {
        var network = Started(seed, new NetworkOptions
        {
            Nodes = nodes,
            ChecksOnceOnly = true,
            MaxSkew = TimeSpan.FromSeconds(2),
        });
        for (var change = 0; change < 4; change++)
        {
            var node = network.Nodes[network.Random.Next(nodes)];
            network.Log($"{node.Name} leaves");
            node.Call((machine, now, effects) => machine.Leave(now, effects));
            Assert.True(
                network.Run(TimeSpan.FromSeconds(4), () => node.Machine!.Snapshot().HandedOver && node.Running.Count == 0),
                "not handed over\n" + network.Transcript());
            network.Crash(node);
            Must(network, TimeSpan.FromSeconds(3), ClusterVerdict.WhyNotSettled, "after leaving");
            network.Run(TimeSpan.FromMilliseconds(network.Random.Next(3_000)));
            network.Log($"{node.Name} starts");
            node.Start();
            network.Run(TimeSpan.FromMilliseconds(500));
            Must(network, TimeSpan.FromSeconds(6), ClusterVerdict.WhyNotSettled, "after returning");
        }

        MustBecomeEqual(network, clocksAgree: false);
    });

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Stalls_OfAnyLength_NothingRunsTwiceAndAllIsTakenOver(int nodes) => ForEachSeed(seed =>
    {
        var network = Started(seed, new NetworkOptions { Nodes = nodes, ChecksOnceOnly = true });
        for (var stall = 0; stall < 6; stall++)
        {
            var node = network.Nodes[network.Random.Next(nodes)];
            var held = node.Held.ToArray();
            var time = TimeSpan.FromMilliseconds(network.Random.Next(8_000));
            network.Stall(node, time);
            network.Run(time);
            if (time > TimeSpan.FromSeconds(5))
            {
                var elsewhere = network.Nodes.Where(other => other != node).SelectMany(other => other.Held);
                Assert.True(held.All(elsewhere.Contains), "not taken over\n" + network.Transcript());
            }

            network.Run(TimeSpan.FromMilliseconds(network.Random.Next(6_000)));
        }

        MustSettle(network);
        MustBecomeEqual(network, clocksAgree: true);
    });

    [Theory]
    [InlineData(2, 0)]
    [InlineData(3, 0)]
    [InlineData(5, 0)]
    [InlineData(3, 3600)]
    public void Faults_UntilTheyStop_ThenAllConverge(int nodes, int skewSeconds) => ForEachSeed(seed =>
    {
        var network = Started(seed, new NetworkOptions
        {
            Nodes = nodes,
            MaxSkew = TimeSpan.FromSeconds(skewSeconds),
            LongestCheck = TimeSpan.FromSeconds(5),
        });
        for (var fault = 0; fault < 12; fault++)
        {
            Misfortune(network);
            network.Run(TimeSpan.FromMilliseconds(network.Random.Next(4_000)));
        }

        network.HealAll();
        foreach (var node in network.Nodes.Where(node => node.Machine is null))
        {
            node.Start();
        }

        network.Run(TimeSpan.FromSeconds(7));
        MustSettle(network);
        MustBecomeEqual(network, clocksAgree: skewSeconds == 0);
    });

    /// <summary>
    /// Nodes that do not all see each other are one cluster all the same, and what one writes reaches all, also when the
    /// ways between them change while it travels.
    /// </summary>
    [Theory]
    [InlineData(3, 2)]
    [InlineData(4, 3)]
    [InlineData(5, 5)]
    public void PartialCuts_WithinOneComponent_AllAgreeAndHaveAllValues(int nodes, int cuts) => ForEachSeed(seed =>
    {
        var network = Started(seed, new NetworkOptions { Nodes = nodes, MaxDelay = TimeSpan.FromMilliseconds(100) });
        for (var round = 0; round < 3; round++)
        {
            network.HealAll();
            for (var cut = 0; cut < cuts; cut++)
            {
                // Everybody keeps a link to the node in the middle.
                var middle = round % nodes;
                var others = Enumerable.Range(0, nodes).Where(index => index != middle).ToArray();
                network.Random.Shuffle(others);
                network.Cut(network.Nodes[others[0]], network.Nodes[others[1]]);
                network.Cut(network.Nodes[others[1]], network.Nodes[others[0]]);
                network.Run(TimeSpan.FromMilliseconds(network.Random.Next(4_000)));
            }

            network.Run(TimeSpan.FromSeconds(6));
            MustSettle(network);
            MustBecomeEqual(network, clocksAgree: true);
        }
    });

    private static SimulatedNetwork Started(int seed, NetworkOptions options)
    {
        var network = new SimulatedNetwork(seed, options);
        foreach (var node in network.Nodes)
        {
            node.Start();
            Assert.True(network.Run(Settle, () => ClusterVerdict.WhyNotSettled(network) is null), network.Transcript());
        }

        network.Run(TimeSpan.FromSeconds(2));
        return network;
    }

    private static void Misfortune(SimulatedNetwork network)
    {
        var random = network.Random;
        var one = network.Nodes[random.Next(network.Nodes.Length)];
        var other = network.Nodes[random.Next(network.Nodes.Length)];
        switch (random.Next(8))
        {
            case 0 when one.Machine is not null:
                network.Crash(one);
                break;
            case 1 or 2 when one.Machine is null:
                network.Log($"start {one.Name}");
                one.Start();
                break;
            case 3:
                network.Stall(one, TimeSpan.FromMilliseconds(random.Next(8_000)));
                break;
            case 4 when one != other:
                network.Reset(one, other);
                break;
            case 5 when one != other:
                network.Cut(one, other);
                break;
            case 6 when one != other:
                network.Cut(one, other);
                network.Cut(other, one);
                break;
            case 7:
                network.HealAll();
                break;
            default:
                break;
        }
    }

    private static void MustSettle(SimulatedNetwork network) => Must(network, Settle, ClusterVerdict.WhyNotSettled, "not settled");

    private static void MustBecomeEqual(SimulatedNetwork network, bool clocksAgree)
    {
        network.IsQuiet = true;
        network.Run(network.Options.MaxCheck);
        Must(network, TimeSpan.FromSeconds(5), one => ClusterVerdict.WhyNotEqual(one, clocksAgree), "not equal");
        network.IsQuiet = false;
    }

    private static void Must(SimulatedNetwork network, TimeSpan time, Func<SimulatedNetwork, string?> problem, string what)
    {
        if (!network.Run(time, () => problem(network) is null))
        {
            Assert.Fail($"{what}: {problem(network)}\n{network.Transcript()}");
        }
    }

    private static void ForEachSeed(Action<int> test)
    {
        for (var seed = FirstSeed; seed < FirstSeed + Seeds; seed++)
        {
            try
            {
                test(seed);
            }
            catch (Exception exception) when (exception is Xunit.Sdk.XunitException)
            {
                Assert.Fail($"seed {seed}: {exception.Message}");
            }
        }
    }
}
