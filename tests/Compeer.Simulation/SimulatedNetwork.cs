using Compeer.Cluster.Model;

namespace Compeer.Simulation;

/// <summary>
/// Connections between simulated peers, with TCP's promises and no more: bytes arrive in order or not at all. A cut
/// direction delivers nothing; what was sent over it arrives, in order, if it heals while the connection still stands.
/// </summary>
internal sealed class SimulatedNetwork(SimulatedTime time, Random random)
{
    /// <summary>How long a dial waits for an answer, as the daemon's links do.</summary>
    private static readonly TimeSpan DialTimeout = TimeSpan.FromSeconds(5);

    private readonly HashSet<(int From, int To)> _cuts = [];
    private readonly List<SimulatedConnection> _connections = [];
    private long _lastLink;

    /// <summary>Whether every one of these peers can reach every other, directly or through others.</summary>
    public bool Connects(IReadOnlyList<SimulatedPeer> peers)
    {
        var reached = new HashSet<SimulatedPeer> { peers[0] };
        var queue = new Queue<SimulatedPeer>(reached);
        while (queue.TryDequeue(out var from))
        {
            foreach (var to in peers)
            {
                if (!IsCut(from.Index, to.Index) && !IsCut(to.Index, from.Index) && reached.Add(to))
                {
                    queue.Enqueue(to);
                }
            }
        }

        return reached.Count == peers.Count;
    }

    public bool IsCut(int from, int to) => _cuts.Contains((from, to));

    public void Cut(int from, int to) => _cuts.Add((from, to));

    public void HealAll()
    {
        _cuts.Clear();
        foreach (var connection in _connections)
        {
            connection.Flush();
        }
    }

    public void Heal(int from, int to)
    {
        _cuts.Remove((from, to));
        foreach (var connection in _connections)
        {
            connection.Flush();
        }
    }

    /// <summary>Breaks the connections of a pair the way a router that reboots does: both ends learn of it.</summary>
    public void Reset(int one, int other)
    {
        foreach (var connection in _connections.ToArray())
        {
            if (connection.Joins(one, other))
            {
                connection.End(one, "connection reset");
                connection.End(other, "connection reset");
                _connections.Remove(connection);
            }
        }
    }

    /// <summary>Most delays are short, a few are long: what makes orders change.</summary>
    public TimeSpan Delay() => TimeSpan.FromMilliseconds(random.Next(10) == 0 ? random.Next(1, 120) : random.Next(1, 8));

    public void Dial(SimulatedPeer from, SimulatedPeer to)
    {
        var life = from.Life;
        time.After(Delay() + Delay(), () =>
        {
            if (from.Life != life)
            {
                return;
            }

            if (IsCut(from.Index, to.Index) || IsCut(to.Index, from.Index) || to.IsSilent)
            {
                time.After(DialTimeout, () => from.DialFailed(life, to, "no answer within 5 s"));
            }
            else if (!to.IsAlive || !to.Knows(from))
            {
                from.DialFailed(life, to, "connection refused");
            }
            else
            {
                Connect(from, to);
            }
        });
    }

    /// <summary>The process is gone. Its kernel resets the connections, unless the whole machine went.</summary>
    public void Crashed(SimulatedPeer peer, bool silently)
    {
        foreach (var connection in _connections.ToArray())
        {
            if (connection.Has(peer.Index))
            {
                connection.Abandon(peer.Index, silently);
            }
        }

        _connections.RemoveAll(connection => connection.IsOver);
    }

    private void Connect(SimulatedPeer from, SimulatedPeer to)
    {
        var connection = new SimulatedConnection(this, time, from, to, new LinkId(++_lastLink), new LinkId(++_lastLink));
        _connections.Add(connection);
        _connections.RemoveAll(old => old.IsOver);
        connection.Open();
    }
}
