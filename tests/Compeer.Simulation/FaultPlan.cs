namespace Compeer.Simulation;

/// <summary>Draws faults from the seed and lets them happen, one after the other with pauses, some overlapping.</summary>
internal sealed class FaultPlan(SimulatedCluster cluster)
{
    private static readonly string[] Kinds =
        ["crash", "power loss", "clean restart", "stall", "long stall", "cut pair", "one-way cut", "split", "reset link",
            "reload", "reload", "reload"];

    private readonly Random _random = new(cluster.Seed + 2);

    /// <summary>How often each kind was drawn.</summary>
    public Dictionary<string, int> Drawn { get; } = [];

    /// <summary>Runs <paramref name="faults"/> faults, then lets everything be whole again.</summary>
    public void Run(int faults)
    {
        for (var fault = 0; fault < faults; fault++)
        {
            var kind = Kinds[_random.Next(Kinds.Length)];
            Drawn[kind] = Drawn.GetValueOrDefault(kind) + 1;
            Begin(kind);
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
        cluster.Checkers.Disturbed($"{kind}: peer{victim.Index} (and peer{other.Index}) for {duration.TotalSeconds:0.0} s");
        switch (kind)
        {
            case "crash" or "power loss":
                if (victim.IsAlive)
                {
                    victim.Crash(silently: kind == "power loss");
                    Later(duration, () => Restart(victim));
                }

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
                    victim.Stall();
                    Later(kind == "stall" ? duration / 6 : duration, victim.Resume);
                }

                break;
            case "reset link":
                cluster.Network.Reset(victim.Index, other.Index);
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
                cluster.Checkers.Planned($"reload: edition {edition.Number} for peer{peer.Index} in {delay / 1000.0:0.0} s");
                cluster.Time.After(TimeSpan.FromMilliseconds(delay), () => peer.Reload(edition));
            }
        }
    }

    private void Cut(string kind, SimulatedPeer victim, SimulatedPeer other, TimeSpan duration)
    {
        List<(int From, int To)> directions = kind switch
        {
            "one-way cut" => [(victim.Index, other.Index)],
            "cut pair" => [(victim.Index, other.Index), (other.Index, victim.Index)],
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

    private IEnumerable<(int From, int To)> Split()
    {
        var sides = _random.Next(1, 1 << (cluster.Peers.Count - 1));
        foreach (var from in cluster.Peers)
        {
            foreach (var to in cluster.Peers)
            {
                if (((sides >> from.Index) & 1) != ((sides >> to.Index) & 1))
                {
                    yield return (from.Index, to.Index);
                }
            }
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
        foreach (var peer in cluster.Peers)
        {
            peer.Resume();
            Restart(peer);
            peer.Reload(cluster.World.Newest);
        }

        cluster.Checkers.Disturbed("all faults are over");
    }
}
