using Compeer.Simulation.Checking;
using Compeer.Simulation.Nodes;

namespace Compeer.Simulation.Faults;

/// <summary>Random faults of a tree of groups, one after the other: nodes and whole groups are lost, links are cut, and all comes back.
/// </summary>
internal sealed class TierPlan(SimulatedCluster cluster, Random random)
{
    /// <summary>What can happen.</summary>
    public static readonly string[] Kinds =
        ["kill", "power-off", "suspend", "stop", "cut", "group lost", "group cut off", "reset", "comment"];

    /// <summary>How often each kind was drawn.</summary>
    public SortedDictionary<string, int> Drawn { get; } = new(StringComparer.Ordinal);

    /// <summary>Does so many, and then mends everything.</summary>
    public void Run(int faults)
    {
        for (var fault = 0; fault < faults; fault++)
        {
            var kind = Kinds[random.Next(Kinds.Length)];
            Drawn[kind] = Drawn.GetValueOrDefault(kind) + 1;
            Do(kind);
            cluster.Run(TimeSpan.FromMilliseconds(random.Next(500, 25_000)));
            if (random.Next(3) == 0)
            {
                Mend();
                cluster.Run(TimeSpan.FromMilliseconds(random.Next(500, 15_000)));
            }
        }

        Mend();
    }

    private void Do(string kind)
    {
        var peer = cluster.Peers[random.Next(cluster.Peers.Count)];
        var group = cluster.Groups[random.Next(cluster.Groups.Count)];
        if (kind != "comment")
        {
            cluster.Checkers.Disturbed($"{kind}: {peer.Name}, group '{group.Name}'");
        }

        switch (kind)
        {
            case "kill" or "power-off" when peer.IsAlive:
                peer.Crash(silently: kind == "power-off");
                break;
            case "suspend" when peer.IsRunning:
                cluster.Checkers.Warnings.Expect(WarningChecker.Cause.Stall);
                peer.Stall();
                break;
            case "stop" when peer.IsRunning:
                peer.Leave(TimeSpan.FromSeconds(4.5));
                break;
            case "cut":
                cluster.Network.CutBoth(peer, cluster.Peers[random.Next(cluster.Peers.Count)]);
                break;
            case "group lost":
                foreach (var one in group.Peers.Where(one => one.IsAlive))
                {
                    one.Crash(silently: random.Next(2) == 0);
                }

                break;
            case "group cut off":
                foreach (var one in group.Peers)
                {
                    foreach (var other in cluster.Peers.Where(other => other.Group == group.Parent))
                    {
                        cluster.Network.CutBoth(one, other);
                    }
                }

                break;
            case "reset":
                cluster.Network.Reset(peer, cluster.Peers[random.Next(cluster.Peers.Count)]);
                break;
            case "comment" when peer.IsRunning:
                cluster.Checkers.Entries.Comment(peer, peer.Edition.Objects[random.Next(peer.Edition.Objects.Count)]);
                break;
            default:
                // It is off already.
                break;
        }
    }

    private void Mend()
    {
        cluster.Checkers.Disturbed("all is mended");
        cluster.Network.HealAll();
        foreach (var peer in cluster.Peers)
        {
            if (peer.IsStalled)
            {
                peer.Resume();
            }

            var life = peer.Life;
            if (!peer.IsAlive)
            {
                cluster.Time.After(TimeSpan.FromMilliseconds(random.Next(3_000)), () => Start(peer, life));
            }
            else
            {
                // It may be leaving.
                cluster.Time.After(TimeSpan.FromSeconds(5), () => Start(peer, life + 1));
            }
        }
    }

    private static void Start(SimulatedPeer peer, int life)
    {
        if (!peer.IsAlive && peer.Life == life)
        {
            peer.Start();
        }
    }
}
