using System.Collections.Immutable;

namespace Compeer.Cluster.Model;

/// <summary>Something for the shell to do. All of a call's effects are carried out, in order, before the next call.</summary>
public abstract record ClusterEffect
{
    private ClusterEffect()
    {
    }

    /// <summary>
    /// Connect to a neighbour and authenticate it; answer with <see cref="ClusterMachine.LinkOpened"/> or
    /// <see cref="ClusterMachine.DialFailed"/>.
    /// </summary>
    /// <param name="Neighbour">Whom.</param>
    public sealed record Dial(NodeId Neighbour) : ClusterEffect;

    /// <summary>Send a frame on a link, in order. A link that is closed meanwhile swallows it.</summary>
    /// <param name="Link">Where.</param>
    /// <param name="Frame">The frame without its length prefix; not changed afterwards.</param>
    public sealed record Send(LinkId Link, ReadOnlyMemory<byte> Frame) : ClusterEffect;

    /// <summary>Close a link, after what was sent on it; <see cref="ClusterMachine.LinkClosed"/> is not needed.</summary>
    /// <param name="Link">Which.</param>
    /// <param name="Reason">Why, for the log.</param>
    public sealed record Close(LinkId Link, string Reason) : ClusterEffect;

    /// <summary>Store a value that another node wrote.</summary>
    /// <param name="Register">Which value.</param>
    /// <param name="Payload">Its bytes; not changed afterwards.</param>
    /// <param name="ClockAhead">
    /// How far the clock of the node that wrote it is ahead of this node's, negative when it is behind: times in it are by that
    /// clock. Zero when the difference is not known, or too small to matter.
    /// </param>
    public sealed record Apply(RegisterId Register, ReadOnlyMemory<byte> Payload, TimeSpan ClockAhead) : ClusterEffect;

    /// <summary>Another node wrote a value that this one keeps: a setting, an element of a set.</summary>
    /// <param name="Register">Which value.</param>
    /// <param name="Payload">Its bytes; not changed afterwards.</param>
    /// <param name="IsRemoval">The element is gone.</param>
    public sealed record Changed(RegisterKey Register, ReadOnlyMemory<byte> Payload, bool IsRemoval) : ClusterEffect;

    /// <summary>An entry of a stream came that was not here; the store keeps it.</summary>
    /// <param name="Stream">Which stream: most often another node's, and this one's own when its disk had lost it.</param>
    /// <param name="Entry">The entry.</param>
    public sealed record Entered(StreamId Stream, StreamEntry Entry) : ClusterEffect;

    /// <summary>These objects are this node's from now on: run their checks.</summary>
    /// <param name="Objects">Their numbers, ascending.</param>
    /// <param name="ClockAhead">
    /// How far the clock of the node that ran them last is ahead of this node's, negative when it is behind: their next
    /// checks are due by that clock. Zero when the difference is not known, or too small to matter.
    /// </param>
    public sealed record Gain(ImmutableArray<int> Objects, TimeSpan ClockAhead) : ClusterEffect;

    /// <summary>
    /// These objects are not this node's any more: start no check of theirs. Unless <paramref name="DiscardRunning"/>,
    /// answer with <see cref="ClusterMachine.HandOver"/>: checks in flight run to their end and their results are published.
    /// </summary>
    /// <param name="Objects">Their numbers, ascending.</param>
    /// <param name="Handover">The number to answer with.</param>
    /// <param name="DiscardRunning">
    /// This node was suspended or stalled and others may run its checks already. The results of <b>all</b> checks in flight here
    /// are dropped, also of objects that it gave up earlier, and no answer is wanted.
    /// </param>
    public sealed record Lose(ImmutableArray<int> Objects, long Handover, bool DiscardRunning) : ClusterEffect;

    /// <summary>
    /// Keep this for the next run, in the place of what was kept before. It stands before the frames that depend on it. A
    /// disk that fails must be told of and stops nothing.
    /// </summary>
    /// <param name="State">All of it.</param>
    public sealed record Persist(DurableState State) : ClusterEffect;

    /// <summary>What is to be told about these objects is this node's to send from now on.</summary>
    /// <param name="Objects">Their numbers, ascending.</param>
    public sealed record GainSending(ImmutableArray<int> Objects) : ClusterEffect;

    /// <summary>What is to be told about these objects is not this node's to send any more. Where <paramref name="WantsAnswer"/>, answer
    /// with <see cref="ClusterMachine.HandOver"/>, naming those about which something is being sent.</summary>
    /// <param name="Objects">Their numbers, ascending.</param>
    /// <param name="Handover">To answer with.</param>
    /// <param name="WantsAnswer">Whether somebody may wait for what is being sent.</param>
    public sealed record LoseSending(ImmutableArray<int> Objects, long Handover, bool WantsAnswer) : ClusterEffect;

    /// <summary>Somebody in the cluster has words for the owner of an object, which this node is.</summary>
    /// <param name="Object">The object's number.</param>
    /// <param name="Payload">The words, as they were given to <see cref="ClusterRequests.Ask"/>.</param>
    public sealed record Asked(int Object, ReadOnlyMemory<byte> Payload) : ClusterEffect
    {
        /// <summary>To answer with <see cref="ClusterRequests.Answer"/>, when what came of the words is in the database; null when nobody
        /// waits.</summary>
        public RequestTag? Tag { get; init; }
    }

    /// <summary>Words that this node asked an owner with <see cref="ClusterRequests.AskAndAwait"/> came to an end.</summary>
    /// <param name="Number">Which.</param>
    /// <param name="Failure">Why they were not obeyed, for people; null when they were, and what came of them is in the database of
    /// whoever obeyed.</param>
    public sealed record Answered(long Number, string? Failure) : ClusterEffect;

    /// <summary>Others work by a newer configuration than this node: fetch it with <see cref="ConfigurationInput.Want"/>, its manifest
    /// first, and take it up, or say with <see cref="ConfigurationInput.Refuse"/> why not.</summary>
    /// <param name="Version">The newest.</param>
    public sealed record Behind(ConfigurationVersion Version) : ClusterEffect;

    /// <summary>A piece of content that was wanted: answer with <see cref="ConfigurationInput.Taken"/> when it is put away.</summary>
    /// <param name="Hash">Of the whole.</param>
    /// <param name="Offset">Where in it the piece begins; at 0 what came before of it does not count.</param>
    /// <param name="Total">The length of the whole, bytes.</param>
    /// <param name="Data">The piece.</param>
    public sealed record Content(string Hash, long Offset, long Total, ReadOnlyMemory<byte> Data) : ClusterEffect
    {
        /// <summary>The neighbour whose files it is of; null when it is of a configuration. Of files, the answer is
        /// <see cref="FilesInput.Taken"/>.</summary>
        public NodeId? FilesOf { get; init; }
    }

    /// <summary>A neighbour wants a piece of content: answer with <see cref="ConfigurationInput.Read"/>.</summary>
    /// <param name="Link">Whose link it is.</param>
    /// <param name="Hash">Of the whole.</param>
    /// <param name="Offset">Where in it the piece begins.</param>
    /// <param name="Length">Its length at most, bytes.</param>
    public sealed record ReadContent(LinkId Link, string Hash, long Offset, int Length) : ClusterEffect
    {
        /// <summary>The neighbour, when it asks for what it was offered with <see cref="FilesInput.Offer"/>; null when it is of a
        /// configuration. Of files, the answer is <see cref="FilesInput.Read"/>.</summary>
        public NodeId? FilesFor { get; init; }
    }

    /// <summary>Whether files and folders can be kept the same with a neighbour by itself.</summary>
    /// <param name="Neighbour">Which.</param>
    /// <param name="State">Whether it is connected, and understands it.</param>
    public sealed record FilesPartner(NodeId Neighbour, FilesPartnerState State) : ClusterEffect;

    /// <summary>A neighbour said, anew, which files and folders it keeps the same here: all of them.</summary>
    /// <param name="Neighbour">Which.</param>
    /// <param name="Paths">Where they are here, and what they are to be.</param>
    public sealed record FilesOffered(NodeId Neighbour, ImmutableArray<OfferedPath> Paths) : ClusterEffect;

    /// <summary>A neighbour said how it stands to files and folders that it was offered.</summary>
    /// <param name="Neighbour">Which.</param>
    /// <param name="Paths">Those of which it has something to say.</param>
    public sealed record FilesReported(NodeId Neighbour, ImmutableArray<PathReport> Paths) : ClusterEffect;

    /// <summary>A neighbour that may do so wants the check of an object run once, for its output: answer with
    /// <see cref="CheckTestInput.Answer"/>.</summary>
    /// <param name="Neighbour">Which.</param>
    /// <param name="Link">To answer with.</param>
    /// <param name="Number">To answer with.</param>
    /// <param name="Host">The host's name.</param>
    /// <param name="Service">The service's description; empty for the host itself.</param>
    public sealed record CheckTestAsked(
        NodeId Neighbour, LinkId Link, long Number, ReadOnlyMemory<byte> Host, ReadOnlyMemory<byte> Service) : ClusterEffect;

    /// <summary>Answers a <see cref="CheckTestInput.Ask"/>.</summary>
    /// <param name="Number">Of the test.</param>
    /// <param name="Answer">What came of it.</param>
    public sealed record CheckTestAnswered(long Number, CheckTestAnswer Answer) : ClusterEffect;

    /// <summary>A line for the log.</summary>
    /// <param name="Level">How much it matters.</param>
    /// <param name="Text">The line.</param>
    public sealed record Notice(NoticeLevel Level, string Text) : ClusterEffect;
}
