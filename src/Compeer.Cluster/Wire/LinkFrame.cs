using System.Collections.Immutable;
using Compeer.Cluster.Model;

namespace Compeer.Cluster.Wire;

/// <summary>A frame that was read and found to keep the limits.</summary>
internal abstract record LinkFrame
{
    public sealed record Hello(
        uint MinVersion,
        uint MaxVersion,
        NodeId Node,
        long Incarnation,
        string SoftwareVersion,
        ConfigurationVersion Configuration,
        NeighbourKind ReceiverKind,
        TimeSpan SilenceLimit,
        long WallMilliseconds,
        Capabilities Capabilities = Capabilities.None) : LinkFrame
    {
        /// <summary>Of a receiver that is a poller: the host groups that it is to check.</summary>
        public string ReceiverGroups { get; init; } = "";

        /// <summary>Of a receiver that is a poller: the sender's group notifies in its place.</summary>
        public bool ReceiverIsSilent { get; init; }

        /// <summary>The sender's own id, when it was given one.</summary>
        public string Uuid { get; init; } = "";
    }

    public sealed record Pulse(
        long SentTicks,
        long EchoTicks,
        long EchoHeldTicks,
        long WallMilliseconds,
        ulong ReportDigest,
        IReadOnlyList<OriginKnowledge> Known,
        long Frames = 0) : LinkFrame;

    public sealed record Reports(ImmutableArray<NodeReport> Items) : LinkFrame;

    public sealed record Updates(ulong Sync, IReadOnlyList<Update> Items) : LinkFrame
    {
        /// <summary>Elements of sets that the asker knows and that are there, by the writes they come from.</summary>
        public IReadOnlyList<(NodeId Origin, long Sequence)> Present { get; init; } = [];
    }

    public sealed record SyncRequest(ulong Sync, IReadOnlyList<OriginKnowledge> Known, ulong Elements = 0) : LinkFrame;

    public sealed record SyncDone(ulong Sync, IReadOnlyList<OriginKnowledge> Known, bool IsListed = false) : LinkFrame;

    public sealed record Ack(long Frames) : LinkFrame;

    /// <summary>Words for the owner of an object: opaque to the cluster.</summary>
    public sealed record Request(NodeId? Owner, ReadOnlyMemory<byte> Key, ReadOnlyMemory<byte> Payload, int Hops) : LinkFrame
    {
        /// <summary>By what it is answered; null when nobody waits.</summary>
        public RequestTag? Tag { get; init; }
    }

    /// <summary>What became of a request: <paramref name="Failure"/> says why it was not done, null when it was.</summary>
    public sealed record Answered(RequestTag Tag, string? Failure, int Hops) : LinkFrame;

    /// <summary>What nodes vouch for, as far as it changed.</summary>
    public sealed record Seen(ImmutableArray<NodeKnowledge> Nodes) : LinkFrame;

    /// <summary>The sender ends the connection next, and why.</summary>
    public sealed record Refused(string Reason, RefusalCode Code) : LinkFrame;

    /// <summary>Which objects there are in a configuration that the receiver works by.</summary>
    public sealed record ObjectsRequest(string Hash) : LinkFrame;

    /// <summary>Hashes of the keys of a configuration's objects, a part of them.</summary>
    public sealed record Objects(string Hash, ImmutableArray<ulong> Keys, bool More) : LinkFrame;

    /// <summary>A piece of content is wanted.</summary>
    public sealed record ContentRequest(string Hash, long Offset, int Length, bool IsOfFiles = false) : LinkFrame;

    /// <summary>A piece of content of <paramref name="Total"/> bytes; or that it is not here.</summary>
    public sealed record ContentPart(
        string Hash, long Offset, long Total, bool IsMissing, ReadOnlyMemory<byte> Data, bool IsOfFiles = false) : LinkFrame;

    /// <summary>All files and folders that the sender keeps the same at the receiver.</summary>
    public sealed record FilesOffer(ImmutableArray<OfferedPath> Paths) : LinkFrame;

    /// <summary>How the sender stands to what the receiver offered.</summary>
    public sealed record FilesReport(ImmutableArray<PathReport> Paths) : LinkFrame;

    /// <summary>The check of an object is to be run once at the receiver, for its output.</summary>
    public sealed record CheckTest(long Number, ReadOnlyMemory<byte> Host, ReadOnlyMemory<byte> Service) : LinkFrame;

    /// <summary>What came of it.</summary>
    public sealed record CheckTestResult(long Number, CheckTestAnswer Answer) : LinkFrame;

    /// <summary>Entries of a stream, ascending.</summary>
    public sealed record Entries(StreamId Stream, IReadOnlyList<StreamEntry> Items) : LinkFrame;

    /// <summary>What a node has of streams, as far as it changed, and how many frames of entries came.</summary>
    public sealed record Streams(IReadOnlyList<StreamState> States, long Frames) : LinkFrame;

    /// <summary>A frame of a later version: skipped.</summary>
    public sealed record Unknown : LinkFrame;
}
