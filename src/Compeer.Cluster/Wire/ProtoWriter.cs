using System.Buffers;
using System.Buffers.Binary;

namespace Compeer.Cluster.Wire;

/// <summary>The few parts of the protobuf encoding that updates need, written without an object for each.</summary>
internal readonly struct ProtoWriter(ArrayBufferWriter<byte> output)
{
    private const int VarintType = 0;
    private const int Fixed64Type = 1;
    private const int BytesType = 2;

    public static int SizeOfVarint(ulong value) => ((System.Numerics.BitOperations.Log2(value | 1) * 9) + 73) / 64;

    /// <summary>What a number takes with a tag of one byte; 0 for 0, which is left out.</summary>
    public static int SizeOf(ulong value) => value == 0 ? 0 : 1 + SizeOfVarint(value);

    /// <summary>What bytes take with a tag of one byte; 0 for none, which are left out.</summary>
    public static int SizeOf(ReadOnlyMemory<byte> bytes) =>
        bytes.IsEmpty ? 0 : 1 + SizeOfVarint((ulong)bytes.Length) + bytes.Length;

    public void Number(int field, ulong value)
    {
        if (value != 0)
        {
            Varint((ulong)((field << 3) | VarintType));
            Varint(value);
        }
    }

    public void Fixed64(int field, ulong value)
    {
        if (value != 0)
        {
            Varint((ulong)((field << 3) | Fixed64Type));
            BinaryPrimitives.WriteUInt64LittleEndian(output.GetSpan(sizeof(ulong)), value);
            output.Advance(sizeof(ulong));
        }
    }

    public void Bytes(int field, ReadOnlySpan<byte> bytes)
    {
        if (!bytes.IsEmpty)
        {
            Begin(field, bytes.Length);
            output.Write(bytes);
        }
    }

    /// <summary>The tag and length of bytes or of a message, which the caller writes next.</summary>
    public void Begin(int field, int length)
    {
        Varint((ulong)((field << 3) | BytesType));
        Varint((ulong)length);
    }

    /// <summary>Fields that are encoded already.</summary>
    public void Raw(ReadOnlySpan<byte> fields) => output.Write(fields);

    /// <summary>A number without a tag.</summary>
    public void Varint(ulong value)
    {
        var span = output.GetSpan(10);
        var length = 0;
        for (; value >= 0x80; value >>= 7)
        {
            span[length++] = (byte)(value | 0x80);
        }

        span[length++] = (byte)value;
        output.Advance(length);
    }
}
