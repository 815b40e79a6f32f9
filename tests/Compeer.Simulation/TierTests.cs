using System.Collections.Concurrent;
using Compeer.Engine.Model;
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
        Parallel.ForEach(seeds, Seeds.AtOnce, seed =>
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

    /// <summary>A poller whose configuration does not have all that its masters give it leaves nothing unchecked.</summary>
    [Fact]
    public void Poller_WithoutItsPart_LeavesItToItsMasters()
    {
        foreach (var seed in Seeds.Few(usual: 5))
        {
            var (cluster, poller) = Pair(seed, isWhole: false);
            cluster.Checkers.Warnings.Expect(Checking.WarningChecker.Cause.Fault);
            cluster.Peers.ForEach(peer => peer.Start());
            cluster.Checkers.Disturbed("the start");
            cluster.Run(TimeSpan.FromSeconds(60));

            var missing = cluster.World.First.Objects.Where(number => !poller.Edition.Has(number)).ToArray();
            Assert.NotEmpty(missing);
            Assert.All(missing, number => Assert.Single(cluster.OwnersOf(number)));
            Assert.All(poller.Edition.Objects, number => Assert.Equal([poller], cluster.OwnersOf(number)));
            Assert.Contains(cluster.Checkers.Warnings.All, text => text.Contains("until 'mon oconf push'", StringComparison.Ordinal));
        }
    }

    /// <summary>What is said at a master about a poller's object is told to the poller, and what is about others is not.</summary>
    [Fact]
    public void Poller_IsToldOfItsOwnPartOnly()
    {
        var (cluster, poller) = Pair(seed: 3, isWhole: true);
        cluster.Peers.ForEach(peer => peer.Start());
        cluster.Checkers.Disturbed("the start");
        cluster.Run(TimeSpan.FromSeconds(14));
        foreach (var number in cluster.World.First.Objects)
        {
            cluster.Checkers.Entries.Comment(cluster.Peers[0], number);
        }

        cluster.Run(TimeSpan.FromSeconds(5));
        var comments = poller.Peer.EngineSnapshot(poller.Now).Comments.Values;
        Assert.Equal(poller.Edition.Objects.Count, comments.Count());
        cluster.Converge(TimeSpan.FromSeconds(20));

        // Its masters know of its results as of their own; it knows of none of theirs.
        Assert.Equal(0, cluster.Peers[0].Peer.ClusterSnapshot().UnknownKeys);
        Assert.Equal(0, poller.Peer.ClusterSnapshot().UnknownKeys);
    }

    /// <summary>What an operator does at a master with a poller's object is done by the poller; what is of the whole program goes down and
    /// never up.</summary>
    [Fact]
    public void Commands_AtAMaster_AreDoneByThePoller()
    {
        var (cluster, poller) = Pair(seed: 5, isWhole: true);
        cluster.Peers.ForEach(peer => peer.Start());
        cluster.Checkers.Disturbed("the start");
        cluster.Run(TimeSpan.FromSeconds(14));
        var number = poller.Edition.Objects.First(number => !cluster.World.NameOf(number).Contains(';', StringComparison.Ordinal));
        var host = cluster.World.NameOf(number);

        cluster.Peers[0].Command($"DISABLE_HOST_CHECK;{host}");
        cluster.RunUntil(
            () => poller.SettingsOf(number)[OperatorSetting.ActiveChecks] is { IsOn: false },
            TimeSpan.FromSeconds(2),
            "the switch is there");
        cluster.Run(TimeSpan.FromSeconds(5));
        cluster.Peers[1].Command($"PROCESS_HOST_CHECK_RESULT;{host};1;down by hand");
        cluster.RunUntil(
            () => cluster.Peers.Find(peer => peer.StateOf(number) is not { State: 1 })?.Name,
            TimeSpan.FromSeconds(2),
            "the result is everywhere");

        cluster.Peers[0].Command("DISABLE_NOTIFICATIONS");
        poller.Command("STOP_ACCEPTING_PASSIVE_SVC_CHECKS");
        cluster.RunUntil(
            () => !poller.Peer.Program.Notifications, TimeSpan.FromSeconds(2), "the switch of the program is there");
        cluster.Run(TimeSpan.FromSeconds(5));
        Assert.All(cluster.Peers, peer => Assert.Equal(peer != poller, peer.Peer.Program.PassiveServiceChecks));
    }

    /// <summary>Of what a poller checks that leaves it to its masters to notify, they do, each of its share; when none of them is there
    /// it does itself, and nothing is told twice when they come back.</summary>
    [Fact]
    public void SilentPoller_IsSpokenForByItsMasters()
    {
        foreach (var seed in Seeds.Few(usual: 3))
        {
            var (cluster, poller) = Pair(seed, isWhole: true, notifies: false);
            cluster.Peers.ForEach(peer => peer.Start());
            cluster.Checkers.Disturbed("the start");
            cluster.Run(TimeSpan.FromSeconds(20));
            Tell(cluster, poller, code: 1);
            var services = Services(cluster, poller);
            Assert.All(services, number => Assert.DoesNotContain(poller, cluster.Checkers.Notifications.SendersOf(number)));
            Assert.Equal(
                cluster.Groups[0].Peers,
                services.SelectMany(cluster.Checkers.Notifications.SendersOf).Distinct().OrderBy(peer => peer.Index));

            cluster.Checkers.Disturbed("both masters are lost");
            cluster.Groups[0].Peers.ForEach(master => master.Crash(silently: false));
            cluster.Run(TimeSpan.FromSeconds(10));
            Tell(cluster, poller, code: 2);
            Assert.All(services, number => Assert.Equal(poller, cluster.Checkers.Notifications.SendersOf(number)[^1]));

            cluster.Checkers.Disturbed("they come back");
            cluster.Groups[0].Peers.ForEach(master => master.Start());
            cluster.Run(TimeSpan.FromSeconds(30));
            Tell(cluster, poller, code: 1);
            Assert.All(services, number => Assert.NotEqual(poller, cluster.Checkers.Notifications.SendersOf(number)[^1]));
            cluster.Converge(TimeSpan.FromSeconds(25));
        }
    }

    /// <summary>A poller that is lost when it has written down what is to be told, and a master that is lost when it is about to tell it,
    /// lose nothing.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void SilentPoller_LostBetweenResultAndNotification_LosesNone(bool takeover)
    {
        foreach (var seed in Seeds.Few(usual: 5))
        {
            var (cluster, poller) = Pair(seed, isWhole: true, notifies: false, takeover);
            var random = new Random(seed);
            cluster.Peers.ForEach(peer => peer.Start());
            cluster.Checkers.Disturbed("the start");
            cluster.Run(TimeSpan.FromSeconds(20));
            Answer(cluster, poller, code: 1);

            // At any moment of the minute in which their problems become hard.
            cluster.Run(TimeSpan.FromSeconds(15) + TimeSpan.FromMilliseconds(random.Next(15_000)));
            cluster.Checkers.Disturbed("the poller and a master are lost");
            var pending = poller.Edition.Objects.Where(number => !poller.Told()(number).Pending.IsEmpty).ToList();
            var master = cluster.Peers[random.Next(2)];
            poller.Crash(silently: false);
            cluster.Run(TimeSpan.FromMilliseconds(random.Next(300)));
            master.Crash(silently: false);
            cluster.Run(TimeSpan.FromSeconds(10));
            Assert.All(pending, number => Assert.NotEmpty(cluster.Checkers.Notifications.SendersOf(number)));
            poller.Start();
            master.Start();
            cluster.Run(TimeSpan.FromSeconds(60));
            Assert.All(Services(cluster, poller), number => Assert.NotEmpty(cluster.Checkers.Notifications.SendersOf(number)));
            cluster.Converge(TimeSpan.FromSeconds(25));
        }
    }

    /// <summary>A master that stops while it is telling is waited for, as long as it takes and no longer: the next one does not tell it
    /// again, and what comes then it tells at once. So does the poller when the last master stops.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void SilentPoller_MasterThatStopsWhileItTells_IsWaitedFor(int leaving)
    {
        foreach (var seed in Seeds.Few(usual: 3))
        {
            var (cluster, poller) = Pair(seed, isWhole: true, notifies: false);
            cluster.CommandTime = TimeSpan.FromSeconds(3);
            cluster.Peers.ForEach(peer => peer.Start());
            cluster.Checkers.Disturbed("the start");
            Answer(cluster, poller, code: 0);
            cluster.Run(TimeSpan.FromSeconds(40));
            var services = Services(cluster, poller);
            var before = services.ToDictionary(number => number, number => cluster.Checkers.Notifications.SendersOf(number).Count);
            bool IsNew(int number) => cluster.Checkers.Notifications.SendersOf(number).Count > before[number];
            Answer(cluster, poller, code: 1);
            cluster.RunUntil(() => services.Exists(IsNew), TimeSpan.FromSeconds(60), "somebody is told");
            var told = services.Find(IsNew);
            var master = cluster.Checkers.Notifications.SendersOf(told)[^1];
            cluster.Checkers.Planned("masters stop");
            cluster.Groups[0].Peers.FindAll(peer => leaving == 2 || peer == master).ForEach(peer => peer.Leave(TimeSpan.FromSeconds(10)));
            cluster.Run(TimeSpan.FromSeconds(6));
            Assert.Equal(before[told] + 1, cluster.Checkers.Notifications.SendersOf(told).Count);
            poller.Command($"SEND_CUSTOM_SVC_NOTIFICATION;{cluster.World.NameOf(told)};0;somebody;words");
            cluster.Run(TimeSpan.FromSeconds(2));
            Assert.Equal(before[told] + 2, cluster.Checkers.Notifications.SendersOf(told).Count);
            Assert.NotEqual(master, cluster.Checkers.Notifications.SendersOf(told)[^1]);
        }
    }

    /// <summary>The checkers see it when a silent poller tells, and when its masters do not.</summary>
    [Theory]
    [InlineData(Checking.PlantedFault.SilentPollerTells, "a poller that leaves it to its masters")]
    [InlineData(Checking.PlantedFault.NotificationSwallowed, "is not sent")]
    [InlineData(Checking.PlantedFault.NotificationTwice, "is sent by peer")]
    public void SilentPoller_FaultsOfItsMasters_AreFound(object planted, string expected)
    {
        var (cluster, poller) = Pair(seed: 2, isWhole: true, notifies: false);
        cluster.Planted = (Checking.PlantedFault)planted;
        cluster.Peers.ForEach(peer => peer.Start());
        cluster.Checkers.Disturbed("the start");

        var failure = Assert.Throws<SimulationFailedException>(() =>
        {
            cluster.Run(TimeSpan.FromSeconds(40));
            Tell(cluster, poller, code: 1);
            cluster.Converge(TimeSpan.FromSeconds(25));
        });
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
    }

    /// <summary>A master whose merlin.conf lacks a poller runs nothing, and both masters say why, once.</summary>
    [Fact]
    public void Master_ThatDoesNotNameAPoller_IsToldOf()
    {
        var (cluster, poller) = Pair(seed: 6, isWhole: true);
        cluster.Checkers.Warnings.Expect(Checking.WarningChecker.Cause.Fault);
        cluster.Peers[1].SetNeighbours([cluster.Peers[0]]);
        cluster.Checkers.Disturbed("the start");
        cluster.Peers.ForEach(peer => peer.Start());
        cluster.Run(TimeSpan.FromSeconds(60));

        Assert.Contains(
            $"{cluster.Peers[1].Name} does not name the same pollers as this node: it does not name {poller.Name}.",
            Assert.Single(cluster.Peers[0].Peer.ClusterSnapshot().TierFaults),
            StringComparison.Ordinal);
        Assert.Single(
            cluster.Checkers.Warnings.All,
            text => text.Contains($"it does not name {poller.Name}", StringComparison.Ordinal));
        // It has no name for it.
        var own = $"{poller.Id.ToString()[..8]} names this node as its master, and merlin.conf here does not name that one";
        Assert.Equal(own, cluster.Peers[1].Peer.ClusterSnapshot().TierFaults[0]);
        Assert.Single(cluster.Checkers.Warnings.All, text => text.Contains(own, StringComparison.Ordinal));
        Assert.All(cluster.World.First.Objects, number => Assert.DoesNotContain(cluster.Peers[1], cluster.OwnersOf(number)));
    }

    /// <summary>The checkers see it when a poller's check is left out, also while its masters have the object too.</summary>
    [Fact]
    public void Poller_ThatLeavesOutItsChecks_IsFound()
    {
        var (cluster, poller) = Pair(seed: 2, isWhole: true);
        cluster.Peers.ForEach(peer => peer.Start());
        cluster.Checkers.Disturbed("the start");
        cluster.Run(TimeSpan.FromSeconds(14));
        cluster.Idle = poller;

        Assert.Contains(
            "is overdue for",
            Assert.Throws<SimulationFailedException>(() => cluster.Run(TimeSpan.FromSeconds(60))).Message,
            StringComparison.Ordinal);
    }

    /// <summary>All services that a poller checks get another state, and people are told.</summary>
    private static void Tell(SimulatedCluster cluster, Nodes.SimulatedPeer poller, int code)
    {
        Answer(cluster, poller, code);
        cluster.Run(TimeSpan.FromSeconds(60));
    }

    /// <summary>The services that a poller checks have a state from now on; their hosts are UP, or nobody would be told.</summary>
    private static void Answer(SimulatedCluster cluster, Nodes.SimulatedPeer poller, int code)
    {
        var services = Services(cluster, poller);
        foreach (var number in poller.Edition.Objects)
        {
            cluster.World.Answers[number] = services.Contains(number) ? code : 0;
        }
    }

    private static List<int> Services(SimulatedCluster cluster, Nodes.SimulatedPeer poller) =>
        [.. poller.Edition.Objects.Where(number => cluster.World.NameOf(number).Contains(';', StringComparison.Ordinal))];

    /// <summary>Two masters and a poller, which has its whole part or the first half of it.</summary>
    internal static (SimulatedCluster Cluster, Nodes.SimulatedPeer Poller) Pair(
        int seed, bool isWhole, bool notifies = true, bool takeover = true)
    {
        var world = new SimulatedWorld(seed, hosts: 8, servicesPerHost: 1, Interval, withContacts: !notifies);
        var names = world.First.Configuration.Objects.Hosts.Select(host => host.Name).ToArray();
        var hosts = names.ToDictionary(name => name, name => names.IndexOf(name) < 4 ? (string[])["west"] : [], StringComparer.Ordinal);
        var root = new SimulatedGroup("", null, world.Part(hosts));
        var part = names.Take(isWhole ? 4 : 2).ToDictionary(name => name, _ => Array.Empty<string>(), StringComparer.Ordinal);
        var west = new SimulatedGroup("west", root, world.Part(part)) { Notifies = notifies, Takeover = takeover };
        var cluster = new SimulatedCluster(seed, world, [(root, 2), (west, 1)]);
        return (cluster, west.Peers[0]);
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
            var group = new SimulatedGroup(name, root, world.Part(part))
            {
                Takeover = random.Next(3) > 0,
                Notifies = random.Next(2) == 0,
            };
            groups.Add((group, 1 + random.Next(2)));
            if (name == "g0" && deep is not null)
            {
                var below = part.Where(host => host.Value.Contains(deep)).ToDictionary(host => host.Key, _ => Array.Empty<string>());
                groups.Add((new SimulatedGroup(deep, group, world.Part(below))
                {
                    Takeover = random.Next(3) > 0,
                    Notifies = random.Next(2) == 0,
                },
                    1));
            }
        }

        return new SimulatedCluster(seed, world, groups);
    }
}
