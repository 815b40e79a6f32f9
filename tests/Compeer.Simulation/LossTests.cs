using Compeer.Simulation.World;
using Xunit.Abstractions;

namespace Compeer.Simulation;

/// <summary>How late the checks of a lost peer start elsewhere, measured on the checks that start.</summary>
public sealed class LossTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(60);

    /// <summary>The connection of a killed process ends at once; a machine without power is silent until data_timeout.</summary>
    [Theory]
    [InlineData(false, 3)]
    [InlineData(true, 6)]
    public void Peer_Lost_ItsChecksStartElsewhereInTime(bool silently, int limitSeconds)
    {
        var late = new List<TimeSpan>();
        foreach (var seed in Seeds.Few(usual: 30))
        {
            late.AddRange(LatenessAfterALoss(seed, silently));
        }

        late.Sort();
        output.WriteLine($"{late.Count} checks fell due in the 3 s after the loss; late by "
            + $"{late[late.Count / 2].TotalSeconds:0.0} s (median), {late[late.Count * 9 / 10].TotalSeconds:0.0} s (90 %), "
            + $"{late[^1].TotalSeconds:0.0} s (the latest)");
        Assert.True(late.Count > 15, "too few checks fell due to say anything");
        Assert.InRange(late[^1], TimeSpan.Zero, TimeSpan.FromSeconds(limitSeconds));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Peer_Lost_NothingIsOverdueByMoreThanAnIntervalAndThreeSeconds(bool silently)
    {
        foreach (var seed in Seeds.Few(usual: 10))
        {
            var cluster = Started(seed, TimeSpan.FromSeconds(10));
            cluster.Checkers.Disturbed("loss");
            cluster.Peers[seed % 3].Crash(silently);
            cluster.Run(TimeSpan.FromSeconds(40));
        }
    }

    private static IEnumerable<TimeSpan> LatenessAfterALoss(int seed, bool silently)
    {
        var cluster = Started(seed, Interval);
        var lost = cluster.Peers[0];
        var lastStart = cluster.World.First.Objects.Where(lost.Owns).ToDictionary(number => number, cluster.Checkers.Runs.LastStart);
        var loss = cluster.Time.Now;
        cluster.Checkers.Disturbed("loss");
        lost.Crash(silently);
        cluster.Run(TimeSpan.FromSeconds(15));
        foreach ((var number, var last) in lastStart)
        {
            var due = last + Interval;
            if (due > loss && due < loss + TimeSpan.FromSeconds(3))
            {
                var next = cluster.Checkers.Runs.LastStart(number);
                yield return next > last ? next - due : TimeSpan.FromSeconds(99);
            }
        }
    }

    private static SimulatedCluster Started(int seed, TimeSpan interval)
    {
        var world = new SimulatedWorld(seed, hosts: 40, servicesPerHost: 2, interval);
        var cluster = new SimulatedCluster(seed, 3, world) { Durations = _ => TimeSpan.FromMilliseconds(50) };
        foreach (var peer in cluster.Peers)
        {
            // What is late by a clock's error is another matter.
            peer.ClockError = TimeSpan.Zero;
            peer.Start();
        }

        cluster.Run((2 * interval) + TimeSpan.FromSeconds(10));
        return cluster;
    }
}
