using System.Buffers.Binary;

namespace Compeer.Daemon.Nsca.Ciphers;

/// <summary>
/// LOKI97 (Brown, Pieprzyk: Introducing the new LOKI97 block cipher, 1998) with a key of 256 bits, its words laid out as libmcrypt
/// does: each of 32 bits with its lowest byte first, the first the highest.
/// </summary>
internal sealed class Loki97 : BlockCipher
{
    private const int Rounds = 16;
    private const ulong Delta = 0x9E3779B97F4A7C15;
    private const int Mask1 = 0x1FFF;
    private const int Mask2 = 0x7FF;

    private static readonly byte[] Box1 = Cubes(13, 0x2911);
    private static readonly byte[] Box2 = Cubes(11, 0xAA7);

    private readonly ulong[] _keys = new ulong[3 * Rounds];

    /// <summary>One with this key of 32 bytes.</summary>
    public Loki97(ReadOnlySpan<byte> key)
    {
        var k4 = Read(key);
        var k3 = Read(key[8..]);
        var k2 = Read(key[16..]);
        var k1 = Read(key[24..]);
        for (var i = 0; i < _keys.Length; i++)
        {
            var next = k4 ^ Mix(k1 + k3 + ((ulong)(i + 1) * Delta), k2);
            (k4, k3, k2, k1) = (k3, k2, k1, next);
            _keys[i] = next;
        }
    }

    /// <inheritdoc/>
    public override int BlockBytes => 16;

    /// <inheritdoc/>
    public override void Encrypt(ReadOnlySpan<byte> block, Span<byte> result)
    {
        var left = Read(block);
        var right = Read(block[8..]);
        for (var i = 0; i < _keys.Length; i += 3)
        {
            var sum = right + _keys[i];
            (left, right) = (sum + _keys[i + 2], left ^ Mix(sum, _keys[i + 1]));
        }

        Write(right, result);
        Write(left, result[8..]);
    }

    /// <summary>The function f: keyed exchange of bits, expansion, boxes, permutation, boxes.</summary>
    private static ulong Mix(ulong data, ulong key)
    {
        var low = (uint)data;
        var high = (uint)(data >> 32);
        var chosen = (low ^ high) & (uint)key;
        low ^= chosen;
        high ^= chosen;
        var d = ((ulong)high << 32) | low;
        var spread =
            Spread(Box1[(int)(((d >> 56) | (d << 8)) & Mask1)], 7)
            | Spread(Box2[(int)((d >> 48) & Mask2)], 6)
            | Spread(Box1[(int)((d >> 40) & Mask1)], 5)
            | Spread(Box2[(int)((d >> 32) & Mask2)], 4)
            | Spread(Box2[(int)((d >> 24) & Mask2)], 3)
            | Spread(Box1[(int)((d >> 16) & Mask1)], 2)
            | Spread(Box2[(int)((d >> 8) & Mask2)], 1)
            | Spread(Box1[(int)(d & Mask1)], 0);
        var k = (uint)(key >> 32);
        return Second(spread, 0, Box1, k, 5)
            | Second(spread, 1, Box1, k >> 5, 5)
            | Second(spread, 2, Box2, k >> 10, 3)
            | Second(spread, 3, Box2, k >> 13, 3)
            | Second(spread, 4, Box1, k >> 16, 5)
            | Second(spread, 5, Box1, k >> 21, 5)
            | Second(spread, 6, Box2, k >> 26, 3)
            | Second(spread, 7, Box2, k >> 29, 3);
    }

    /// <summary>The permutation: bit n of a byte goes into byte n, to the same place in each, lower for what came from higher
    /// bytes.</summary>
    private static ulong Spread(byte value, int fromByte)
    {
        var result = 0UL;
        for (var bit = 0; bit < 8; bit++)
        {
            result |= (ulong)((value >> bit) & 1) << ((8 * bit) + 7 - fromByte);
        }

        return result;
    }

    private static ulong Second(ulong data, int place, byte[] box, uint key, int keyBits) =>
        (ulong)box[(int)((data >> (8 * place)) & 0xFF) | ((int)(key & ((1u << keyBits) - 1)) << 8)] << (8 * place);

    /// <summary>The low byte of the cube of each complement in the field of this many bits.</summary>
    private static byte[] Cubes(int bits, int polynomial)
    {
        var box = new byte[1 << bits];
        for (var i = 0; i < box.Length; i++)
        {
            var value = i ^ (box.Length - 1);
            box[i] = (byte)Multiply(Multiply(value, value, bits, polynomial), value, bits, polynomial);
        }

        return box;
    }

    private static int Multiply(int a, int b, int bits, int polynomial)
    {
        var product = 0;
        for (; b > 0; b >>= 1)
        {
            product ^= (b & 1) * a;
            a <<= 1;
            a ^= (a >> bits) * polynomial;
        }

        return product;
    }

    private static ulong Read(ReadOnlySpan<byte> bytes) =>
        ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(bytes) << 32) | BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);

    private static void Write(ulong value, Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)(value >> 32));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[4..], (uint)value);
    }
}
