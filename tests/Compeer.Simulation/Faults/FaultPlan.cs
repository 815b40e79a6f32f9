using Compeer.Cluster.Model;
using Compeer.Peer;
using Compeer.Simulation.Checking;
using Compeer.Simulation.Network;
using Compeer.Simulation.Nodes;

namespace Compeer.Simulation.Faults;

/// <summary>Draws faults from the seed and lets them happen, one after the other with pauses, some overlapping.</summary>
internal sealed class FaultPlan(SimulatedCluster cluster, Exploration site)
{
    /// <summary>What can happen; the ones that are there more than once are drawn so much more often.</summary>
    public static readonly string[] Kinds =
    [
        "crash", "crash within a round", "power loss", "lost write", "clean restart", "stall", "long stall", "cut pair", "one-way cut",
        "split", "reset link", "reload", "reload", "reload", "return from backup", "clock step", "other neighbours",
    ];

    private readonly Dictionary<SimulatedPeer, (DurableState Disk, SimulatedDatabase Database, TimeSpan At)> _backups = [];
    private readonly Dictionary<SimulatedPeer, SimulatedNode[]> _neighbours =
        cluster.Peers.ToDictionary(peer => peer, peer => peer.Neighbours.ToArray());

    private readonly Random _random = new(cluster.Seed + 2);
    private readonly OperatorPlan _operators = new(cluster);

    /// <summary>How often each kind was drawn.</summary>
    public Dictionary<string, int> Drawn { get; } = [];

    /// <summary>Runs <paramref name="faults"/> faults, then lets everything be whole again.</summary>
    public void Run(int faults)
    {
        for (var fault = 0; fault < faults; fault++)
        {
            var kind = Kinds[_random.Next(Kinds.Length)];
            if ((kind == "clock step" && !site.ClocksAreFarOff) || (kind == "other neighbours" && !site.NeighboursChange))
            {
                kind = "reset link";
            }

            Drawn[kind] = Drawn.GetValueOrDefault(kind) + 1;
            Begin(kind);
            _operators.Act();
            Backup();
            cluster.Run(TimeSpan.FromMilliseconds(_random.Next(3) == 0 ? _random.Next(50, 1500) : _random.Next(2000, 15000)));
        }

        Repair();
    }

    private void Begin(string kind)
    {
        if (kind == "reload")
        {
            Reload();
            return;
        }

        var victim = cluster.Peers[_random.Next(cluster.Peers.Count)];
        var other = cluster.Peers[(victim.Index + 1 + _random.Next(cluster.Peers.Count - 1)) % cluster.Peers.Count];
        var duration = TimeSpan.FromMilliseconds(_random.Next(100, 12000));
        cluster.Checkers.Disturbed($"{kind}: {victim.Name} (and {other.Name}) for {duration.TotalSeconds:0.0} s");
        switch (kind)
        {
            case "crash" or "power loss" or "lost write" or "return from backup":
                if (victim.IsAlive)
                {
                    victim.Crash(silently: kind != "crash");
                    Damage(kind, victim);
                    Later(duration, () => Restart(victim));
                }

                break;
            case "crash within a round":
                victim.KillAfter = (EffectStage)_random.Next((int)EffectStage.Persist, (int)EffectStage.Answer);
                Later(duration, () =>
                {
                    victim.KillAfter = null;
                    Restart(victim);
                });
                break;
            case "clock step":
                victim.ClockError = site.SomeError();
                cluster.Checkers.Warnings.Expect(WarningChecker.Cause.ClockStep);
                break;
            case "other neighbours":
                ChangeNeighbours(victim, other);
                break;
            case "clean restart":
                if (victim.IsAlive && !victim.IsStalled)
                {
                    victim.Leave(TimeSpan.FromMilliseconds(_random.Next(50, 500)));
                    Later(TimeSpan.FromSeconds(1) + duration, () => Restart(victim));
                }

                break;
            case "stall" or "long stall":
                if (victim.IsAlive)
                {
                    cluster.Checkers.Warnings.Expect(WarningChecker.Cause.Stall);
                    victim.Stall();
                    Later(kind == "stall" ? duration / 6 : duration, victim.Resume);
                }

                break;
            case "reset link":
                cluster.Network.Reset(victim, other);
                break;
            default:
                Cut(kind, victim, other, duration);
                break;
        }
    }

    /// <summary>Another configuration, at one peer after the other; some get it only with the next, or at the end.</summary>
    private void Reload()
    {
        var edition = cluster.World.Change(_random);
        var first = _random.Next(cluster.Peers.Count);
        var atOnce = _random.Next(4) == 0;
        foreach (var peer in cluster.Peers)
        {
            if (peer.Index == first || _random.Next(4) > 0)
            {
                var delay = peer.Index == first ? 0 : _random.Next(atOnce ? 50 : 10_000);
                cluster.Checkers.Planned($"reload: edition {edition.Number} for {peer.Name} in {delay / 1000.0:0.0} s");
                cluster.Time.After(TimeSpan.FromMilliseconds(delay), () => peer.Reload(edition));
            }
        }
    }

    private void Cut(string kind, SimulatedPeer victim, SimulatedPeer other, TimeSpan duration)
    {
        List<(SimulatedPeer From, SimulatedPeer To)> directions = kind switch
        {
            "one-way cut" => [(victim, other)],
            "cut pair" => [(victim, other), (other, victim)],
            _ => [.. Split()],
        };
        foreach ((var from, var to) in directions)
        {
            cluster.Network.Cut(from, to);
        }

        Later(duration, () =>
        {
            foreach ((var from, var to) in directions)
            {
                cluster.Network.Heal(from, to);
            }
        });
    }

    private IEnumerable<(SimulatedPeer From, SimulatedPeer To)> Split()
    {
        var sides = _random.Next(1, 1 << (cluster.Peers.Count - 1));
        foreach (var from in cluster.Peers)
        {
            foreach (var to in cluster.Peers)
            {
                if (((sides >> from.Index) & 1) != ((sides >> to.Index) & 1))
                {
                    yield return (from, to);
                }
            }
        }
    }

    /// <summary>What the disk of a machine that lost its power has when it comes back.</summary>
    private void Damage(string kind, SimulatedPeer victim)
    {
        if (kind == "lost write")
        {
            if (victim.LoseLastWrite() is { } before)
            {
                victim.Forgotten.Add((before, cluster.Time.Now));
            }
        }
        else if (kind == "return from backup")
        {
            (victim.Disk, victim.Database, var at) =
                _backups.GetValueOrDefault(victim, (DurableState.Empty, SimulatedDatabase.Empty, TimeSpan.Zero));
            victim.Forgotten.Add((at, cluster.Time.Now));
        }
    }

    private void Backup()
    {
        var peer = cluster.Peers[_random.Next(cluster.Peers.Count)];
        _backups[peer] = (peer.Disk, peer.Database, cluster.Time.Now);
    }

    /// <summary>One names the other or does not any more; the other follows later, or never.</summary>
    private void ChangeNeighbours(SimulatedPeer one, SimulatedPeer other)
    {
        var known = one.Knows(other);
        one.SetNeighbours(known ? one.Neighbours.Where(node => node != other).ToArray() : [.. one.Neighbours, other]);
        if (_random.Next(3) > 0)
        {
            Later(TimeSpan.FromMilliseconds(_random.Next(5000)), () => other.SetNeighbours(
                known ? other.Neighbours.Where(node => node != one).ToArray() : [.. other.Neighbours, one]));
        }
    }

    private void Later(TimeSpan delay, Action repair) => cluster.Time.After(delay, () =>
    {
        cluster.Checkers.Disturbed("a fault ends");
        repair();
    });

    private static void Restart(SimulatedPeer peer)
    {
        if (!peer.IsAlive)
        {
            peer.Start();
        }
    }

    private void Repair()
    {
        // Faults still under way end by themselves within their own duration.
        cluster.Run(TimeSpan.FromSeconds(14));
        cluster.Network.HealAll();
        cluster.Network.FramesOnTheWay = SimulatedNetwork.UsualFramesOnTheWay;
        cluster.Network.FramesInRound = SimulatedNetwork.UsualFramesInRound;
        foreach (var peer in cluster.Peers)
        {
            peer.KillAfter = null;
            peer.FindsEditionsBad = false;
            peer.Resume();
            peer.SetNeighbours(_neighbours[peer]);
            Restart(peer);
            peer.Reload(cluster.World.Newest);
        }

        cluster.Checkers.Disturbed("all faults are over");
    }
}
