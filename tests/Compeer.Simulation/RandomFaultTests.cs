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

    /// <summary>What the usual number of seeds must come to, beside each kind of fault: what never happens shows nothing.</summary>
    private static readonly string[] MustBeReached =
    [
        .. FaultPlan.Kinds, "mesh", "line", "ring", "tree", "broken pairs", "2 to 8 peers", "9 to 16 peers",
        "long plugins", "clocks far off", "narrow links", "mixed capabilities", "changing neighbours", "parents", "editions refused",
        "plugin longer than every timeout", "result of an object given up", "request to another owner",
        "warning: the others know a later run of this node", "warning: this node did nothing for",
        "warning: the clock of node", "warning: the clock of this node was set", "warning: did not confirm in time",
        "warning: all checks are run by the configuration",
    ];

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
        long afterOne = 0;
        long given = 0;
        long told = 0;
        long repeated = 0;
        var longest = new ConcurrentDictionary<int, TimeSpan>();
        Parallel.ForEach(seeds, Seeds.AtOnce, seed =>
        {
            try
            {
                (var cluster, var plan, var site) = RunSeed(seed);
                Interlocked.Add(ref checks, cluster.Checkers.ChecksStarted);
                Interlocked.Add(ref compared, cluster.Checkers.Runs.Compared);
                Interlocked.Add(ref inSplits, cluster.Checkers.Overdue.LookedAtInSplits);
                Interlocked.Add(ref afterOne, cluster.Checkers.Overdue.OverdueAfterOne);
                Interlocked.Add(ref given, cluster.Checkers.Entries.Compared);
                Interlocked.Add(ref told, cluster.Checkers.Notifications.Sent);
                Interlocked.Add(ref repeated, cluster.Checkers.Notifications.Repeated);
                Interlocked.Add(ref overflows, cluster.Network.Overflows);
                foreach ((var faults, var overdue) in cluster.Checkers.Overdue.Longest)
                {
                    longest.AddOrUpdate(faults, overdue, (_, most) => overdue > most ? overdue : most);
                }

                var traits = site.Traits.Append(site.Shape).Append(cluster.Peers.Count > 8 ? "9 to 16 peers" : "2 to 8 peers");
                foreach ((var kind, var count) in plan.Drawn.Concat(traits.Select(trait => KeyValuePair.Create(trait, 1)))
                    .Concat(cluster.Reached))
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
            + "overdue at most, by faults in the storm: "
            + $"{string.Join(", ", longest.OrderBy(most => most.Key).Select(most => $"{most.Key}: {most.Value.TotalSeconds:0.0} s"))}; "
            + $"{told} notifications, {repeated} of them repeated; {overflows} links overflowed; "
            + $"{string.Join(", ", drawn.OrderBy(d => d.Key))}");
        Assert.True(
            failures.IsEmpty,
            $"{failures.Count} of {seeds.Count} seeds failed ({string.Join(", ", failures.Keys.Order().Take(40))}):\n"
            + string.Join('\n', failures.OrderBy(pair => pair.Key).Select(pair => $"  {pair.Key}: {pair.Value.Split('\n')[0]}").Take(40))
            + $"\nthe first whole:\n{failures.OrderBy(pair => pair.Key).FirstOrDefault().Value}");
        Assert.True(Seeds.AreReplayed || checks > seeds.Count * 100L, "the simulation hardly ran any checks");
        Assert.True(
            seeds.Count < DefaultSeeds || (given > 0 && told > 0 && inSplits > 0 && overflows > 0 && afterOne > 0),
            $"{given} comments, {told} notifications, {inSplits} looks in splits, "
            + $"{afterOne} at overdue checks after a fault that came alone, {overflows} overflows");
        Assert.All(MustBeReached, what => Assert.True(seeds.Count < DefaultSeeds || drawn.ContainsKey(what), $"never reached: {what}"));
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
        cluster.Trace($"{cluster.Peers.Count} peers, {site.Shape}: {string.Join(", ", site.Traits)}");
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
