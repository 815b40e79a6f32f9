using Compeer.Cluster.Model;

namespace Compeer.Cluster.Replication;

/// <summary>How far replication is on one link to a peer, from its greeting to its end.</summary>
internal sealed class ReplicationLink(LinkId id, NodeId neighbour, string name)
{
    public LinkId Id { get; } = id;

    /// <summary>Who is at the other end.</summary>
    public NodeId Neighbour { get; } = neighbour;

    /// <summary>What this node's configuration calls it.</summary>
    public string Name { get; } = name;

    /// <summary>What the other end had at its last pulse, and of which configuration's objects.</summary>
    public (string Configuration, IReadOnlyList<RunSequence> Vector) LastVector { get; set; } = ("", []);

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
}
