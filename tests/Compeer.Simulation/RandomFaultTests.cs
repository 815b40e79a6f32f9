using System.Collections.Concurrent;
using Compeer.Simulation.Faults;
using Xunit.Abstractions;

namespace Compeer.Simulation;

/// <summary>
/// Whole clusters under random faults, one seed after the other; the seed decides what kind of site it is, too.
/// </summary>
public sealed class RandomFaultTests(ITestOutputHelper output)
{
    private const int DefaultSeeds = 200;
    private const int FaultsPerSeed = 6;

    private static readonly TimeSpan TimeToConverge = TimeSpan.FromSeconds(25);

    [Fact]
    public void Cluster_RandomFaults_KeepsItsPromisesForEverySeed()
    {
        var seeds = Seeds.Chosen(DefaultSeeds);
        var failures = new ConcurrentDictionary<int, string>();
        var drawn = new ConcurrentDictionary<string, int>();
        long checks = 0;
        long compared = 0;
        long inSplits = 0;
        long overflows = 0;
        Parallel.ForEach(seeds, seed =>
        {
            try
            {
                (var cluster, var plan, var site) = RunSeed(seed);
                Interlocked.Add(ref checks, cluster.Checkers.ChecksStarted);
                Interlocked.Add(ref compared, cluster.Checkers.Runs.Compared);
                Interlocked.Add(ref inSplits, cluster.Checkers.Overdue.LookedAtInSplits);
                Interlocked.Add(ref overflows, cluster.Network.Overflows);
                var traits = site.Traits.Append(site.Shape).Select(trait => KeyValuePair.Create(trait, 1));
                foreach ((var kind, var count) in plan.Drawn.Concat(traits))
                {
                    drawn.AddOrUpdate(kind, count, (_, sum) => sum + count);
                }
            }
            catch (Exception exception)
            {
                failures[seed] = exception is SimulationFailedException ? exception.Message : $"seed {seed}: {exception}";
            }
        });

        output.WriteLine($"{seeds.Count} seeds, {checks} checks, {compared} of them while another reachable peer ran the same, "
            + $"{overflows} links overflowed; {string.Join(", ", drawn.OrderBy(d => d.Key))}");
        Assert.True(
            failures.IsEmpty,
            $"{failures.Count} of {seeds.Count} seeds failed ({string.Join(", ", failures.Keys.Order().Take(40))}):\n"
            + string.Join('\n', failures.OrderBy(pair => pair.Key).Select(pair => $"  {pair.Key}: {pair.Value.Split('\n')[0]}").Take(40))
            + $"\nthe first whole:\n{failures.OrderBy(pair => pair.Key).FirstOrDefault().Value}");
        Assert.True(checks > seeds.Count * 100L, "the simulation hardly ran any checks");
        Assert.True(
            seeds.Count < 200 || (drawn.Count == 24 && inSplits > 0 && overflows > 0),
            $"only these {drawn.Count} were drawn: {string.Join(", ", drawn.OrderBy(d => d.Key))}");
    }

    [Fact]
    public void Cluster_SameSeedTwice_DoesTheSame()
    {
        for (var seed = 1; seed <= 5; seed++)
        {
            Assert.Equal(RunSeed(seed).Cluster.TraceText, RunSeed(seed).Cluster.TraceText);
        }
    }

    private static (SimulatedCluster Cluster, FaultPlan Plan, Exploration Site) RunSeed(int seed)
    {
        (var cluster, var site) = Exploration.Make(seed);
        var dice = new Random(seed);
        foreach (var peer in cluster.Peers)
        {
            cluster.Time.After(TimeSpan.FromMilliseconds(dice.Next(0, 4000)), peer.Start);
        }

        cluster.Checkers.Disturbed("the start");
        cluster.Run(TimeSpan.FromSeconds(12));
        var plan = new FaultPlan(cluster, site);
        plan.Run(FaultsPerSeed);
        cluster.Converge(TimeToConverge);
        return (cluster, plan, site);
    }
}
