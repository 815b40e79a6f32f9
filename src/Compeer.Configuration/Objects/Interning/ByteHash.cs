using System.Buffers.Binary;
using System.Numerics;

namespace Compeer.Configuration.Objects.Interning;

/// <summary>A quick hash of short byte strings; the same in every run, so that nothing depends on chance.</summary>
internal static class ByteHash
{
    private const ulong Prime1 = 0x9E3779B185EBCA87;
    private const ulong Prime2 = 0xC2B2AE3D27D4EB4F;

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var hash = (ulong)bytes.Length * Prime1;
        while (bytes.Length >= 8)
        {
            hash = Mix(hash, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[8..];
        }

        if (bytes.Length >= 4)
        {
            ulong low = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            ulong high = BinaryPrimitives.ReadUInt32LittleEndian(bytes[^4..]);
            hash = Mix(hash, low | (high << 32));
        }
        else if (bytes.Length > 0)
        {
            var few = bytes[0] | ((ulong)bytes[bytes.Length >> 1] << 8) | ((ulong)bytes[^1] << 16);
            hash = Mix(hash, few);
        }

        return (uint)(hash ^ (hash >> 32));
    }

    public static uint Of(ReadOnlySpan<int> values)
    {
        var hash = (ulong)values.Length * Prime1;
        foreach (var value in values)
        {
            hash = Mix(hash, (uint)value);
        }

        return (uint)(hash ^ (hash >> 32));
    }

    private static ulong Mix(ulong hash, ulong value)
    {
        hash = BitOperations.RotateLeft((hash ^ value) * Prime2, 31) * Prime1;
        return hash ^ (hash >> 29);
    }
}
