using Compeer.Simulation.Checking;
using Compeer.Simulation.Faults;
using Compeer.Simulation.World;

namespace Compeer.Simulation;

/// <summary>Peers whose clocks are hours apart share checks, part and find each other again: due times are read by the clock of
/// the one that wrote them, so that nothing is checked twice in a row and nothing is left.</summary>
public sealed class SkewTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(5)]
    [InlineData(-5)]
    public void Split_AmongClocksHoursApart_HealsAndNothingRunsEarlyOrLate(int hours)
    {
        foreach (var seed in Seeds.Few(usual: 3))
        {
            var world = new SimulatedWorld(seed, hosts: 20, servicesPerHost: 2, Interval);
            var cluster = new SimulatedCluster(seed, 3, world) { Durations = _ => TimeSpan.FromMilliseconds(50) };
            cluster.Checkers.Warnings.Expect(WarningChecker.Cause.Skew);
            foreach (var peer in cluster.Peers)
            {
                peer.ClockError = peer.Index == 0 ? TimeSpan.FromHours(hours) : TimeSpan.Zero;
                peer.Start();
            }

            cluster.Run((2 * Interval) + TimeSpan.FromSeconds(10));
            // What one half checked last says nothing of the other's turn, until each object had one again.
            cluster.Checkers.Runs.EarlyOnesToo = false;
            cluster.Checkers.Disturbed("split");
            cluster.Network.CutBoth(cluster.Peers[0], cluster.Peers[1]);
            cluster.Network.CutBoth(cluster.Peers[0], cluster.Peers[2]);
            cluster.Run(Interval + TimeSpan.FromSeconds(20));
            cluster.Checkers.Disturbed("heal");
            cluster.Network.HealAll();
            cluster.Run(Interval + TimeSpan.FromSeconds(15));
            cluster.Checkers.Runs.EarlyOnesToo = true;
            cluster.Run(2 * Interval);
            cluster.Checkers.Disturbed("loss");
            cluster.Peers[seed % 3].Crash(silently: false);
            cluster.Run(2 * Interval);
            Assert.NotInRange(cluster.Checkers.ChecksStarted, 0, 300);
        }
    }

    /// <summary>Peers in a line: the one at the end takes over what a node checked whose clock it never hears.</summary>
    [Theory]
    [InlineData(5)]
    [InlineData(-5)]
    public void Join_BehindOneWhoseClockIsHoursOff_NothingRunsEarlyOrLate(int hours)
    {
        foreach (var seed in Seeds.Few(usual: 3))
        {
            var world = new SimulatedWorld(seed, hosts: 20, servicesPerHost: 2, Interval);
            var cluster = new SimulatedCluster(seed, 3, world) { Durations = _ => TimeSpan.FromMilliseconds(50) };
            cluster.Checkers.Warnings.Expect(WarningChecker.Cause.Skew);
            Exploration.Join(cluster, [(0, 1), (1, 2)]);
            cluster.Peers[0].ClockError = TimeSpan.FromHours(hours);
            cluster.Peers[1].ClockError = cluster.Peers[2].ClockError = TimeSpan.Zero;
            cluster.Peers[0].Start();
            cluster.Peers[1].Start();
            cluster.Run((2 * Interval) + TimeSpan.FromSeconds(10));
            cluster.Checkers.Disturbed("join");
            cluster.Peers[2].Start();
            cluster.Run(Interval + TimeSpan.FromSeconds(10));
            var gaps = Enumerable.Range(0, world.Count).Select(number => GapAtTheMove(cluster, number)).OfType<TimeSpan>().ToList();
            Assert.NotEmpty(gaps);
            Assert.All(gaps, gap => Assert.InRange(gap, Interval - TimeSpan.FromSeconds(1), Interval + OverdueChecker.Promise));
        }
    }

    /// <summary>How long after the first peer's last check the third one made its first; null for an object that did not move.</summary>
    private static TimeSpan? GapAtTheMove(SimulatedCluster cluster, int number)
    {
        var runs = cluster.Checkers.Runs.Of(number);
        var first = runs.Where(run => run.Peer == cluster.Peers[2]).MinBy(run => run.Start);
        var last = runs.Where(run => run.Peer == cluster.Peers[0]).MaxBy(run => run.Start);
        return first?.Start - last?.Start;
    }
}
