namespace Compeer.Simulation;

/// <summary><c>connect = no</c> between tiers: behind NAT or in a DMZ only one side can dial, and that is enough.</summary>
public sealed class AwaitedNodeTests
{
    /// <param name="pollerWaits">Whether the masters dial the poller; else the poller dials them.</param>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Poller_ThatOnlyOneSideDials_HasItsPartAndComesBack(bool pollerWaits)
    {
        var (cluster, poller) = TierTests.Pair(seed: 4, isWhole: true);
        foreach (var master in cluster.Peers.Where(peer => peer != poller))
        {
            (pollerWaits ? poller : master).Awaited.Add(pollerWaits ? master : poller);
        }

        cluster.Checkers.Warnings.Expect(Checking.WarningChecker.Cause.Fault);
        cluster.Checkers.Disturbed("the start");
        cluster.Peers.ForEach(peer => peer.Start());
        cluster.RunUntil(OwnsItsPart, TimeSpan.FromSeconds(14), "the poller checks its part");

        // A connection that breaks, and each end in turn.
        foreach (var master in cluster.Peers.Where(peer => peer != poller))
        {
            cluster.Checkers.Disturbed("the connection breaks");
            cluster.Network.Reset(poller, master);
            cluster.RunUntil(OwnsItsPart, TimeSpan.FromSeconds(14), "the poller checks its part again");
        }

        foreach (var node in cluster.Peers.ToList())
        {
            cluster.Checkers.Disturbed($"{node.Name} is lost");
            node.Crash(silently: true);
            cluster.Run(TimeSpan.FromSeconds(15));
            Assert.All(poller.Edition.Objects, number => Assert.Equal(node != poller, cluster.OwnersOf(number).SequenceEqual([poller])));
            cluster.Checkers.Disturbed($"{node.Name} is back");
            node.Start();
            cluster.RunUntil(OwnsItsPart, TimeSpan.FromSeconds(30), "the poller checks its part, with all there");
        }

        cluster.Converge(TimeSpan.FromSeconds(25));

        bool OwnsItsPart() => poller.Edition.Objects.All(number => cluster.OwnersOf(number).SequenceEqual([poller]));
    }
}
