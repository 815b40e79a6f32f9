using Compeer.Simulation.Checking;
using Compeer.Simulation.World;

namespace Compeer.Simulation;

/// <summary>Changes of one kind, again and again, in clusters of several sizes; the checkers look on.</summary>
public sealed class ChangeTests
{
    public static TheoryData<int> PeerCounts => [2, 3, 5];

    [Theory]
    [MemberData(nameof(PeerCounts))]
    public void ColdStart_InAnyOrder_SharesEverythingOnce(int peers) => ForEachSeed(peers, (cluster, random) =>
    {
        foreach (var peer in cluster.Peers)
        {
            cluster.Time.After(TimeSpan.FromMilliseconds(random.Next(2_000)), peer.Start);
        }

        cluster.Run(TimeSpan.FromSeconds(3));
        cluster.Converge(TimeSpan.FromSeconds(10));
    });

    [Theory]
    [MemberData(nameof(PeerCounts))]
    public void CleanStopsAndStarts_NothingRunsTwiceIsLeftOutOrWarnedOf(int peers) => ForEachSeed(peers, (cluster, random) =>
    {
        Start(cluster);
        for (var change = 0; change < 4; change++)
        {
            var peer = cluster.Peers[random.Next(peers)];
            cluster.Checkers.Planned($"{peer.Name} leaves");
            peer.Leave(TimeSpan.FromSeconds(4.5));
            cluster.RunUntil(() => peer.Peer.IsAtRest(peer.Now), TimeSpan.FromSeconds(4.4), "everything is handed over");
            cluster.Run(TimeSpan.FromMilliseconds(4500 + random.Next(3_000)));
            cluster.Checkers.Planned($"{peer.Name} starts");
            peer.Start();
            cluster.Run(TimeSpan.FromMilliseconds(500));
            cluster.RunUntil(
                () => cluster.Checkers.AllMembersAgree() && cluster.Checkers.EveryObjectHasOneOwner(),
                TimeSpan.FromSeconds(6),
                "it has its share again");
        }

        cluster.Converge(TimeSpan.FromSeconds(10));
    });

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Stalls_OfAnyLength_NothingRunsTwiceAndAllIsTakenOver(int peers) => ForEachSeed(peers, (cluster, random) =>
    {
        Start(cluster);
        cluster.Checkers.Warnings.Expect(WarningChecker.Cause.Stall);
        for (var stall = 0; stall < 6; stall++)
        {
            var peer = cluster.Peers[random.Next(peers)];
            var time = TimeSpan.FromMilliseconds(random.Next(8_000));
            cluster.Checkers.Disturbed($"{peer.Name} stalls for {time.TotalSeconds:0.0} s");
            peer.Stall();
            cluster.Run(time);
            Assert.True(time < TimeSpan.FromSeconds(5) || cluster.Checkers.EveryObjectHasOneOwner(), "not taken over");
            peer.Resume();
            cluster.Run(TimeSpan.FromMilliseconds(random.Next(6_000)));
        }

        cluster.Converge(TimeSpan.FromSeconds(15));
    });

    /// <summary>Peers that do not all see each other are one cluster all the same, and what one finds out reaches all, also when
    /// the ways between them change while it travels.</summary>
    [Theory]
    [InlineData(3, 2)]
    [InlineData(4, 3)]
    [InlineData(5, 5)]
    public void PartialCuts_WithinOneComponent_AllAgreeAndHaveAllResults(int peers, int cuts) => ForEachSeed(peers, (cluster, random) =>
    {
        Start(cluster);
        for (var round = 0; round < 2; round++)
        {
            cluster.Checkers.Disturbed("the cuts change");
            cluster.Network.HealAll();
            for (var cut = 0; cut < cuts; cut++)
            {
                // Everybody keeps a link to the one in the middle.
                var others = cluster.Peers.Where(peer => peer.Index != round % peers).ToArray();
                random.Shuffle(others);
                cluster.Checkers.Disturbed($"{others[0].Name} and {others[1].Name} are cut");
                cluster.Network.CutBoth(others[0], others[1]);
                cluster.Run(TimeSpan.FromMilliseconds(random.Next(4_000)));
            }

            cluster.Run(TimeSpan.FromSeconds(6));
            cluster.Converge(TimeSpan.FromSeconds(15));
        }
    });

    private static void Start(SimulatedCluster cluster)
    {
        cluster.Peers.ForEach(peer => peer.Start());
        cluster.Run(TimeSpan.FromSeconds(15));
    }

    private static void ForEachSeed(int peers, Action<SimulatedCluster, Random> scenario)
    {
        foreach (var seed in Seeds.Few(usual: 8))
        {
            var world = new SimulatedWorld(seed, hosts: 8, servicesPerHost: 1, TimeSpan.FromSeconds(10));
            scenario(new SimulatedCluster(seed, peers, world), new Random(seed));
        }
    }
}
