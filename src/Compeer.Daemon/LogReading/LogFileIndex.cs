using System.Buffers;
using Compeer.Livestatus.Log;
using Microsoft.Win32.SafeHandles;

namespace Compeer.Daemon.LogReading;

/// <summary>
/// What is known of one log file: where its times are, and how many lines its pieces have, as far as somebody needed it. A file is cut
/// into pieces of <see cref="BlockBytes"/>; a line belongs to the piece that it begins in. Any number of threads.
/// </summary>
internal sealed class LogFileIndex
{
    /// <summary>Bytes of a piece.</summary>
    public const int BlockBytes = 64 * 1024;

    /// <summary>Bytes after a piece that are read at first, for the end of its last line.</summary>
    private const int BytesBehind = 1024;

    private readonly Lock _lock = new();
    private readonly Dictionary<long, long> _times = [];
    private readonly List<long> _linesUpTo = [0];
    private readonly LogFilePlace _place;
    private readonly LogReadings _readings;
    private (long Length, long Time)? _last;

    /// <summary>Of a file that begins at a time.</summary>
    public LogFileIndex(LogFilePlace place, long firstTime, LogReadings readings)
    {
        _place = place;
        FirstTime = firstTime;
        _readings = readings;
    }

    /// <summary>The time of its first line, in seconds since 1970.</summary>
    public long FirstTime { get; }

    /// <summary>The time of its last line, when it has so many bytes.</summary>
    public long LastTime(SafeFileHandle file, long length)
    {
        lock (_lock)
        {
            if (_last is { } known && known.Length == length)
            {
                return known.Time;
            }
        }

        var time = FirstTime;
        for (var block = BlocksIn(length) - 1; block >= 0; block--)
        {
            if (ReadBlock(file, block, length).Lines is { IsEmpty: false } lines)
            {
                time = lines[^1].Time;
                break;
            }
        }

        lock (_lock)
        {
            _last = (length, time);
        }

        return time;
    }

    /// <summary>How many pieces a file of so many bytes has.</summary>
    public static long BlocksIn(long length) => (length + BlockBytes - 1) / BlockBytes;

    /// <summary>The last piece that begins at or before a time: what is behind it is later, as long as times only grow.</summary>
    public long LastBlockFrom(SafeFileHandle file, long time, long length)
    {
        var low = 0L;
        var high = BlocksIn(length) - 1;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (TimeAt(file, middle, length) <= time)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        return low;
    }

    /// <summary>The time of the first line of the log in a piece, or behind it; the greatest there is when there is none.</summary>
    public long TimeAt(SafeFileHandle file, long block, long length)
    {
        lock (_lock)
        {
            if (_times.TryGetValue(block, out var known))
            {
                return known;
            }
        }

        for (var at = block; at < BlocksIn(length); at++)
        {
            if (ReadBlock(file, at, length).Lines is { IsEmpty: false } lines)
            {
                lock (_lock)
                {
                    _times[block] = lines[0].Time;
                }

                return lines[0].Time;
            }
        }

        return long.MaxValue;
    }

    /// <summary>A piece, its lines taken apart.</summary>
    /// <param name="file">The file.</param>
    /// <param name="block">Which, from 0 on.</param>
    /// <param name="length">How many bytes of the file there are.</param>
    public LogBlock ReadBlock(SafeFileHandle file, long block, long length)
    {
        if (_readings.Find(this, block) is { } kept)
        {
            return kept;
        }

        // From the byte before: only when that ends a line does the piece begin with one.
        var start = block * BlockBytes;
        var from = Math.Max(0, start - 1);
        var end = Math.Min(start + BlockBytes, length);
        var buffer = ArrayPool<byte>.Shared.Rent((int)(end - from) + LogBlockText.Longest + 1);
        try
        {
            var count = Fill(file, buffer.AsSpan(0, (int)(Math.Min(end + BytesBehind, length) - from)), from);
            var isLastLineWhole = LogBlockText.EndsIn(buffer.AsSpan(0, count), (int)(end - from));
            if (!isLastLineWhole && from + count < length)
            {
                var more = (int)Math.Min(length - from - count, LogBlockText.Longest - BytesBehind);
                count += Fill(file, buffer.AsSpan(count, more), from + count);
            }

            var text = LogBlockText.Of(buffer.AsSpan(0, count), (int)(start - from), (int)(end - from));
            var read = LogBlock.Read(text.Bytes, () => LinesBefore(block) + text.LinesEndedBefore);
            Count(block, buffer.AsSpan(0, count)[(int)Math.Min(start - from, count)..(int)Math.Min(end - from, count)]);
            if (start + BlockBytes < length && isLastLineWhole)
            {
                _readings.Keep(this, block, read);
            }

            return read;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>How many lines end before a piece; what was not read yet is read for it.</summary>
    private long LinesBefore(long block)
    {
        lock (_lock)
        {
            if (block < _linesUpTo.Count)
            {
                return _linesUpTo[(int)block];
            }
        }

        using var file = _place.Open();
        var buffer = ArrayPool<byte>.Shared.Rent(BlockBytes);
        try
        {
            while (true)
            {
                long next;
                lock (_lock)
                {
                    next = _linesUpTo.Count - 1;
                    if (next >= block)
                    {
                        return _linesUpTo[(int)block];
                    }
                }

                // A file that is gone has no numbers any more.
                var count = file is null ? 0 : Fill(file, buffer.AsSpan(0, BlockBytes), next * BlockBytes);
                if (count < BlockBytes)
                {
                    return 0;
                }

                Count(next, buffer.AsSpan(0, count));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Takes down how many lines end in a whole piece, when those before it are counted.</summary>
    private void Count(long block, ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            if (bytes.Length == BlockBytes && block == _linesUpTo.Count - 1)
            {
                _linesUpTo.Add(_linesUpTo[^1] + bytes.Count((byte)'\n'));
            }
        }
    }

    /// <summary>Reads until there is no more room, or no more file: then it was cut short meanwhile.</summary>
    private int Fill(SafeFileHandle file, Span<byte> bytes, long from)
    {
        var count = 0;
        while (count < bytes.Length && RandomAccess.Read(file, bytes[count..], from + count) is > 0 and var read)
        {
            count += read;
        }

        _readings.AddBytes(count);
        return count;
    }
}
