using System.Collections.Concurrent;
using System.Globalization;
using Xunit.Abstractions;

namespace Compeer.Simulation;

/// <summary>
/// Whole clusters under random faults, one seed after the other. COMPEER_SIMULATION_SEEDS sets how many (500 when not
/// set), COMPEER_SIMULATION_SEED runs a single one.
/// </summary>
public sealed class RandomFaultTests(ITestOutputHelper output)
{
    private const int DefaultSeeds = 500;
    private const int FaultsPerSeed = 6;

    private static readonly TimeSpan TimeToConverge = TimeSpan.FromSeconds(20);

    [Fact]
    public void Cluster_RandomFaults_KeepsItsPromisesForEverySeed()
    {
        int[] seeds = Number("COMPEER_SIMULATION_SEED") is { } single
            ? [single]
            : [.. Enumerable.Range(1, Number("COMPEER_SIMULATION_SEEDS") ?? DefaultSeeds)];
        var failures = new ConcurrentBag<string>();
        var drawn = new ConcurrentDictionary<string, int>();
        long checks = 0;
        Parallel.ForEach(seeds, seed =>
        {
            try
            {
                (var started, var plan) = RunSeed(seed);
                Interlocked.Add(ref checks, started);
                foreach ((var kind, var count) in plan.Drawn)
                {
                    drawn.AddOrUpdate(kind, count, (_, sum) => sum + count);
                }
            }
            catch (Exception exception)
            {
                failures.Add(exception is SimulationFailedException ? exception.Message : $"seed {seed}: {exception}");
            }
        });

        output.WriteLine($"{seeds.Length} seeds, {checks} checks; faults: {string.Join(", ", drawn.OrderBy(d => d.Key))}");
        Assert.True(failures.IsEmpty, $"{failures.Count} of {seeds.Length} seeds failed; the first:\n{failures.FirstOrDefault()}");
        Assert.True(checks > seeds.Length * 100L, "the simulation hardly ran any checks");
        Assert.True(seeds.Length < 100 || drawn.Count == 10, $"only these kinds of faults were drawn: {string.Join(", ", drawn.Keys)}");
    }

    [Fact]
    public void Cluster_SameSeedTwice_DoesTheSame()
    {
        for (var seed = 1; seed <= 5; seed++)
        {
            Assert.Equal(RunSeed(seed).Started, RunSeed(seed).Started);
        }
    }

    private static (int Started, FaultPlan Plan) RunSeed(int seed)
    {
        var dice = new Random(seed);
        var peers = 2 + dice.Next(4);
        var world = new SimulatedWorld(seed, hosts: 4 + dice.Next(6), servicesPerHost: dice.Next(4), TimeSpan.FromSeconds(10));
        var cluster = new SimulatedCluster(seed, peers, world);
        foreach (var peer in cluster.Peers)
        {
            cluster.Time.After(TimeSpan.FromMilliseconds(dice.Next(0, 4000)), peer.Start);
        }

        cluster.Checkers.Disturbed("the start");
        cluster.Run(TimeSpan.FromSeconds(12));
        var plan = new FaultPlan(cluster);
        plan.Run(FaultsPerSeed);
        cluster.RunUntil(
            () => cluster.Running.Count() == peers && cluster.Checkers.AllMembersAgree() && cluster.Checkers.EveryObjectHasOneOwner(),
            TimeToConverge,
            "all peers agree on one owner for every object");
        cluster.RunUntil(cluster.Checkers.AllStatesEqual, TimeToConverge, "all peers hold the same states");
        cluster.Run(world.Interval * 2);
        cluster.RunUntil(cluster.Checkers.AllStatesEqual, TimeToConverge, "all peers still hold the same states");
        return (cluster.Checkers.ChecksStarted, plan);
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
