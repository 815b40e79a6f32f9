namespace Compeer.Simulation;

/// <summary>How soon a lost poller's checks go on.</summary>
public sealed class PollerLossTests
{
    /// <summary>The interval of the checks of <see cref="TierTests.Pair"/>.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    /// <summary>When a poller is lost, what is due runs at its masters within 4 s: they see it after half a second, and what piled up is
    /// spread over three.</summary>
    [Fact]
    public void Poller_Lost_ItsDueChecksRunAtItsMastersWithinFourSeconds()
    {
        var limit = TimeSpan.FromSeconds(4);
        var due = 0;
        foreach (var seed in Seeds.Few(usual: 10))
        {
            var (cluster, poller) = TierTests.Pair(seed, isWhole: true);
            cluster.Peers.ForEach(peer => peer.Start());
            cluster.Checkers.Disturbed("the start");
            cluster.Run(TimeSpan.FromSeconds(25) + TimeSpan.FromMilliseconds(new Random(seed).Next(10_000)));
            cluster.Checkers.Disturbed("the poller is lost");
            var lost = cluster.Time.Now;
            poller.Crash(silently: false);
            cluster.Run(limit);

            // What was due a moment after the loss at the latest, one interval after its last start.
            foreach (var number in poller.Edition.Objects)
            {
                var last = cluster.Checkers.Runs.Of(number).Where(run => run.Peer == poller).Max(run => run.Start);
                if (last + Interval <= lost + TimeSpan.FromSeconds(3))
                {
                    due++;
                    Assert.InRange(cluster.Checkers.Runs.LastStart(number), lost, lost + limit);
                }

                Assert.Contains(Assert.Single(cluster.OwnersOf(number)), cluster.Groups[0].Peers);
            }
        }

        Assert.True(Seeds.AreReplayed || due > 10, $"only {due} checks fell due");
    }
}
