using Compeer.Cluster.Model;

namespace Compeer.Cluster.Replication;

/// <summary>
/// What this node has of every stream: exactly what its store has. What the store let go, or never got, is not in it, so no
/// statement made from it claims more than can be given.
/// </summary>
internal sealed class StreamTable
{
    /// <summary>Ranges of one stream; with more, the oldest is not spoken of any more.</summary>
    public const int MaxRanges = 64;

    private static readonly IntervalSet Nothing = new();

    private readonly IStreamStore _store;
    private readonly Dictionary<StreamId, Progress> _streams = [];

    public StreamTable(IStreamStore store)
    {
        _store = store;
        Load(store.Load());
    }

    /// <summary>Rises with every change.</summary>
    public long Changes { get; private set; }

    public IReadOnlyCollection<StreamId> Streams => _streams.Keys;

    public bool Has(StreamId stream) => _streams.ContainsKey(stream);

    /// <summary>The numbers of a stream that are here.</summary>
    public IntervalSet NumbersOf(StreamId stream) => Current(stream)?.Numbers ?? Nothing;

    /// <summary>Nothing up to this number is here, or wanted.</summary>
    public long FloorOf(StreamId stream) => Current(stream)?.Floor ?? 0;

    /// <summary>Whether a stream changed after a value of <see cref="Changes"/>.</summary>
    public bool HasChanged(StreamId stream, long since) => Current(stream)?.Changed > since;

    /// <summary>The store has these, from an earlier run.</summary>
    public void Load(IReadOnlyList<StreamExtent> extents)
    {
        foreach (var content in extents)
        {
            var progress = Of(content.Stream);
            foreach (var range in content.Numbers)
            {
                progress.Numbers.Add(range);
            }

            progress.Floor = Math.Max(progress.Floor, content.Floor);
            Touch(progress);
        }
    }

    /// <summary>Keeps an entry. False when it is here, or not wanted any more.</summary>
    public bool Add(StreamId stream, StreamEntry entry, bool isReceived)
    {
        var progress = Of(stream);
        Trim(stream, progress);
        if (entry.Number <= progress.Floor || progress.Numbers.Contains(entry.Number))
        {
            return false;
        }

        var isKept = _store.Append(stream, entry, isReceived);
        if (isKept)
        {
            progress.Numbers.Add(entry.Number);
        }

        Touch(progress);
        Trim(stream, progress);
        while (progress.Numbers.Ranges.Count > MaxRanges)
        {
            Raise(progress, progress.Numbers.Ranges[0].To);
        }

        return isKept;
    }

    /// <summary>Entries that the store turns out not to have.</summary>
    public void Remove(StreamId stream, WriteRange numbers)
    {
        var progress = Of(stream);
        progress.Numbers.Remove(numbers);
        Touch(progress);
    }

    private Progress? Current(StreamId stream)
    {
        if (_streams.TryGetValue(stream, out var progress))
        {
            Trim(stream, progress);
        }

        return progress;
    }

    /// <summary>The store lets go when it wants to.</summary>
    private void Trim(StreamId stream, Progress progress)
    {
        if (_store.FloorOf(stream) is var floor && floor > progress.Floor)
        {
            Raise(progress, floor);
        }
    }

    private void Raise(Progress progress, long floor)
    {
        progress.Numbers.Remove(new WriteRange(1, floor));
        progress.Floor = floor;
        Touch(progress);
    }

    private Progress Of(StreamId stream)
    {
        if (!_streams.TryGetValue(stream, out var progress))
        {
            _streams.Add(stream, progress = new Progress());
        }

        return progress;
    }

    private void Touch(Progress progress) => progress.Changed = ++Changes;

    private sealed class Progress
    {
        public IntervalSet Numbers { get; } = new();

        public long Floor { get; set; }

        public long Changed { get; set; }
    }
}
