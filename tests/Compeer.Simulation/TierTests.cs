using System.Collections.Concurrent;
using Compeer.Simulation.Faults;
using Compeer.Simulation.World;
using Xunit.Abstractions;

namespace Compeer.Simulation;

/// <summary>Masters, pollers and pollers of pollers: random trees of groups, under random faults.</summary>
public sealed class TierTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    [Fact]
    public void Tree_RandomFaults_KeepsItsPromisesForEverySeed()
    {
        const int DefaultSeeds = 60;
        var seeds = Seeds.Chosen(DefaultSeeds);
        var failures = new ConcurrentDictionary<int, string>();
        var drawn = new ConcurrentDictionary<string, int>();
        long checks = 0;
        Parallel.ForEach(seeds, seed =>
        {
            try
            {
                var random = new Random(seed);
                var cluster = Tree(seed, random);
                Start(cluster, random);
                var plan = new TierPlan(cluster, random);
                plan.Run(faults: 6);
                cluster.Converge(TimeSpan.FromSeconds(25));
                Interlocked.Add(ref checks, cluster.Checkers.ChecksStarted);
                foreach ((var kind, var count) in plan.Drawn)
                {
                    drawn.AddOrUpdate(kind, count, (_, sum) => sum + count);
                }
            }
            catch (Exception exception)
            {
                failures[seed] = exception is SimulationFailedException ? exception.Message : $"seed {seed}: {exception}";
            }
        });

        output.WriteLine($"{seeds.Count} seeds, {checks} checks, {string.Join(", ", drawn.OrderBy(kind => kind.Key))}");
        Assert.True(
            failures.IsEmpty,
            $"{failures.Count} of {seeds.Count} seeds failed:\n"
            + string.Join('\n', failures.OrderBy(pair => pair.Key).Select(pair => $"  {pair.Key}: {pair.Value.Split('\n')[0]}").Take(40))
            + $"\nthe first whole:\n{failures.OrderBy(pair => pair.Key).FirstOrDefault().Value}");
        Assert.True(Seeds.AreReplayed || checks > seeds.Count * 100L, "the simulation hardly ran any checks");
        Assert.All(TierPlan.Kinds, kind => Assert.True(seeds.Count < DefaultSeeds || drawn.ContainsKey(kind), $"never drawn: {kind}"));
    }

    private static void Start(SimulatedCluster cluster, Random random)
    {
        cluster.Checkers.Disturbed("the start");
        foreach (var peer in cluster.Peers)
        {
            cluster.Time.After(TimeSpan.FromMilliseconds(random.Next(4_000)), peer.Start);
        }

        cluster.Run(TimeSpan.FromSeconds(14));
    }

    /// <summary>One to three masters, one to three groups of pollers below them, and sometimes one more below one of those.</summary>
    private static SimulatedCluster Tree(int seed, Random random)
    {
        var world = new SimulatedWorld(
            seed, hosts: 6 + random.Next(6), servicesPerHost: 1 + random.Next(2), Interval, withContacts: random.Next(2) == 0);
        string[] names = [.. Enumerable.Range(0, 1 + random.Next(3)).Select(group => $"g{group}")];
        var deep = random.Next(2) == 0 ? "g0a" : null;
        var hosts = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var name in world.First.Configuration.Objects.Hosts.Select(host => host.Name))
        {
            // Each has one at least.
            var place = hosts.Count <= names.Length ? hosts.Count % names.Length : random.Next(names.Length + 1);
            var isDeep = deep is not null && place == 0 && (hosts.Count == names.Length || random.Next(2) == 0);
            hosts[name] = place == names.Length ? [] : isDeep ? [names[place], deep!] : [names[place]];
        }

        var root = new SimulatedGroup("", null, world.Part(hosts));
        var groups = new List<(SimulatedGroup, int)> { (root, 1 + random.Next(3)) };
        foreach (var name in names)
        {
            var part = hosts.Where(host => host.Value.Contains(name)).ToDictionary(
                host => host.Key, host => host.Value.Where(group => group != name).ToArray(), StringComparer.Ordinal);
            var group = new SimulatedGroup(name, root, world.Part(part)) { Takeover = random.Next(3) > 0 };
            groups.Add((group, 1 + random.Next(2)));
            if (name == "g0" && deep is not null)
            {
                var below = part.Where(host => host.Value.Contains(deep)).ToDictionary(host => host.Key, _ => Array.Empty<string>());
                groups.Add((new SimulatedGroup(deep, group, world.Part(below)) { Takeover = random.Next(3) > 0 }, 1));
            }
        }

        return new SimulatedCluster(seed, world, groups);
    }
}
