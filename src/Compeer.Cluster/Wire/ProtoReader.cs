using System.Buffers.Binary;

namespace Compeer.Cluster.Wire;

/// <summary>Reads the fields of one protobuf message, one after the other, without an object for each.</summary>
internal ref struct ProtoReader(ReadOnlyMemory<byte> message)
{
    private readonly ReadOnlyMemory<byte> _message = message;
    private readonly ReadOnlySpan<byte> _span = message.Span;
    private int _position;
    private int _start;

    /// <summary>The number of the field that was read.</summary>
    public int Field { get; private set; }

    /// <summary>Its value, when it is a number.</summary>
    public ulong Number { get; private set; }

    /// <summary>Its value, when it is bytes or a message.</summary>
    public ReadOnlyMemory<byte> Bytes { get; private set; }

    /// <summary>Tag and value as they came.</summary>
    public readonly ReadOnlySpan<byte> Raw => _span[_start.._position];

    /// <summary>Reads the next field; false at the end.</summary>
    /// <exception cref="FrameException">These bytes are no message.</exception>
    public bool Next()
    {
        _start = _position;
        if (_position == _span.Length)
        {
            return false;
        }

        var tag = Varint();
        Field = (int)Math.Min(tag >> 3, int.MaxValue);
        (Number, Bytes) = (0, default);
        switch (tag & 7)
        {
            case 0:
                Number = Varint();
                break;
            case 1:
                Number = BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong)).Span);
                break;
            case 2:
                Bytes = Take(Varint());
                break;
            case 5:
                Number = BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)).Span);
                break;
            default:
                throw Broken();
        }

        return Field > 0 ? true : throw Broken();
    }

    /// <summary>Reads one of packed numbers, which have no tags; false at the end.</summary>
    /// <exception cref="FrameException">These bytes are no numbers.</exception>
    public bool NextVarint()
    {
        if (_position == _span.Length)
        {
            return false;
        }

        Number = Varint();
        return true;
    }

    private static FrameException Broken() => new("bytes that are not a frame");

    private ReadOnlyMemory<byte> Take(ulong length)
    {
        if (length > (ulong)(_span.Length - _position))
        {
            throw Broken();
        }

        var taken = _message.Slice(_position, (int)length);
        _position += (int)length;
        return taken;
    }

    private ulong Varint()
    {
        var value = 0UL;
        for (var shift = 0; shift < 70; shift += 7)
        {
            if (_position == _span.Length)
            {
                throw Broken();
            }

            var part = _span[_position++];
            value |= shift < 64 ? (ulong)(part & 0x7F) << shift : 0;
            if (part < 0x80)
            {
                return value;
            }
        }

        throw Broken();
    }
}
