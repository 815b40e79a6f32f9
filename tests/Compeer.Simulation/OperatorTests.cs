using Compeer.Engine.Model;
using Compeer.Simulation.World;

namespace Compeer.Simulation;

/// <summary>What operators do at one peer holds at all of them.</summary>
public sealed class OperatorTests
{
    [Fact]
    public void Commands_AtSeveralPeersAtOnce_AllHoldEverywhere()
    {
        foreach (var seed in Seeds.Few(usual: 5))
        {
            var cluster = Started(seed);
            (var number, var name) = Service(cluster.World);
            cluster.Peers[0].Command($"DISABLE_SVC_FLAP_DETECTION;{name}");
            cluster.Peers[1].Command($"DISABLE_PASSIVE_SVC_CHECKS;{name}");
            cluster.Peers[2].Command("ENABLE_FLAP_DETECTION");
            cluster.Peers[0].Command("STOP_ACCEPTING_PASSIVE_HOST_CHECKS");
            cluster.RunUntil(() => WhyNotEverywhere(cluster, number), TimeSpan.FromSeconds(2), "the settings are everywhere");
        }
    }

    [Fact]
    public void Commands_WhileAPeerIsAway_HoldThereWhenItIsBack()
    {
        var cluster = Started(seed: 4);
        (var number, var name) = Service(cluster.World);
        cluster.Checkers.Disturbed("a peer crashes");
        cluster.Peers[2].Crash(silently: false);
        cluster.Peers[0].Command($"DISABLE_SVC_FLAP_DETECTION;{name}");
        cluster.Peers[1].Command($"DISABLE_PASSIVE_SVC_CHECKS;{name}");
        cluster.Peers[1].Command("ENABLE_FLAP_DETECTION");
        cluster.Peers[1].Command("STOP_ACCEPTING_PASSIVE_HOST_CHECKS");
        cluster.Run(TimeSpan.FromSeconds(5));
        cluster.Peers[2].Start();
        cluster.RunUntil(() => WhyNotEverywhere(cluster, number), TimeSpan.FromSeconds(15), "the settings are everywhere");
    }

    [Fact]
    public void Commands_ThroughAReload_Hold()
    {
        var cluster = Started(seed: 6);
        (var number, var name) = Service(cluster.World);
        cluster.Peers[0].Command($"DISABLE_SVC_FLAP_DETECTION;{name}");
        cluster.Peers[0].Command($"DISABLE_PASSIVE_SVC_CHECKS;{name}");
        cluster.Peers[0].Command("ENABLE_FLAP_DETECTION");
        cluster.Peers[0].Command("STOP_ACCEPTING_PASSIVE_HOST_CHECKS");
        cluster.Run(TimeSpan.FromSeconds(2));
        var random = new Random(6);
        for (var change = 0; change < 4; change++)
        {
            cluster.Peers[change % 3].Reload(cluster.World.Change(random));
            cluster.Run(TimeSpan.FromSeconds(20));
            if (cluster.Peers.All(peer => peer.StateOf(number) is not null))
            {
                Assert.Null(WhyNotEverywhere(cluster, number));
            }
        }

        Assert.All(cluster.Peers, peer => Assert.True(peer.Peer.Program.FlapDetection));
    }

    private static SimulatedCluster Started(int seed)
    {
        var cluster = new SimulatedCluster(seed, 3, new SimulatedWorld(seed, hosts: 6, servicesPerHost: 3, TimeSpan.FromSeconds(10)));
        cluster.Peers.ForEach(peer => peer.Start());
        cluster.Run(TimeSpan.FromSeconds(15));
        return cluster;
    }

    private static (int Number, string Name) Service(SimulatedWorld world)
    {
        var number = world.First.Objects.First(number => world.NameOf(number).Contains(';', StringComparison.Ordinal));
        return (number, world.NameOf(number));
    }

    private static string? WhyNotEverywhere(SimulatedCluster cluster, int number)
    {
        foreach (var peer in cluster.Peers)
        {
            var settings = peer.SettingsOf(number);
            var holds = settings[OperatorSetting.FlapDetection] is { IsOn: false }
                && settings[OperatorSetting.PassiveChecks] is { IsOn: false }
                && peer.Peer.Program is { FlapDetection: true, PassiveHostChecks: false };
            if (!holds)
            {
                return $"{peer.Name} has {string.Join(", ", settings.Values)}; {peer.Peer.Program}";
            }
        }

        return null;
    }
}
