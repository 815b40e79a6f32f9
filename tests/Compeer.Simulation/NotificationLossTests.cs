using System.Collections.Concurrent;
using System.Text;
using Compeer.Engine.Events;
using Compeer.Engine.Model;
using Compeer.Peer;
using Compeer.Simulation.Nodes;
using Compeer.Simulation.World;
using Xunit.Abstractions;

namespace Compeer.Simulation;

/// <summary>
/// Peers are killed on the way of a notification, between each two of its steps: due, with the others, sent, noted down, in the database.
/// Each problem is told of, and again only when the peer that sent it was killed before its word that it did was out; and what all have
/// noted down is told by none that comes back later.
/// </summary>
public sealed class NotificationLossTests(ITestOutputHelper output)
{
    private const int DefaultSeeds = 20;
    private const int Turns = 10;
    private const int Attempts = 3;

    /// <summary>From the end of a command to the frames that say so: a round, and the shortest pause before it.</summary>
    private static readonly TimeSpan TimeToSay = PeerRound.ShortestPause * 2;

    /// <summary>Of one that is alone: until its database has it, which may be writing something else first.</summary>
    private static readonly TimeSpan TimeToStore = TimeSpan.FromMilliseconds(100);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Problem_WhoeverIsKilledOnItsWay_IsToldOnce(int peers)
    {
        var failures = new ConcurrentDictionary<int, string>();
        var (told, repeated) = (0, 0);
        Parallel.ForEach(Seeds.Few(DefaultSeeds), Seeds.AtOnce, seed =>
        {
            try
            {
                var cluster = Run(seed, peers);
                Interlocked.Add(ref told, cluster.Checkers.Notifications.Sent);
                Interlocked.Add(ref repeated, cluster.Checkers.Notifications.Repeated);
            }
            catch (SimulationFailedException exception)
            {
                failures[seed] = exception.Message;
            }
        });

        output.WriteLine($"{peers} peers: {told} notifications, {repeated} of them repeated");
        Assert.True(failures.IsEmpty, string.Join('\n', failures.OrderBy(pair => pair.Key).Select(pair => pair.Value)));
        Assert.True(Seeds.AreReplayed || told >= DefaultSeeds * Turns, $"{told} were told");
    }

    private static SimulatedCluster Run(int seed, int peers)
    {
        // Nothing is checked meanwhile that would stand in the place of what is given.
        var world = new SimulatedWorld(seed, hosts: 2, servicesPerHost: Turns, TimeSpan.FromHours(2), withContacts: true);
        for (var number = 0; number < world.Count; number++)
        {
            world.Answers[number] = 0;
        }

        var cluster = new SimulatedCluster(seed, peers, world);
        var random = new Random(seed + 4);
        cluster.Peers.ForEach(peer => peer.Start());
        cluster.Checkers.Planned("the start");
        cluster.Run(TimeSpan.FromSeconds(25));
        int[] services = [.. world.First.Objects.Where(number => world.NameOf(number).Contains(';', StringComparison.Ordinal))];
        foreach (var number in services.OrderBy(_ => random.Next()).Take(Turns))
        {
            Turn(cluster, number, random);
        }

        return cluster;
    }

    /// <summary>A problem of a service, somebody who is killed on its way, and one that is killed afterwards.</summary>
    private static void Turn(SimulatedCluster cluster, int number, Random random)
    {
        var asked = cluster.Peers[random.Next(cluster.Peers.Count)];
        Break(cluster, number, asked, random);
        KillSomebody(cluster, random, TimeSpan.FromMilliseconds(random.Next(140)));
        cluster.Run(TimeSpan.FromSeconds(8));
        Repair(cluster);
        if (!IsBroken(cluster, number))
        {
            // Who was asked, or the owner, was killed before.
            Break(cluster, number, cluster.Peers[0], random);
            cluster.Run(TimeSpan.FromSeconds(1));
        }

        cluster.RunUntil(
            () => IsBroken(cluster, number) ? cluster.Checkers.Notifications.WhyNotTold() : "there is no problem",
            TimeSpan.FromSeconds(20),
            "the problem is told of");
        ExpectOnce(cluster, number);
        cluster.Run(TimeSpan.FromMilliseconds(random.Next(900, 1500)));
        var before = cluster.Checkers.Notifications.Sent;
        KillSomebody(cluster, random, TimeSpan.Zero);
        cluster.Run(TimeSpan.FromMilliseconds(random.Next(9000)));
        Repair(cluster);
        if (cluster.Checkers.Notifications.Sent != before)
        {
            throw new SimulationFailedException(
                cluster, $"{cluster.World.NameOf(number)}, or another, was told of again, and all knew that it was");
        }
    }

    private static void Break(SimulatedCluster cluster, int number, SimulatedPeer asked, Random random)
    {
        var name = cluster.World.NameOf(number).Split(';');
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var result = new CheckResult(
                CheckOutcome.Exited, 2, Encoding.UTF8.GetBytes("broken"), default, default, asked.Now.Wall, TimeSpan.Zero);
            cluster.Time.After(TimeSpan.FromMilliseconds((attempt * 2) + random.Next(2)), () =>
            {
                if (asked.IsRunning)
                {
                    asked.Give(new PeerInput.Spooled(new SpooledResult(name[0], name[1], IsPassive: true, result)), _ => { });
                }
            });
        }
    }

    private static void KillSomebody(SimulatedCluster cluster, Random random, TimeSpan within)
    {
        var victim = cluster.Peers[random.Next(cluster.Peers.Count)];
        var stage = (EffectStage)random.Next((int)EffectStage.Persist, (int)EffectStage.Answer + 1);
        cluster.Time.After(within, () =>
        {
            cluster.Checkers.Disturbed($"{victim.Name} is killed");
            if (stage == EffectStage.Answer)
            {
                victim.Crash(silently: random.Next(2) == 0);
            }
            else
            {
                victim.KillAfter = stage;
            }
        });
    }

    private static void Repair(SimulatedCluster cluster)
    {
        cluster.Checkers.Disturbed("all run again");
        foreach (var peer in cluster.Peers)
        {
            peer.KillAfter = null;
            if (!peer.IsAlive)
            {
                peer.Start();
            }
        }

        cluster.RunUntil(
            () => cluster.Checkers.WhyNotAgreed() ?? cluster.Checkers.WhyNotEqualStates(), TimeSpan.FromSeconds(30), "all agree");
    }

    private static bool IsBroken(SimulatedCluster cluster, int number) =>
        cluster.Running.All(peer => peer.StateOf(number) is { IsSoft: false, State: 2 });

    /// <summary>Whoever sent it and was not killed until all knew that, was the last to send it.</summary>
    private static void ExpectOnce(SimulatedCluster cluster, int number)
    {
        var sent = cluster.Checkers.Notifications.SentOf(number);
        if (sent.Count == 0)
        {
            throw new SimulationFailedException(cluster, $"nobody was told of {cluster.World.NameOf(number)}");
        }

        var limit = cluster.CommandTime + (cluster.Peers.Count == 1 ? TimeToStore : TimeToSay);
        foreach (var (peer, at) in sent.SkipLast(1))
        {
            if (!peer.Deaths.Any(death => death >= at && death <= at + limit))
            {
                throw new SimulationFailedException(
                    cluster,
                    $"{cluster.World.NameOf(number)} was told of {sent.Count} times, first by {peer.Name} at {at.TotalSeconds:0.000} s, "
                    + "which lived on until that was known");
            }
        }
    }
}
