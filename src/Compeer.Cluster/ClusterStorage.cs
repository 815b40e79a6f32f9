using System.Collections.Immutable;
using Compeer.Cluster.Model;
using Compeer.Cluster.Replication;

namespace Compeer.Cluster;

/// <summary>
/// What a <see cref="ClusterMachine"/> has for the database of its node: the newest value of every register that the database has not.
/// What the database has is taken with <see cref="Load"/>.
/// </summary>
public sealed class ClusterStorage
{
    private readonly ClusterContext _context;
    private readonly Replicator _replicator;

    internal ClusterStorage(ClusterContext context, Replicator replicator) => (_context, _replicator) = (context, replicator);

    /// <summary>When <see cref="Take"/> has something, on the monotonic clock.</summary>
    public TimeSpan Due => _replicator.Storing.Unstored.Due;

    /// <summary>How long the oldest of what <see cref="Take"/> has not given out has waited; zero when there is nothing.</summary>
    public TimeSpan UnstoredFor(ClusterTime now) => _replicator.Storing.Unstored.OldestSince is { } since && now.Monotonic > since
        ? now.Monotonic - since
        : TimeSpan.Zero;

    /// <summary>Somebody waits until everything that was written up to now, states of objects too, is in the database:
    /// <see cref="Unforgettable"/> is its mark.</summary>
    public void Hurry() => _replicator.Storing.Unstored.Hurry();

    /// <summary>Rises with each value that this node wrote and that must not be lost: see <see cref="StoredUpTo"/>.</summary>
    public long Unforgettable => _replicator.Storing.Unstored.Urgent;

    /// <summary>Everything that <see cref="Unforgettable"/> counted up to this is in the database.</summary>
    public long StoredUpTo => _replicator.Storing.Unstored.Stored;

    /// <summary>
    /// Takes what the database of this node has: before the neighbours are known, or later, when it could not be read before. What this
    /// configuration does not have is kept for the others and for later.
    /// </summary>
    public void Load(ClusterTime now, StoredValues stored, ClusterEffects effects)
    {
        ArgumentNullException.ThrowIfNull(stored);
        _context.Begin(now, effects);
        _replicator.Storing.Take(stored);
    }

    /// <summary>
    /// What is to be written into the database now; answer with <see cref="Confirm"/> when it is there. Null when there is nothing, or
    /// something is being written. To be called when all effects of earlier calls are carried out.
    /// </summary>
    /// <param name="isLast">Whether nothing follows: all of it then, whatever is being written.</param>
    public UnstoredValues? Take(bool isLast) => _replicator.Storing.TakeUnstored(isLast);

    /// <summary>What <see cref="Take"/> gave is in the database.</summary>
    /// <param name="mark">Its mark.</param>
    /// <param name="floors">Up to where it let go the entries of streams, since there were too many.</param>
    public void Confirm(long mark, IReadOnlyList<(StreamId Stream, long Floor)>? floors = null)
    {
        _replicator.Storing.Unstored.Confirm(mark);
        Streams?.LetGo(floors ?? []);
    }

    /// <summary>Rises with each entry of a stream that is kept, this node's own and those of others.</summary>
    public long Arrived => Streams?.Arrived ?? 0;

    /// <summary>Whoever tells people of entries has told of all that <see cref="Arrived"/> counted up to a mark; how far it is then, null
    /// when that is not to be noted down. An entry is written only when it was told of: what the database has was told.</summary>
    public void Told(ClusterTime now, long mark, LogPosition? position, ClusterEffects effects)
    {
        _context.Begin(now, effects);
        Streams?.Told(mark, position);
    }

    /// <summary>What is to be fetched from the database for another node; null when there is nothing. Answer with
    /// <see cref="Fetched"/>.</summary>
    public StreamFetch? TakeFetch() => Streams?.TakeFetch();

    /// <summary>What was to be fetched is here; <see cref="ClusterMachine.StreamsReady"/> is to follow.</summary>
    /// <param name="fetch">What was asked for.</param>
    /// <param name="entries">What there is of it, ascending.</param>
    /// <param name="isEnd">Whether there is no more.</param>
    public void Fetched(StreamFetch fetch, IReadOnlyList<StreamEntry> entries, bool isEnd) => Streams?.Take(fetch, entries, isEnd);

    /// <summary>When this node began to keep streams: what happened before is not told of here. <paramref name="now"/> when that is now,
    /// or nothing is kept.</summary>
    public DateTimeOffset KeepsStreamsSince(DateTimeOffset now) => Streams?.Since(now) ?? now;

    /// <summary>Figures about the streams.</summary>
    public StreamFigures Figures => Streams is { } streams
        ? new StreamFigures(streams.Count, streams.Unstored, streams.Lost)
        : new StreamFigures(_replicator.Streams.Streams.Sum(stream => _replicator.Streams.NumbersOf(stream).Count), 0, 0);

    /// <summary>Answers a <see cref="ClusterEffect.Apply"/> whose bytes this version cannot write again as they came, as when they
    /// have fields of a later version: the others get these bytes then.</summary>
    public void KeepAsCame(RegisterId id, ReadOnlyMemory<byte> payload) => _replicator.KeepAsCame(id, payload);

    /// <summary>To be called before the values are renumbered for <see cref="ClusterMachine.TakeUp"/>, with the same numbers: the values
    /// of objects that the next configuration does not have are remembered for nodes that have them.</summary>
    public void KeepRemoved(ImmutableArray<int> former) => _replicator.KeepRemoved(former.AsSpan());

    /// <summary>Removed elements that are remembered until every configured node has seen that they are.</summary>
    internal int Tombstones => _replicator.Keyed.Tombstones;

    private StreamJournal? Streams => _replicator.Storing.Streams;

    /// <summary>The database was lost and another is in its place: everything is to be written again.</summary>
    public void StoreAnew() => _replicator.Storing.StoreAnew();
}
