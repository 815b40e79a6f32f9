using System.Buffers.Binary;
using System.Threading.Channels;

namespace Compeer.Daemon.Links;

/// <summary>Frames behind one another as they go over a link, in one write: each is its length (4 bytes, big-endian) and its bytes.
/// Used by one thread at a time.</summary>
internal sealed class FrameBatch
{
    /// <summary>Bytes of a frame's length.</summary>
    public const int PrefixBytes = 4;

    private readonly byte[] _usual = new byte[LinkOptions.BatchBytes];
    private byte[] _buffer;
    private int _length;

    public FrameBatch() => _buffer = _usual;

    /// <summary>How many frames are in it.</summary>
    public int Frames { get; private set; }

    /// <summary>What is to be written.</summary>
    public ReadOnlyMemory<byte> Bytes => _buffer.AsMemory(0, _length);

    /// <summary>Takes as many frames in the place of the former ones as there is room for; one that is larger than a batch goes
    /// alone.</summary>
    /// <returns>False when none waits.</returns>
    public bool Fill(ChannelReader<ReadOnlyMemory<byte>> waiting)
    {
        Frames = 0;
        _length = 0;
        _buffer = _usual;
        while (waiting.TryPeek(out var next) && (Frames == 0 || _length + PrefixBytes + next.Length <= _buffer.Length))
        {
            _ = waiting.TryRead(out _);
            Add(next.Span);
        }

        return Frames > 0;
    }

    private void Add(ReadOnlySpan<byte> frame)
    {
        if (PrefixBytes + frame.Length > _buffer.Length)
        {
            // Let go again with the next batch: it is rare, and large.
            _buffer = new byte[PrefixBytes + frame.Length];
        }

        BinaryPrimitives.WriteInt32BigEndian(_buffer.AsSpan(_length), frame.Length);
        frame.CopyTo(_buffer.AsSpan(_length + PrefixBytes));
        _length += PrefixBytes + frame.Length;
        Frames++;
    }
}
