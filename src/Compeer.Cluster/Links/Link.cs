using Compeer.Cluster.Model;
using Compeer.Cluster.Wire;

namespace Compeer.Cluster.Links;

/// <summary>One connection to a neighbour, from its opening to its end.</summary>
internal sealed class Link(LinkId id, NeighbourState neighbour, bool dialledHere, ClusterTime opened)
{
    public LinkId Id { get; } = id;

    public NeighbourState Neighbour { get; } = neighbour;

    public bool DialledHere { get; } = dialledHere;

    public ClusterTime Opened { get; } = opened;

    /// <summary>When its last frame came, moved on by the time this node was not listening.</summary>
    public TimeSpan LastReceived { get; set; } = opened.Monotonic;

    /// <summary>What the other end said first; null before that.</summary>
    public LinkFrame.Hello? Hello { get; set; }

    public TimeSpan NextPulse { get; set; }

    /// <summary>The last pulse's own time and when it came, to be echoed.</summary>
    public (long SentTicks, TimeSpan ReceivedAt) LastPulse { get; set; }

    private bool _differed;

    /// <summary>Takes note of whether the tables of reports differ at both ends; whether they did at the pulse before as well.
    /// </summary>
    public bool DiffersAgain(bool differs)
    {
        var again = differs && _differed;
        _differed = differs && !again;
        return again;
    }

    /// <summary>This node has caught up with what the other end had when it was asked last.</summary>
    public bool IsSynced { get; set; }

    /// <summary>Whether it carries updates and reports: greeted, and both ends are peers.</summary>
    public bool IsPeerLink => Hello is not null && Neighbour.IsPeer;
}
