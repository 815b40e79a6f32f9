using Compeer.Cluster.Model;
using Compeer.Simulation.Checking;
using Compeer.Simulation.World;

namespace Compeer.Simulation;

/// <summary>Every checker can fail: what it looks for is planted, and it finds it.</summary>
public sealed class PlantedFaultTests
{
    [Fact]
    public void Nothing_Planted_NothingFound()
    {
        var cluster = Started(PlantedFault.None);
        cluster.Converge(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void CheckLeftOut_IsOverdue() =>
        Assert.Contains("is overdue for", FailureOf(Started(PlantedFault.CheckLeftOut)), StringComparison.Ordinal);

    [Fact]
    public void CheckStartedTwice_RunsTwice() =>
        Assert.Contains("is run by peer", FailureOf(Started(PlantedFault.CheckTwice)), StringComparison.Ordinal);

    [Fact]
    public void HalfOfASplit_RunsNothing_IsOverdueThere()
    {
        var cluster = Started(PlantedFault.None);
        cluster.Checkers.Disturbed("split");
        cluster.Network.CutBoth(cluster.Peers[0], cluster.Peers[1]);
        cluster.Network.CutBoth(cluster.Peers[0], cluster.Peers[2]);
        cluster.Planted = PlantedFault.IdlePeer;

        Assert.Contains("among peer0; owners:", FailureOf(cluster), StringComparison.Ordinal);
    }

    [Fact]
    public void HalfOfASplit_RunsEverything_IsFine()
    {
        var cluster = Started(PlantedFault.None);
        cluster.Checkers.Disturbed("split");
        cluster.Network.CutBoth(cluster.Peers[0], cluster.Peers[1]);
        cluster.Network.CutBoth(cluster.Peers[0], cluster.Peers[2]);
        cluster.Run(TimeSpan.FromSeconds(60));

        Assert.NotEqual(0, cluster.Checkers.Overdue.LookedAtInSplits);
        Assert.All(cluster.World.First.Objects, number => Assert.True(cluster.Peers[0].Owns(number)));
    }

    [Fact]
    public void Warning_ThatNothingExplains_IsFound()
    {
        var cluster = Started(PlantedFault.None);
        var found = Assert.Throws<SimulationFailedException>(
            () => cluster.Checkers.Noticed(cluster.Peers[0], NoticeLevel.Warning, "the clock of node peer1 is 7 s ahead"));
        Assert.Contains("nothing that was done explains it", found.Message, StringComparison.Ordinal);

        cluster.Checkers.Warnings.Expect(WarningChecker.Cause.Skew);
        cluster.Checkers.Noticed(cluster.Peers[0], NoticeLevel.Warning, "the clock of node peer1 is 7 s ahead");
    }

    [Fact]
    public void OldState_OfOnePeer_IsNotTheLatestResult()
    {
        var cluster = Started(PlantedFault.None);
        cluster.Checkers.Results.Freeze();

        Assert.Contains("all peers hold the latest results", FailureOf(cluster), StringComparison.Ordinal);
        Assert.Contains("peer0 holds", cluster.Checkers.Results.WhyNotLatest(), StringComparison.Ordinal);
    }

    [Fact]
    public void Owner_NotOne_IsFound()
    {
        var cluster = Started(PlantedFault.None);
        cluster.Network.CutBoth(cluster.Peers[0], cluster.Peers[1]);
        cluster.Network.CutBoth(cluster.Peers[0], cluster.Peers[2]);
        cluster.Checkers.Disturbed("split");
        cluster.Run(TimeSpan.FromSeconds(10));

        Assert.False(cluster.Checkers.EveryObjectHasOneOwner());
        Assert.False(cluster.Checkers.AllMembersAgree());
    }

    private static string FailureOf(SimulatedCluster cluster) => Assert.Throws<SimulationFailedException>(() =>
    {
        cluster.Run(TimeSpan.FromSeconds(60));
        cluster.Converge(TimeSpan.FromSeconds(20));
    }).Message.Split('\n')[0];

    private static SimulatedCluster Started(PlantedFault planted)
    {
        var world = new SimulatedWorld(seed: 1, hosts: 6, servicesPerHost: 1, TimeSpan.FromSeconds(10));
        var cluster = new SimulatedCluster(seed: 1, peers: 3, world);
        foreach (var peer in cluster.Peers)
        {
            peer.Start();
        }

        cluster.Checkers.Planned("the start");
        cluster.Run(TimeSpan.FromSeconds(25));
        cluster.Planted = planted;
        return cluster;
    }
}
