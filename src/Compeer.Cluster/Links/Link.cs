using Compeer.Cluster.Model;
using Compeer.Cluster.Wire;

namespace Compeer.Cluster.Links;

/// <summary>One connection to a neighbour, from its opening to its end.</summary>
/// <param name="id">Its number.</param>
/// <param name="neighbour">Whose key the other end has.</param>
/// <param name="dialledHere">Whether this node made it.</param>
/// <param name="address">Where the other end is, for people.</param>
/// <param name="opened">When.</param>
internal sealed class Link(LinkId id, NeighbourMachine neighbour, bool dialledHere, string address, ClusterTime opened)
{
    private bool _differed;

    public LinkId Id { get; } = id;

    public NeighbourMachine Neighbour { get; } = neighbour;

    public bool DialledHere { get; } = dialledHere;

    public string Address { get; } = address;

    public ClusterTime Opened { get; } = opened;

    /// <summary>When its last frame came, moved on by the time this node was not listening.</summary>
    public TimeSpan LastReceived { get; private set; } = opened.Monotonic;

    /// <summary>What the other end said first; null before that.</summary>
    public LinkFrame.Hello? Hello { get; private set; }

    /// <summary>What the other end runs, as it said last; null before its hello.</summary>
    public ConfigurationVersion? Configuration { get; set; }

    public TimeSpan NextPulse { get; set; }

    /// <summary>The last pulse's own time and when it came, to be echoed.</summary>
    public (long SentTicks, TimeSpan ReceivedAt) LastPulse { get; set; }

    /// <summary>Pulses that came after others spoke of a later run of the node.</summary>
    public int PulsesWhileOutrun { get; set; }

    /// <summary>Whether it is greeted, and both ends are peers.</summary>
    public bool IsPeerLink => Hello is not null && Neighbour.IsPeer;

    /// <summary>A frame came.</summary>
    public void Hear(ClusterTime now)
    {
        LastReceived = now.Monotonic;
        Neighbour.Hear(now);
    }

    /// <summary>What did not come while this node did not listen is not its silence.</summary>
    public void Forgive(TimeSpan deafFor, TimeSpan now) =>
        LastReceived = LastReceived + deafFor < now ? LastReceived + deafFor : now;

    /// <summary>The other end said hello, once.</summary>
    public void Greet(LinkFrame.Hello hello, TimeSpan now)
    {
        Hello = hello;
        Configuration = hello.Configuration;
        NextPulse = now;
    }

    /// <summary>Takes note of whether the tables of reports differ at both ends; whether they did at the pulse before as well.
    /// </summary>
    public bool DiffersAgain(bool differs)
    {
        var again = differs && _differed;
        _differed = differs && !again;
        return again;
    }
}
