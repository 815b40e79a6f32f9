using Compeer.Simulation.World;

namespace Compeer.Simulation;

/// <summary>What it costs all nodes together that one joins, and that they are there. Frames and bytes are counted where they are sent.
/// </summary>
public sealed class JoinCostTests
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(2);

    [Fact]
    public void Join_OfOneTo16PeersThatCheck300Objects_StaysInTheBudget()
    {
        var world = new SimulatedWorld(1, hosts: 100, servicesPerHost: 2, TimeSpan.FromSeconds(10));
        var cluster = new SimulatedCluster(seed: 1, peers: 17, world);
        cluster.Peers.Skip(1).ToList().ForEach(peer => peer.Start());
        cluster.Checkers.Disturbed("start");
        cluster.Run(TimeSpan.FromSeconds(20));
        var (frames, bytes) = (cluster.Network.FramesSent, cluster.Network.BytesSent);
        cluster.Peers[0].Start();

        cluster.RunUntil(
            () => cluster.Checkers.AllMembersAgree() && cluster.Checkers.EveryObjectHasOneOwner(),
            TimeSpan.FromSeconds(10),
            "it has its share");
        cluster.Run(Quiet);

        Assert.InRange(cluster.Network.FramesSent - frames, 1, 10_000);
        Assert.InRange(cluster.Network.BytesSent - bytes, 1, 5_000_000);
    }

    [Fact]
    public void Join_GrowsByTheNeighboursNotTheirSquare()
    {
        var (few, many) = (JoinOf(16), JoinOf(24));

        // A report names all neighbours of a node, so bytes grow by one power more than frames.
        const double Growth = 24.0 / 16;
        Assert.True(
            many.FramesPerNode / few.FramesPerNode < Growth * 1.2 && many.BytesPerNode / few.BytesPerNode < Growth * Growth * 1.3,
            $"a join costs each of 16 nodes {few}, each of 24 {many}");
    }

    [Theory]
    [InlineData(4)]
    [InlineData(16)]
    public void Rest_CostsOnePulseANeighbourAndSecond(int peers)
    {
        var site = Make(peers);
        site.Run(TimeSpan.FromSeconds(10));
        var before = site.Network.FramesSent;
        site.Run(TimeSpan.FromSeconds(10));

        var perNodeAndSecond = (site.Network.FramesSent - before) / 10.0 / peers;
        Assert.InRange(perNodeAndSecond, 0.95 * (peers - 1), 1.05 * (peers - 1));
    }

    private static Cost JoinOf(int peers)
    {
        var site = Make(peers, waiting: 1);
        site.Run(TimeSpan.FromSeconds(5));
        var (frames, bytes) = (site.Network.FramesSent, site.Network.BytesSent);
        site.Machines[^1].Start();
        site.RunUntil(site.IsSettled, TimeSpan.FromSeconds(10), "every object is held once");
        site.Run(Quiet);
        return new Cost((site.Network.FramesSent - frames) / (double)peers, (site.Network.BytesSent - bytes) / (double)peers);
    }

    private static MachineSite Make(int peers, int waiting = 0)
    {
        var site = new MachineSite(seed: 3, peers, objects: 300);
        site.Machines.SkipLast(waiting).ToList().ForEach(machine => machine.Start());
        site.RunUntil(site.IsSettled, TimeSpan.FromSeconds(20), "every object is held once");
        return site;
    }

    private readonly record struct Cost(double FramesPerNode, double BytesPerNode);
}
