using Compeer.Cluster.Model;

namespace Compeer.Cluster.Replication;

/// <summary>
/// Keeps streams in memory, to pass them on: the newest entries, within bounds of each stream and of all. What a node has
/// that no database backs.
/// </summary>
/// <param name="maxEntries">Entries of one stream.</param>
/// <param name="maxBytes">Bytes of one stream.</param>
/// <param name="maxTotalBytes">Bytes of all streams; the largest gives way.</param>
internal sealed class StreamMemory(int maxEntries = 50_000, long maxBytes = 8 << 20, long maxTotalBytes = 64 << 20) : IStreamStore
{
    private readonly Dictionary<StreamId, Kept> _streams = [];
    private long _bytes;

    public bool IsAhead => true;

    public IReadOnlyList<StreamExtent> Load() => [];

    public bool Append(StreamId stream, StreamEntry entry, bool isReceived)
    {
        if (!_streams.TryGetValue(stream, out var kept))
        {
            _streams.Add(stream, kept = new Kept());
        }

        if (entry.Number <= kept.Floor)
        {
            return false;
        }

        // Copies, so that no frame is kept for the sake of an entry.
        kept.Insert(entry with { Payload = entry.Payload.ToArray(), Rest = entry.Rest.ToArray() });
        _bytes += entry.Size;
        while (kept.Count > maxEntries || kept.Bytes > maxBytes)
        {
            _bytes -= kept.LetGo();
        }

        while (_bytes > maxTotalBytes)
        {
            _bytes -= _streams.Values.MaxBy(one => one.Bytes)!.LetGo();
        }

        return entry.Number > kept.Floor;
    }

    public long FloorOf(StreamId stream) => _streams.GetValueOrDefault(stream)?.Floor ?? 0;

    public StreamRead Read(StreamId stream, long from, int bytes) => new(_streams.GetValueOrDefault(stream)?.Read(from, bytes) ?? []);

    public void Remove(StreamId stream, WriteRange numbers) => _bytes -= _streams.GetValueOrDefault(stream)?.Remove(numbers) ?? 0;

    /// <summary>The entries of one stream, ascending; the first of the list are gone already.</summary>
    private sealed class Kept
    {
        private const int Slack = 256;

        private readonly List<StreamEntry> _entries = [];
        private int _start;

        public long Floor { get; private set; }

        public long Bytes { get; private set; }

        public int Count => _entries.Count - _start;

        public void Insert(StreamEntry entry)
        {
            _entries.Insert(IndexOf(entry.Number), entry);
            Bytes += entry.Size;
        }

        public int LetGo()
        {
            var gone = _entries[_start];
            _entries[_start++] = default;
            (Floor, Bytes) = (gone.Number, Bytes - gone.Size);
            if (_start >= Slack && _start > _entries.Count / 2)
            {
                _entries.RemoveRange(0, _start);
                _start = 0;
            }

            return gone.Size;
        }

        public List<StreamEntry> Read(long from, int bytes)
        {
            var read = new List<StreamEntry>();
            for (var index = IndexOf(from); index < _entries.Count && bytes > 0; index++)
            {
                read.Add(_entries[index]);
                bytes -= _entries[index].Size;
            }

            return read;
        }

        public int Remove(WriteRange numbers)
        {
            var (first, end) = (IndexOf(numbers.From), IndexOf(numbers.To + 1));
            var bytes = _entries[first..end].Sum(entry => entry.Size);
            _entries.RemoveRange(first, end - first);
            Bytes -= bytes;
            return bytes;
        }

        /// <summary>The first entry with a number or above; most often behind the last.</summary>
        private int IndexOf(long number)
        {
            var (low, high) = (_start, _entries.Count);
            if (low < high && _entries[high - 1].Number < number)
            {
                return high;
            }

            while (low < high)
            {
                var middle = (low + high) / 2;
                (low, high) = _entries[middle].Number < number ? (middle + 1, high) : (low, middle);
            }

            return low;
        }
    }
}
