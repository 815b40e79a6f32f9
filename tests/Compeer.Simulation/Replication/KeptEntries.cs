using Compeer.Cluster.Model;

namespace Compeer.Simulation.Replication;

/// <summary>A store of streams that outlives its node, like a database: bounded, and now and then with nothing at hand.</summary>
internal sealed class KeptEntries(int maxEntries, Func<bool> isPending) : IStreamStore
{
    private readonly Dictionary<StreamId, SortedDictionary<long, StreamEntry>> _streams = [];
    private readonly Dictionary<StreamId, long> _floors = [];

    public IReadOnlyCollection<StreamId> Streams => _streams.Keys;

    public IReadOnlyDictionary<long, StreamEntry> Of(StreamId stream) =>
        _streams.GetValueOrDefault(stream) ?? new SortedDictionary<long, StreamEntry>();

    public IReadOnlyList<StreamExtent> Load() => [.. _streams.Where(stream => stream.Value.Count > 0).Select(stream =>
        new StreamExtent(stream.Key, Ranges(stream.Value.Keys), FloorOf(stream.Key)))];

    public bool IsAhead => false;

    public bool Append(StreamId stream, StreamEntry entry, bool isReceived)
    {
        var entries = _streams.TryGetValue(stream, out var present) ? present : _streams[stream] = [];
        entries.Add(entry.Number, entry with { Payload = entry.Payload.ToArray(), Rest = entry.Rest.ToArray() });
        while (entries.Count > maxEntries)
        {
            _floors[stream] = entries.First().Key;
            entries.Remove(entries.First().Key);
        }

        return entries.ContainsKey(entry.Number);
    }

    public long FloorOf(StreamId stream) => _floors.GetValueOrDefault(stream);

    public StreamRead Read(StreamId stream, long from, int bytes)
    {
        if (isPending())
        {
            return new StreamRead([], IsPending: true);
        }

        var read = new List<StreamEntry>();
        foreach (var entry in Of(stream).Values.SkipWhile(entry => entry.Number < from).TakeWhile(_ => bytes > 0))
        {
            read.Add(entry);
            bytes -= entry.Size;
        }

        return new StreamRead(read);
    }

    public void Remove(StreamId stream, WriteRange numbers)
    {
        foreach (var number in Of(stream).Keys.Where(number => number >= numbers.From && number <= numbers.To).ToArray())
        {
            _streams[stream].Remove(number);
        }
    }

    /// <summary>As it is now, to be put back later.</summary>
    public KeptEntries Copy()
    {
        var copy = new KeptEntries(maxEntries, isPending);
        foreach (var (stream, entries) in _streams)
        {
            copy._streams[stream] = new SortedDictionary<long, StreamEntry>(entries);
            copy._floors[stream] = FloorOf(stream);
        }

        return copy;
    }

    public static System.Collections.Immutable.ImmutableArray<WriteRange> Ranges(IEnumerable<long> numbers)
    {
        var ranges = new List<WriteRange>();
        foreach (var number in numbers)
        {
            if (ranges.Count > 0 && ranges[^1].To == number - 1)
            {
                ranges[^1] = ranges[^1] with { To = number };
            }
            else
            {
                ranges.Add(new WriteRange(number, number));
            }
        }

        return [.. ranges];
    }
}
