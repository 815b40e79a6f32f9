using Compeer.Cluster.Model;
using Compeer.Cluster.Wire;

namespace Compeer.Cluster.Replication;

/// <summary>How far replication is on one link, from its greeting to its end.</summary>
internal sealed class ReplicationLink(
    LinkId id, NodeId neighbour, string name, LinkSide side, Capabilities capabilities, int windowBytes)
{
    public LinkId Id { get; } = id;

    /// <summary>Who is at the other end.</summary>
    public NodeId Neighbour { get; } = neighbour;

    /// <summary>Where it stands.</summary>
    public LinkSide Side { get; } = side;

    /// <summary>A poller was not sent all that is for it: it cannot tell, and so does not ask. This node sends it when there is room.
    /// </summary>
    public bool Owes { get; set; }

    /// <summary>What this node's configuration calls it.</summary>
    public string Name { get; } = name;

    /// <summary>What the other end had at its last pulse.</summary>
    public Knowledge Theirs { get; } = new();

    /// <summary>What the other end had when it had sent here all that was lacking: it has no more to give of that.</summary>
    public Knowledge Offered { get; } = new();

    /// <summary>How much of what this node has the last pulse told.</summary>
    public long ToldChanges { get; set; }

    /// <summary>The number of the sync under way from the other end to here; 0 for none.</summary>
    public ulong SyncIn { get; set; }

    /// <summary>What the sync under way was asked with.</summary>
    public IReadOnlyList<OriginKnowledge> Asked { get; set; } = [];

    /// <summary>Elements of sets that were known then and that the other end has not listed yet; null before it lists any.</summary>
    public Dictionary<(NodeId Origin, long Sequence), RegisterKey>? OpenElements { get; set; }

    /// <summary>Elements of sets that came from elsewhere since it was asked, and that its answer has not brought.</summary>
    public Dictionary<(NodeId Origin, long Sequence), RegisterKey> ElementsMeanwhile { get; } = [];

    /// <summary>When the sync under way brought something last.</summary>
    public TimeSpan SyncProgress { get; set; }

    /// <summary>The sync under way from here to the other end.</summary>
    public SyncSender? SyncOut { get; set; }

    /// <summary>What was sent and not acknowledged.</summary>
    public SendWindow Window { get; } = new(windowBytes);

    /// <summary>Frames of updates received, for the acknowledgement.</summary>
    public long FramesReceived { get; set; }

    /// <summary>Bytes of updates received that are not acknowledged yet.</summary>
    public long BytesReceived { get; set; }

    /// <summary>Whether the other end understands what nodes vouch for.</summary>
    public bool TakesSeen { get; } = capabilities.HasFlag(Capabilities.Seen);

    /// <summary>Its streams; null when the other end has none.</summary>
    public StreamLink? Streams { get; } = capabilities.HasFlag(Capabilities.Streams) ? new StreamLink() : null;

    /// <summary>How much of what each node's run has was told to the other end.</summary>
    public Dictionary<Run, long> ToldOf { get; } = [];
}
