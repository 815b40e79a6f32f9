using Compeer.Simulation.Checking;
using Compeer.Simulation.Nodes;
using Compeer.Simulation.World;

namespace Compeer.Simulation;

/// <summary>The promises about time, in a cluster that is otherwise healthy.</summary>
public sealed class TakeoverTests
{
    private const int Seeds = 15;

    public static TheoryData<int> PeerCounts => [2, 3, 5];

    [Theory]
    [MemberData(nameof(PeerCounts))]
    public void Peer_Killed_OthersOwnItsObjectsWithinOneSecond(int peers) => ForEachSeed(peers, cluster =>
    {
        cluster.Checkers.Disturbed("kill");
        cluster.Peers[0].Crash(silently: false);
        cluster.RunUntil(cluster.Checkers.EveryObjectHasOneOwner, TimeSpan.FromSeconds(1), "every object is owned by a survivor");
    });

    [Theory]
    [MemberData(nameof(PeerCounts))]
    public void Peer_FallsSilent_OthersOwnItsObjectsWithinFourSeconds(int peers) => ForEachSeed(peers, cluster =>
    {
        cluster.Checkers.Disturbed("power loss");
        cluster.Peers[0].Crash(silently: true);
        cluster.RunUntil(cluster.Checkers.EveryObjectHasOneOwner, TimeSpan.FromSeconds(4), "every object is owned by a survivor");
    });

    [Theory]
    [MemberData(nameof(PeerCounts))]
    public void Peer_Stalls_DoubtsItselfBeforeItActsAgain(int peers) => ForEachSeed(peers, cluster =>
    {
        cluster.Checkers.Disturbed("stall");
        cluster.Checkers.Warnings.Expect(WarningChecker.Cause.Stall);
        cluster.Peers[0].Stall();
        cluster.RunUntil(cluster.Checkers.EveryObjectHasOneOwner, TimeSpan.FromSeconds(4), "every object is owned by another");
        cluster.Run(TimeSpan.FromSeconds(5));
        var before = cluster.Checkers.ChecksStarted;
        cluster.Peers[0].Resume();
        Assert.DoesNotContain(Enumerable.Range(0, cluster.World.First.Objects.Count), index => cluster.OwnersOf(index).Count() > 1);
        cluster.RunUntil(cluster.Checkers.AllMembersAgree, TimeSpan.FromSeconds(5), "it is a member again");
        Assert.True(cluster.Checkers.ChecksStarted >= before);
    });

    [Theory]
    [MemberData(nameof(PeerCounts))]
    public void Peer_StopsAndStartsOnPurpose_NothingIsRunTwiceOrLeftOut(int peers) => ForEachSeed(peers, cluster =>
    {
        cluster.Checkers.Planned("stop");
        cluster.Peers[0].Leave(TimeSpan.FromMilliseconds(500));
        cluster.RunUntil(
            () => cluster.Running.Where(peer => peer != cluster.Peers[0]).SelectMany(Owned).Count() == cluster.World.First.Objects.Count,
            TimeSpan.FromSeconds(5),
            "the others own everything");
        cluster.Run(cluster.World.Interval * 2);
        cluster.Checkers.Planned("start");
        cluster.Peers[0].Start();
        cluster.RunUntil(cluster.Checkers.AllMembersAgree, TimeSpan.FromSeconds(5), "it is a member again");
        cluster.Run(cluster.World.Interval * 2);
        Assert.True(cluster.Checkers.EveryObjectHasOneOwner());
    });

    [Theory]
    [MemberData(nameof(PeerCounts))]
    public void Peer_KilledAndStartedAgain_DivisionIsWhatItWasAndOnlyItsShareMoved(int peers) => ForEachSeed(peers, cluster =>
    {
        var before = Owners(cluster);
        cluster.Checkers.Disturbed("kill");
        cluster.Peers[0].Crash(silently: false);
        cluster.RunUntil(cluster.Checkers.EveryObjectHasOneOwner, TimeSpan.FromSeconds(1), "every object is owned by a survivor");
        var during = Owners(cluster);
        Assert.All(Enumerable.Range(0, before.Length).Where(i => before[i] != 0), i => Assert.Equal(before[i], during[i]));
        cluster.Peers[0].Start();
        cluster.RunUntil(
            () => cluster.Checkers.AllMembersAgree() && cluster.Checkers.EveryObjectHasOneOwner(),
            TimeSpan.FromSeconds(8),
            "it has its share again");
        Assert.Equal(before, Owners(cluster));
        cluster.RunUntil(cluster.Checkers.AllStatesEqual, TimeSpan.FromSeconds(10), "it has caught up");
    });

    private static IEnumerable<int> Owned(SimulatedPeer peer) => peer.Edition.Objects.Where(peer.Owns);

    private static int[] Owners(SimulatedCluster cluster) =>
        [.. Enumerable.Range(0, cluster.World.First.Objects.Count).Select(index => cluster.OwnersOf(index).Single().Index)];

    private static void ForEachSeed(int peers, Action<SimulatedCluster> scenario)
    {
        for (var seed = 1; seed <= Seeds; seed++)
        {
            var world = new SimulatedWorld(seed, hosts: 12, servicesPerHost: 2, TimeSpan.FromSeconds(10));
            var cluster = new SimulatedCluster(seed, peers, world);
            foreach (var peer in cluster.Peers)
            {
                peer.Start();
            }

            cluster.Checkers.Disturbed("the start");
            cluster.RunUntil(
                () => cluster.Checkers.AllMembersAgree() && cluster.Checkers.EveryObjectHasOneOwner(),
                TimeSpan.FromSeconds(10),
                "the start");
            cluster.Run(TimeSpan.FromSeconds(25));
            scenario(cluster);
        }
    }
}
