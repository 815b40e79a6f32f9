using System.Collections.Immutable;
using Compeer.Cluster.Model;
using Compeer.Configuration.Retained;
using Compeer.Engine.Events;
using Compeer.Engine.Import;
using Compeer.Engine.Model;

namespace Compeer.Peer;

/// <summary>
/// Something that reached this peer from outside, for <see cref="PeerRound"/> to take in. Plain data: whoever waits for what
/// becomes of it is known by <see cref="Token"/> only.
/// </summary>
public abstract record PeerInput
{
    private PeerInput()
    {
    }

    /// <summary>Answered, by a <see cref="PeerEffect.Answer"/>, once everything that follows from the input was given out.</summary>
    public AnswerToken Token { get; init; }

    /// <summary>Whether its answer says that what came of it survives the loss of power.</summary>
    public virtual bool IsKept => false;

    /// <summary>Whether whoever gave it relies on the answer and will not give it again: the states of objects that it changed are
    /// written at once, and the answer waits for that, too. Otherwise they are written within a second.</summary>
    public bool IsRelied { get; init; }

    /// <summary>The neighbours of merlin.conf, at the start and whenever they change.</summary>
    /// <param name="Nodes">All of them.</param>
    public sealed record Neighbours(IReadOnlyList<Neighbour> Nodes) : PeerInput
    {
        /// <summary>Host groups whose hosts, with their services, this node may not check; nobody else does.</summary>
        public ImmutableArray<string> BlockedHostGroups { get; init; } = [];
    }

    /// <summary>A link to an authenticated neighbour stands.</summary>
    /// <param name="Link">A number that was not used before.</param>
    /// <param name="Neighbour">Whose key the other end has.</param>
    /// <param name="DialledHere">Whether it comes of a <see cref="PeerEffect.Dial"/>.</param>
    /// <param name="Address">Where the other end is, for people.</param>
    public sealed record LinkOpened(LinkId Link, NodeId Neighbour, bool DialledHere, string Address) : PeerInput;

    /// <summary>A link is gone, by whoever's doing.</summary>
    /// <param name="Link">Which.</param>
    /// <param name="Reason">Why, for the log.</param>
    public sealed record LinkClosed(LinkId Link, string Reason) : PeerInput;

    /// <summary>A <see cref="PeerEffect.Dial"/> came to nothing.</summary>
    /// <param name="Neighbour">Whom it was to reach.</param>
    /// <param name="Reason">Why, for the log.</param>
    public sealed record DialFailed(NodeId Neighbour, string Reason) : PeerInput;

    /// <summary>A whole frame arrived. Its answer means that the link may bring another.</summary>
    /// <param name="Link">Where.</param>
    /// <param name="Bytes">The frame without its length prefix; not changed afterwards.</param>
    public sealed record Frame(LinkId Link, ReadOnlyMemory<byte> Bytes) : PeerInput;

    /// <summary>A check that a <see cref="PeerEffect.StartCheck"/> asked for came back.</summary>
    /// <param name="Id">The object, by the configuration in which the check was started.</param>
    /// <param name="Result">What came of it.</param>
    public sealed record CheckCompleted(CheckableId Id, CheckResult Result) : PeerInput;

    /// <summary>Nothing is known any more of a check that a <see cref="PeerEffect.LookFor"/> asked after.</summary>
    /// <param name="Id">The object, by the configuration in which it was asked.</param>
    /// <param name="Run">The run.</param>
    public sealed record CheckLost(CheckableId Id, RunId Run) : PeerInput;

    /// <summary>A command that a <see cref="PeerEffect.RunCommand"/> asked for ended.</summary>
    /// <param name="Run">What was run.</param>
    /// <param name="Result">How it ended.</param>
    public sealed record CommandEnded(CommandToRun Run, CommandResult Result) : PeerInput;

    /// <summary>Another configuration, to work by from now on. It must start from the one in force.</summary>
    /// <param name="Change">From the one in force to the other.</param>
    public sealed record TakeUp(PeerChange Change) : PeerInput;

    /// <summary>Something about configurations or files that travel, or tests of checks, from whoever sees to them.</summary>
    /// <param name="Input">What.</param>
    public sealed record Exchange(ExchangeInput Input) : PeerInput;

    /// <summary>Somebody gives an external command. Its answer means that another may follow.</summary>
    /// <param name="Line">The command in Naemon's format, one line without its end; not changed afterwards.</param>
    public sealed record Command(ReadOnlyMemory<byte> Line) : PeerInput
    {
        /// <inheritdoc/>
        public override bool IsKept => true;
    }

    /// <summary>The values of a <see cref="PeerEffect.Store"/> are in the database.</summary>
    /// <param name="Mark">Of the values.</param>
    public sealed record Stored(long Mark) : PeerInput
    {
        /// <summary>Up to where the database let go the entries of streams, since there were too many or they were too old.</summary>
        public IReadOnlyList<(StreamId Stream, long Floor)> Floors { get; init; } = [];
    }

    /// <summary>The lines of a <see cref="PeerEffect.MarkLog"/> are in the log.</summary>
    /// <param name="Mark">What it said.</param>
    /// <param name="Position">The end of the log then, behind all of them.</param>
    public sealed record Logged(long Mark, LogPosition Position) : PeerInput;

    /// <summary>Entries were read from the database.</summary>
    /// <param name="Fetch">What was wanted.</param>
    /// <param name="Entries">What there is of it, ascending.</param>
    /// <param name="IsEnd">Whether there is no more.</param>
    public sealed record Fetched(StreamFetch Fetch, IReadOnlyList<StreamEntry> Entries, bool IsEnd) : PeerInput;

    /// <summary>The values of a <see cref="PeerEffect.Store"/> cannot be written for now: nobody is kept waiting for that. Once they
    /// are, <see cref="Stored"/> follows.</summary>
    public sealed record StoreFailed : PeerInput;

    /// <summary>The database was lost, and another is in its place: everything is to be written into it.</summary>
    public sealed record StoreAnew : PeerInput;

    /// <summary>The database, which could not be read at the start, can be read now.</summary>
    /// <param name="Values">What it has.</param>
    public sealed record Load(StoredValues Values) : PeerInput;

    /// <summary>A result of a check that somebody else made was found in a file, or sent. Its answer means that it was taken, or says why
    /// not.</summary>
    /// <param name="Result">What it says.</param>
    public sealed record Spooled(SpooledResult Result) : PeerInput
    {
        /// <inheritdoc/>
        public override bool IsKept => IsRelied;
    }

    /// <summary>Blocks of a <c>retention.dat</c> are to be taken into the cluster. Its answer means that they are.</summary>
    /// <param name="File">The reading that they are of; whose report says what came of them.</param>
    /// <param name="Blocks">The next ones.</param>
    /// <param name="IsLast">Whether there are no more.</param>
    public sealed record Import(RetentionImport File, IReadOnlyList<RetainedBlock> Blocks, bool IsLast) : PeerInput
    {
        /// <inheritdoc/>
        public override bool IsKept => true;
    }

    /// <summary>Somebody wants to see the peer; all that the input is for is its answer, at the end of a round.</summary>
    public sealed record View : PeerInput;

    /// <summary>Leave on purpose: everything owned here is handed over at once.</summary>
    public sealed record Leave : PeerInput;
}
