using System.Collections.Immutable;
using Compeer.Cluster.Model;

namespace Compeer.Cluster.Replication;

/// <summary>
/// Streams that are kept in a database, which is written behind: new entries are in memory until they are there, and a while longer,
/// since the others want them at once. What is older is fetched when somebody wants it. Entries are written only when whoever tells
/// people of them says that it has: what the database has was told.
/// </summary>
/// <param name="maxBytes">What is kept in memory of entries that the database has.</param>
/// <param name="maxUnstored">What may wait for a database that does not work, bytes; the oldest gives way.</param>
internal sealed class StreamJournal(long maxBytes = 4 << 20, long maxUnstored = 64 << 20) : IStreamStore
{
    /// <summary>Entries written at once.</summary>
    public const int MostEntries = 4_096;

    private readonly Dictionary<StreamId, JournaledStream> _streams = [];
    private readonly Queue<Pending> _pending = [];
    private readonly List<(StreamId Stream, WriteRange Numbers)> _gone = [];
    private readonly HashSet<StreamId> _changed = [];
    private readonly FetchedEntries _fetched = new();
    private readonly List<(StreamId Stream, long Number)> _underWay = [];
    private long _bytes;
    private DateTimeOffset? _since;
    private LogPosition? _told;
    private long _toldMark;
    private bool _isToldChanged;
    private bool _isSinceTaken;

    /// <inheritdoc/>
    public bool IsAhead => true;

    /// <summary>Called when there is something for <see cref="TakeUnstored"/>.</summary>
    public Action Changed { get; set; } = () => { };

    /// <summary>Rises with each entry that is kept.</summary>
    public long Arrived { get; private set; }

    /// <summary>Whether there is something for <see cref="TakeUnstored"/>.</summary>
    public bool IsOpen => _gone.Count + _changed.Count > 0 || IsNextTold;

    /// <summary>Entries that are not in the database yet.</summary>
    public int Unstored => _pending.Count + _underWay.Count;

    /// <summary>Entries that were let go before they were in the database: it did not work for too long.</summary>
    public long Lost { get; private set; }

    /// <summary>Entries that are kept, in memory or in the database.</summary>
    public long Count => _streams.Values.Sum(stream => stream.Count);

    /// <inheritdoc/>
    public IReadOnlyList<StreamExtent> Load() => [];

    /// <summary>What the database has, at the start or later.</summary>
    public void Load(StoredStreams stored)
    {
        foreach (var extent in stored.Extents)
        {
            Of(extent.Stream).Load(extent);
        }

        _since = _since is { } since && since < stored.Since ? since : stored.Since;
        _told ??= stored.Told;
        _isSinceTaken = true;
    }

    /// <summary>When this node began to keep entries; <paramref name="now"/> when that is now.</summary>
    public DateTimeOffset Since(DateTimeOffset now) => _since ??= now;

    /// <inheritdoc/>
    public bool Append(StreamId stream, StreamEntry entry, bool isReceived)
    {
        var row = Of(stream);
        if (entry.Number <= row.Floor)
        {
            return false;
        }

        // Copies, so that no frame is kept for the sake of an entry.
        row.Insert(entry with { Payload = entry.Payload.ToArray(), Rest = entry.Rest.ToArray() });
        _bytes += entry.Size;
        _pending.Enqueue(new Pending(stream, entry.Number, ++Arrived, isReceived));
        Shrink();
        return entry.Number > row.Floor;
    }

    /// <inheritdoc/>
    public long FloorOf(StreamId stream) => _streams.GetValueOrDefault(stream)?.Floor ?? 0;

    /// <inheritdoc/>
    public StreamRead Read(StreamId stream, long from, int bytes)
    {
        if (!_streams.TryGetValue(stream, out var row))
        {
            return new StreamRead([]);
        }

        from = Math.Max(from, row.Floor + 1);
        return from >= row.CachedFrom ? new StreamRead(row.Read(from, bytes))
            : _fetched.Read(stream, row, from, bytes) is { } read ? new StreamRead(read) : new StreamRead([], IsPending: true);
    }

    /// <inheritdoc/>
    public void Remove(StreamId stream, WriteRange numbers)
    {
        if (_streams.TryGetValue(stream, out var row))
        {
            _bytes -= row.Remove(numbers);
            _gone.Add((stream, numbers));
            _changed.Add(stream);
            Changed();
        }
    }

    /// <summary>What is to be fetched from the database; null when there is nothing.</summary>
    public StreamFetch? TakeFetch() => _fetched.Take();

    /// <summary>What was to be fetched is here.</summary>
    public void Take(StreamFetch fetch, IReadOnlyList<StreamEntry> entries, bool isEnd) =>
        _fetched.Add(fetch, entries, isEnd, Of(fetch.Stream));

    /// <summary>Whoever tells people of entries has told of all that came up to <paramref name="mark"/>; how far it is then, null when
    /// that is not to be noted down.</summary>
    public void Told(long mark, LogPosition? position)
    {
        _toldMark = Math.Max(_toldMark, mark);
        (_told, _isToldChanged) = position is null ? (_told, _isToldChanged) : (position, true);
        if (IsNextTold)
        {
            Changed();
        }
    }

    private bool IsNextTold => _pending.TryPeek(out var first) && first.Mark <= _toldMark;

    /// <summary>What is to be written now; null for nothing. It is asked for again only after <see cref="Confirm"/>, or when nothing
    /// follows.</summary>
    /// <param name="now">The time by the wall clock.</param>
    /// <param name="most">Entries at once.</param>
    /// <param name="withOwn">Whether what is this node's own goes with it, told of or not: nothing follows, or somebody is told now that
    /// it cannot be lost, and nobody else may have it.</param>
    public UnstoredStreams? TakeUnstored(DateTimeOffset now, int most, bool withOwn = false)
    {
        var entries = new List<(StreamId, StreamEntry)>();
        var isFurther = IsNextTold;
        while (entries.Count < most && IsNextTold)
        {
            Take(_pending.Dequeue(), entries);
        }

        foreach (var own in withOwn ? _pending.Where(pending => !pending.IsReceived) : [])
        {
            Take(own, entries);
        }

        // Since when entries are told of must outlive the first crash. Of those that went ahead, that they are told of is news.
        if (!isFurther && entries.Count == 0 && _gone.Count == 0 && _changed.Count == 0 && _isSinceTaken)
        {
            return null;
        }

        // While some that were told of are left for the next time, the place is still that of the last time.
        var isAll = !IsNextTold;
        var gone = _gone.ToImmutableArray();
        var extents = _changed.Select(stream => _streams[stream].Stored(stream)).ToImmutableArray();
        _gone.Clear();
        _changed.Clear();
        var told = isAll && _isToldChanged ? _told : null;
        _isToldChanged &= !isAll;
        _isSinceTaken = true;
        return new UnstoredStreams(now, gone, entries, extents, Since(now), told);
    }

    /// <summary>What was taken is in the database.</summary>
    public void Confirm()
    {
        foreach ((var stream, var number) in _underWay)
        {
            _streams[stream].Written(number);
        }

        _underWay.Clear();
        Shrink();
    }

    /// <summary>The database let go the oldest.</summary>
    public void LetGo(IReadOnlyList<(StreamId Stream, long Floor)> floors)
    {
        foreach ((var stream, var floor) in floors)
        {
            _bytes -= Of(stream).Raise(floor);
        }
    }

    /// <summary>The database is another one, and empty: what only the former had is gone.</summary>
    public void StoreAnew()
    {
        _isSinceTaken = false;
        _underWay.Clear();
        var waiting = _pending.Where(pending => pending.Mark > _toldMark).ToArray();
        _pending.Clear();
        var isWaiting = waiting.Select(pending => (pending.Stream, pending.Number)).ToHashSet();
        foreach ((var stream, var row) in _streams)
        {
            _bytes -= row.LoseStored();
            _changed.Add(stream);
            foreach (var number in row.Numbers.Where(number => !isWaiting.Contains((stream, number))))
            {
                _pending.Enqueue(new Pending(stream, number, Mark: 0, IsReceived: true));
            }
        }

        Array.ForEach(waiting, _pending.Enqueue);
        Changed();
    }

    private void Take(Pending pending, List<(StreamId Stream, StreamEntry Entry)> entries)
    {
        // One that is not there any more was let go, or removed.
        if (_streams[pending.Stream].Take(pending.Number) is { } entry)
        {
            entries.Add((pending.Stream, entry));
            _underWay.Add((pending.Stream, pending.Number));
            _changed.Add(pending.Stream);
        }
    }

    private void Shrink()
    {
        while (_bytes > maxBytes)
        {
            var gone = 0;
            foreach (var row in _streams.Values.OrderByDescending(row => row.Bytes))
            {
                gone = row.Evict();
                if (gone > 0)
                {
                    break;
                }
            }

            if (gone == 0 && _bytes <= maxUnstored)
            {
                return;
            }

            if (gone == 0)
            {
                gone = _streams.Values.MaxBy(row => row.Bytes)!.LetGo();
                Lost++;
            }

            _bytes -= gone;
        }
    }

    private JournaledStream Of(StreamId stream)
    {
        if (!_streams.TryGetValue(stream, out var row))
        {
            _streams.Add(stream, row = new JournaledStream());
        }

        return row;
    }

    /// <summary>An entry that the database has not.</summary>
    private readonly record struct Pending(StreamId Stream, long Number, long Mark, bool IsReceived);
}
