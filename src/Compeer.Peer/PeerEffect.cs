using Compeer.Cluster.Model;
using Compeer.Engine.Events;

namespace Compeer.Peer;

/// <summary>Something for the shell to carry out after a <see cref="PeerRound"/>.</summary>
public abstract record PeerEffect
{
    private PeerEffect()
    {
    }

    /// <summary>When in a round its turn comes.</summary>
    public abstract EffectStage Stage { get; }

    /// <summary>Keep this for the next start of the node, in the place of what was kept before. A disk that fails must be told
    /// of and stops nothing.</summary>
    /// <param name="State">All of it; the next start gets it with <see cref="ClusterOptions.Durable"/>.</param>
    public sealed record Persist(DurableState State) : PeerEffect
    {
        /// <inheritdoc/>
        public override EffectStage Stage => EffectStage.Persist;
    }

    /// <summary>Write these values into the database, and answer with <see cref="PeerInput.Stored"/> when they are there. While they
    /// cannot be written they stay what is to be written; nothing waits for it but what <see cref="Answer"/> confirms.</summary>
    /// <param name="Values">What.</param>
    public sealed record Store(UnstoredValues Values) : PeerEffect
    {
        /// <inheritdoc/>
        public override EffectStage Stage => EffectStage.Persist;
    }

    /// <summary>Send a frame on a link, in order. A link that is closed meanwhile swallows it.</summary>
    /// <param name="Link">Where.</param>
    /// <param name="Frame">The frame without its length prefix; not changed afterwards.</param>
    public sealed record Send(LinkId Link, ReadOnlyMemory<byte> Frame) : PeerEffect
    {
        /// <inheritdoc/>
        public override EffectStage Stage => EffectStage.Send;
    }

    /// <summary>Connect to a neighbour and authenticate it; answer with <see cref="PeerInput.LinkOpened"/> or
    /// <see cref="PeerInput.DialFailed"/>.</summary>
    /// <param name="Neighbour">Whom.</param>
    public sealed record Dial(NodeId Neighbour) : PeerEffect
    {
        /// <inheritdoc/>
        public override EffectStage Stage => EffectStage.Send;
    }

    /// <summary>
    /// Close a link after what was sent on it: every <see cref="Send"/> on the link that stands before, in this round or an
    /// earlier one, leaves first, as far as the other end takes it within a few seconds; nothing goes out after it. The other end
    /// can so read why it was closed.
    /// </summary>
    /// <param name="Link">Which.</param>
    /// <param name="Reason">Why, for the log.</param>
    public sealed record Close(LinkId Link, string Reason) : PeerEffect
    {
        /// <inheritdoc/>
        public override EffectStage Stage => EffectStage.Send;
    }

    /// <summary>Run a check; answer with <see cref="PeerInput.CheckCompleted"/>.</summary>
    /// <param name="Check">Which, and how.</param>
    public sealed record StartCheck(CheckToRun Check) : PeerEffect
    {
        /// <inheritdoc/>
        public override EffectStage Stage => EffectStage.Act;
    }

    /// <summary>Look for a check that should have come back long ago; answer with <see cref="PeerInput.CheckLost"/> when nothing is
    /// known of it any more, else not at all.</summary>
    /// <param name="Check">Which.</param>
    public sealed record LookFor(DoubtfulCheck Check) : PeerEffect
    {
        /// <inheritdoc/>
        public override EffectStage Stage => EffectStage.Act;
    }

    /// <summary>Run another command; answer with <see cref="PeerInput.CommandEnded"/>.</summary>
    /// <param name="Command">Which, and in which lane.</param>
    public sealed record RunCommand(CommandToRun Command) : PeerEffect
    {
        /// <inheritdoc/>
        public override EffectStage Stage => EffectStage.Act;
    }

    /// <summary>Write a line into a file of performance data.</summary>
    /// <param name="Line">Which file, and what.</param>
    public sealed record WritePerformance(PerformanceLine Line) : PeerEffect
    {
        /// <inheritdoc/>
        public override EffectStage Stage => EffectStage.Act;
    }

    /// <summary>Read a file of external commands; each comes as a <see cref="PeerInput.Command"/>.</summary>
    /// <param name="File">Which.</param>
    public sealed record ReadCommands(CommandFile File) : PeerEffect
    {
        /// <inheritdoc/>
        public override EffectStage Stage => EffectStage.Act;
    }

    /// <summary>Stop, or take up what the configuration says now: an external command asked for it.</summary>
    /// <param name="What">Which of them.</param>
    public sealed record Order(ProgramOrder What) : PeerEffect
    {
        /// <inheritdoc/>
        public override EffectStage Stage => EffectStage.Act;
    }

    /// <summary>Write a line of monitoring to the log.</summary>
    /// <param name="Entry">The line.</param>
    public sealed record WriteLog(LogEntry Entry) : PeerEffect
    {
        /// <inheritdoc/>
        public override EffectStage Stage => EffectStage.Act;
    }

    /// <summary>Answer with <see cref="PeerInput.Logged"/> when all lines given before are in the log, or never will be.</summary>
    /// <param name="Mark">To answer with.</param>
    public sealed record MarkLog(long Mark) : PeerEffect
    {
        /// <inheritdoc/>
        public override EffectStage Stage => EffectStage.Act;
    }

    /// <summary>Read entries from the database; answer with <see cref="PeerInput.Fetched"/>.</summary>
    /// <param name="Fetch">Which.</param>
    public sealed record FetchEntries(StreamFetch Fetch) : PeerEffect
    {
        /// <inheritdoc/>
        public override EffectStage Stage => EffectStage.Act;
    }

    /// <summary>Write a line about this node itself to the log.</summary>
    /// <param name="Level">How much it matters.</param>
    /// <param name="Text">The line.</param>
    public sealed record Notify(NoticeLevel Level, string Text) : PeerEffect
    {
        /// <inheritdoc/>
        public override EffectStage Stage => EffectStage.Act;
    }

    /// <summary>Something that the shells of two nodes have between them: configurations or files that travel, tests of checks.</summary>
    /// <param name="Effect">A <see cref="ClusterEffect.Behind"/>, <see cref="ClusterEffect.Content"/>,
    /// <see cref="ClusterEffect.ReadContent"/>, or one of those about files or tests.</param>
    public sealed record Exchange(ClusterEffect Effect) : PeerEffect
    {
        /// <inheritdoc/>
        public override EffectStage Stage => EffectStage.Act;
    }

    /// <summary>The peer works by another configuration: the ids of what stands after this are those of the other one.</summary>
    /// <param name="Configuration">The one in force now.</param>
    public sealed record Follow(PeerConfiguration Configuration) : PeerEffect
    {
        /// <inheritdoc/>
        public override EffectStage Stage => EffectStage.Act;
    }

    /// <summary>Tell whoever waits for an input that it is done. What an operator asked for is in the database then, unless the
    /// database fails, which is said elsewhere.</summary>
    /// <param name="Token">Of the input.</param>
    /// <param name="Failure">Of a command: why it is not carried out; null when it is, and of any other input.</param>
    public sealed record Answer(AnswerToken Token, string? Failure) : PeerEffect
    {
        /// <inheritdoc/>
        public override EffectStage Stage => EffectStage.Answer;
    }
}
