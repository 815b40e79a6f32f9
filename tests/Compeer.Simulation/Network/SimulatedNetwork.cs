using Compeer.Cluster.Model;
using Compeer.Simulation.Nodes;

namespace Compeer.Simulation.Network;

/// <summary>
/// Connections between simulated nodes, with TCP's promises and no more: bytes arrive in order or not at all. A cut
/// direction delivers nothing; what was sent over it arrives, in order, if it heals while the connection still stands.
/// </summary>
internal sealed class SimulatedNetwork(SimulatedTime time, Random random)
{
    /// <summary>As in the daemon's links.</summary>
    public const int UsualFramesOnTheWay = 4096;

    /// <summary>As in the daemon's links.</summary>
    public const int UsualFramesInRound = 32;

    /// <summary>How long a dial waits for an answer, as the daemon's links do.</summary>
    private static readonly TimeSpan DialTimeout = TimeSpan.FromSeconds(5);

    private readonly HashSet<(SimulatedNode From, SimulatedNode To)> _cuts = [];
    private readonly List<SimulatedConnection> _connections = [];
    private long _lastLink;

    /// <summary>All that can be dialled.</summary>
    public List<SimulatedNode> Nodes { get; } = [];

    /// <summary>Frames that may be on their way to a node before the connection is given up.</summary>
    public int FramesOnTheWay { get; set; } = UsualFramesOnTheWay;

    /// <summary>Frames of one link that a node takes in before it has processed them.</summary>
    public int FramesInRound { get; set; } = UsualFramesInRound;

    public long FramesSent { get; private set; }

    public long BytesSent { get; private set; }

    /// <summary>Connections that were given up because too much was on its way.</summary>
    public int Overflows { get; private set; }

    /// <summary>Told when that happens.</summary>
    public Action<SimulatedNode, SimulatedNode> Overflowed { get; set; } = (_, _) => { };

    /// <summary>Whether the two can talk without a third.</summary>
    public bool AreJoined(SimulatedNode one, SimulatedNode other) =>
        !one.IsOutcast && !other.IsOutcast && one.Knows(other) && other.Knows(one) && !IsCut(one, other) && !IsCut(other, one);

    public bool IsCut(SimulatedNode from, SimulatedNode to) => _cuts.Contains((from, to));

    public void Cut(SimulatedNode from, SimulatedNode to) => _cuts.Add((from, to));

    public void CutBoth(SimulatedNode one, SimulatedNode other)
    {
        Cut(one, other);
        Cut(other, one);
    }

    public void Heal(SimulatedNode from, SimulatedNode to)
    {
        _cuts.Remove((from, to));
        Flush();
    }

    public void HealAll()
    {
        _cuts.Clear();
        Flush();
    }

    /// <summary>Breaks the connections of a pair the way a router that reboots does: both ends learn of it.</summary>
    public void Reset(SimulatedNode one, SimulatedNode other)
    {
        foreach (var connection in _connections.Where(connection => connection.Joins(one, other)).ToArray())
        {
            connection.End(one, "connection reset");
            connection.End(other, "connection reset");
            _connections.Remove(connection);
        }
    }

    /// <summary>Most delays are short, a few are long: what makes orders change.</summary>
    public TimeSpan Delay() => TimeSpan.FromMilliseconds(random.Next(10) == 0 ? random.Next(1, 120) : random.Next(1, 8));

    public void Dial(SimulatedNode from, NodeId neighbour)
    {
        // With a cloned key, whichever machine has the address of the node that is meant.
        var life = from.Life;
        if (from.Neighbours.FirstOrDefault(node => node.Id == neighbour) is not { } to)
        {
            // It is not a neighbour any more, and the peer has not been told yet.
            time.After(Delay(), () => from.DialFailed(life, neighbour, "nobody has that key"));
            return;
        }

        Assert.False(from.Awaited.Contains(to), $"{from.Name} dials {to.Name}, for which it is to wait");
        time.After(Delay() + Delay(), () =>
        {
            if (from.Life != life)
            {
                return;
            }

            if (IsCut(from, to) || IsCut(to, from) || to.IsSilent)
            {
                time.After(DialTimeout, () => from.DialFailed(life, neighbour, "no answer within 5 s"));
            }
            else if (!to.IsAlive)
            {
                from.DialFailed(life, neighbour, "connection refused");
            }
            else if (!to.Neighbours.Any(known => known.Id == from.Id))
            {
                from.DialFailed(life, neighbour, "the other side closed the connection before it said anything");
            }
            else
            {
                Connect(from, to);
            }
        });
    }

    /// <summary>The process is gone. Its kernel resets the connections, unless the whole machine went.</summary>
    public void Crashed(SimulatedNode node, bool silently)
    {
        foreach (var connection in _connections.Where(connection => connection.Has(node)).ToArray())
        {
            connection.Abandon(node, silently);
        }

        _connections.RemoveAll(connection => connection.IsOver);
    }

    public void CountFrame(int bytes) => (FramesSent, BytesSent) = (FramesSent + 1, BytesSent + bytes);

    public void CountOverflow(SimulatedNode one, SimulatedNode other)
    {
        Overflows++;
        Overflowed(one, other);
    }

    private void Flush() => _connections.ToList().ForEach(connection => connection.Flush());

    private void Connect(SimulatedNode from, SimulatedNode to)
    {
        var connection = new SimulatedConnection(this, time, from, to, new LinkId(++_lastLink), new LinkId(++_lastLink));
        _connections.RemoveAll(old => old.IsOver);
        _connections.Add(connection);
        connection.Open();
    }
}
