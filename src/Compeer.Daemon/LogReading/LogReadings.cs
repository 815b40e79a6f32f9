using Compeer.Livestatus.Log;

namespace Compeer.Daemon.LogReading;

/// <summary>The pieces that were read last, as long as there is room for them, and how much was read. Any thread.</summary>
/// <param name="mostCost">How many bytes may be kept, roughly.</param>
internal sealed class LogReadings(long mostCost)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(LogFileIndex File, long Block), LinkedListNode<Kept>> _kept = [];
    private readonly LinkedList<Kept> _byUse = new();
    private long _cost;
    private long _lines;
    private long _bytesRead;

    /// <summary>Bytes read from files since the start.</summary>
    public long BytesRead => Interlocked.Read(ref _bytesRead);

    /// <summary>Lines that are kept.</summary>
    public long Lines => Interlocked.Read(ref _lines);

    /// <summary>What is kept takes so many bytes, roughly.</summary>
    public long Cost => Interlocked.Read(ref _cost);

    /// <summary>Counts what was read.</summary>
    public void AddBytes(long count) => Interlocked.Add(ref _bytesRead, count);

    /// <summary>A piece; null when it is not kept.</summary>
    public LogBlock? Find(LogFileIndex file, long block)
    {
        lock (_lock)
        {
            if (!_kept.TryGetValue((file, block), out var node))
            {
                return null;
            }

            _byUse.Remove(node);
            _byUse.AddFirst(node);
            return node.Value.Content;
        }
    }

    /// <summary>Keeps a piece; those that nobody has used for longest make room.</summary>
    public void Keep(LogFileIndex file, long block, LogBlock content)
    {
        lock (_lock)
        {
            if (content.Cost > mostCost || _kept.ContainsKey((file, block)))
            {
                return;
            }

            _kept.Add((file, block), _byUse.AddFirst(new Kept(file, block, content)));
            Add(content, sign: 1);
            while (_cost > mostCost && _byUse.Last is { } oldest)
            {
                _byUse.RemoveLast();
                _kept.Remove((oldest.Value.File, oldest.Value.Block));
                Add(oldest.Value.Content, sign: -1);
            }
        }
    }

    private void Add(LogBlock content, int sign)
    {
        Interlocked.Add(ref _cost, sign * content.Cost);
        Interlocked.Add(ref _lines, sign * content.Lines.Length);
    }

    private readonly record struct Kept(LogFileIndex File, long Block, LogBlock Content);
}
