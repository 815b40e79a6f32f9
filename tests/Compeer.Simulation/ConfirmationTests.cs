using System.Collections.Concurrent;
using Compeer.Peer;
using Compeer.Simulation.Checking;
using Compeer.Simulation.Nodes;
using Compeer.Simulation.World;
using Xunit.Abstractions;

namespace Compeer.Simulation;

/// <summary>Results come in from outside at any peer while one thing after the other breaks, each of them alone: what was confirmed is
/// there.</summary>
public sealed class ConfirmationTests(ITestOutputHelper output)
{
    private const int DefaultSeeds = 40;
    private const int Turns = 8;

    private static readonly string[] Faults =
        ["crash", "power loss", "crash within a round", "stall", "reset link", "cut pair", "clean restart", "nothing"];

    [Fact]
    public void Results_WhateverBreaks_AreKeptWhenTheyWereConfirmed()
    {
        var failures = new ConcurrentDictionary<int, string>();
        var reasons = new ConcurrentDictionary<string, int>();
        var confirmed = 0;
        var forOthers = 0;
        Parallel.ForEach(Seeds.Few(DefaultSeeds), Seeds.AtOnce, seed =>
        {
            try
            {
                var checker = Run(seed, PlantedFault.None);
                Interlocked.Add(ref confirmed, checker.Confirmed);
                Interlocked.Add(ref forOthers, checker.ConfirmedForOthers);
                checker.Failures.ForEach(reason => reasons.AddOrUpdate(reason, 1, (_, count) => count + 1));
            }
            catch (Exception exception)
            {
                failures[seed] = exception is SimulationFailedException ? exception.Message : $"seed {seed}: {exception}";
            }
        });

        output.WriteLine($"{confirmed} confirmed, {forOthers} of them by other peers; {string.Join(", ", reasons)}");
        Assert.True(failures.IsEmpty, string.Join('\n', failures.OrderBy(pair => pair.Key).Select(pair => pair.Value)));
        Assert.True(Seeds.AreReplayed || (forOthers > 100 && confirmed > forOthers), "hardly any result was confirmed");
    }

    [Fact]
    public void Result_ConfirmedAtOnce_IsFoundToBeLost()
    {
        var found = Enumerable.Range(1, DefaultSeeds).Select(seed => Record.Exception(() => Run(seed, PlantedFault.ConfirmedAtOnce)))
            .OfType<SimulationFailedException>().First();

        Assert.Contains("was confirmed, and peer", found.Message, StringComparison.Ordinal);
    }

    private static ConfirmationChecker Run(int seed, PlantedFault planted)
    {
        // Hardly anything is checked meanwhile that would stand in the place of what was given.
        var world = new SimulatedWorld(seed, hosts: 6, servicesPerHost: 1, TimeSpan.FromHours(2));
        var cluster = new SimulatedCluster(seed, peers: 2 + (seed % 2), world);
        var random = new Random(seed + 21);
        var checker = cluster.Checkers.Confirmations;
        cluster.Peers.ForEach(peer => peer.Start());
        cluster.Checkers.Planned("the start");
        cluster.Run(TimeSpan.FromSeconds(25));
        cluster.Planted = planted;
        for (var turn = 0; turn < Turns; turn++)
        {
            for (var given = random.Next(1, 5); given > 0; given--)
            {
                var at = cluster.Peers[random.Next(cluster.Peers.Count)];
                var number = world.First.Objects[random.Next(world.First.Objects.Count)];
                cluster.Time.After(TimeSpan.FromMilliseconds(random.Next(60)), () =>
                {
                    if (at.IsRunning)
                    {
                        checker.Give(at, number);
                    }
                });
            }

            var repair = Break(cluster, random);
            cluster.Run(TimeSpan.FromSeconds(8));
            repair();
            cluster.RunUntil(
                () => cluster.Checkers.WhyNotAgreed() ?? cluster.Checkers.WhyNotEqualStates() ?? checker.WhyNotKept(),
                TimeSpan.FromSeconds(30),
                "what was confirmed is there");
        }

        cluster.Run(TimeSpan.FromSeconds(32));
        cluster.RunUntil(checker.WhyNotKept, TimeSpan.FromSeconds(1), "all are answered");
        return checker;
    }

    /// <summary>Lets something break in a moment.</summary>
    /// <returns>Makes it whole again.</returns>
    private static Action Break(SimulatedCluster cluster, Random random)
    {
        var fault = Faults[random.Next(Faults.Length)];
        var victim = cluster.Peers[random.Next(cluster.Peers.Count)];
        var other = cluster.Peers[(victim.Index + 1) % cluster.Peers.Count];
        cluster.Checkers.Warnings.Expect(WarningChecker.Cause.Stall);
        cluster.Checkers.Disturbed($"{fault}: {victim.Name} and {other.Name}");
        cluster.Time.After(TimeSpan.FromMilliseconds(random.Next(120)), () => Break(cluster, fault, victim, other, random));
        return () =>
        {
            cluster.Checkers.Disturbed($"{fault} is over");
            victim.KillAfter = null;
            victim.Resume();
            cluster.Network.HealAll();
            if (!victim.IsAlive)
            {
                victim.Start();
            }
        };
    }

    private static void Break(SimulatedCluster cluster, string fault, SimulatedPeer victim, SimulatedPeer other, Random random)
    {
        switch (fault)
        {
            case "crash" or "power loss":
                victim.Crash(silently: fault == "power loss");
                break;
            case "crash within a round":
                victim.KillAfter = (EffectStage)random.Next((int)EffectStage.Persist, (int)EffectStage.Answer);
                break;
            case "stall":
                victim.Stall();
                break;
            case "reset link":
                cluster.Network.Reset(victim, other);
                break;
            case "cut pair" when cluster.Peers.Count > 2:
                cluster.Network.Cut(victim, other);
                cluster.Network.Cut(other, victim);
                break;
            case "clean restart":
                victim.Leave(TimeSpan.FromMilliseconds(300));
                break;
            default:
                // Nothing breaks; with two peers a cut would be a split.
                break;
        }
    }
}
