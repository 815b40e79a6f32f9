using System.Buffers.Binary;

namespace Compeer.Daemon.Links;

/// <summary>
/// Cuts what comes in on a link into its frames, however the reads tear it: many frames of one read, or one of many. A frame
/// is a copy of its own, so that whoever keeps a part of one keeps no buffer. Used by one thread at a time.
/// </summary>
internal sealed class FrameCutter
{
    private readonly byte[] _buffer = new byte[LinkOptions.BatchBytes];
    private int _start;
    private int _end;
    private byte[]? _large;
    private int _largeLength;

    /// <summary>Where the next read puts its bytes; never empty after <see cref="TryCut"/> gave false.</summary>
    public Memory<byte> Room => _large is null ? _buffer.AsMemory(_end) : _large.AsMemory(_largeLength);

    /// <summary>Why nothing more can be cut: what is wrong with the next frame; null as long as all is well.</summary>
    public string? Problem { get; private set; }

    /// <summary>A read put so many bytes into <see cref="Room"/>.</summary>
    public void Added(int bytes)
    {
        if (_large is null)
        {
            _end += bytes;
        }
        else
        {
            _largeLength += bytes;
        }
    }

    /// <summary>The next whole frame; false when there is none, for the time being or because of <see cref="Problem"/>.</summary>
    public bool TryCut(out ReadOnlyMemory<byte> frame)
    {
        frame = default;
        if (_large is { } large)
        {
            if (_largeLength < large.Length)
            {
                return false;
            }

            _large = null;
            frame = large;
            return true;
        }

        var waiting = _buffer.AsSpan(_start.._end);
        if (waiting.Length < FrameBatch.PrefixBytes)
        {
            MoveToFront(waiting);
            return false;
        }

        var length = BinaryPrimitives.ReadUInt32BigEndian(waiting);
        if (length is 0 or > LinkOptions.MaxFrameBytes)
        {
            Problem = $"a frame of {length} bytes announced, 1 to {LinkOptions.MaxFrameBytes} are allowed";
            return false;
        }

        var arrived = waiting[FrameBatch.PrefixBytes..];
        if (arrived.Length >= length)
        {
            frame = arrived[..(int)length].ToArray();
            _start += FrameBatch.PrefixBytes + (int)length;
            return true;
        }

        if (FrameBatch.PrefixBytes + length > _buffer.Length)
        {
            // The rest is read to where it stays.
            _large = new byte[length];
            _largeLength = arrived.Length;
            arrived.CopyTo(_large);
            (_start, _end) = (0, 0);
            return false;
        }

        MoveToFront(waiting);
        return false;
    }

    private void MoveToFront(Span<byte> waiting)
    {
        waiting.CopyTo(_buffer);
        (_start, _end) = (0, waiting.Length);
    }
}
