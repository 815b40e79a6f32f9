using Compeer.Cluster.Model;
using Compeer.Cluster.Replication;
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

    /// <summary>What the other end had at its last pulse, and of which configuration's objects.</summary>
    public (string Configuration, IReadOnlyList<RunSequence> Vector) LastVector { get; set; } = ("", []);

    /// <summary>This node has caught up with what the other end had when it was asked last.</summary>
    public bool IsSynced { get; set; }

    /// <summary>The number of the sync under way from the other end to here; 0 for none.</summary>
    public ulong SyncIn { get; set; }

    /// <summary>When the sync under way brought something last.</summary>
    public TimeSpan SyncProgress { get; set; }

    /// <summary>The sync under way from here to the other end.</summary>
    public SyncSender? SyncOut { get; set; }

    /// <summary>What was sent and not acknowledged.</summary>
    public SendWindow Window { get; } = new();

    /// <summary>Frames of updates received, for the acknowledgement.</summary>
    public long UpdateFramesReceived { get; set; }

    /// <summary>Whether it carries updates and reports: greeted, and both ends are peers.</summary>
    public bool IsPeerLink => Hello is not null && Neighbour.IsPeer;
}
