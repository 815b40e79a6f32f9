using System.Buffers.Binary;

namespace Compeer.Daemon.Nsca.Ciphers;

/// <summary>
/// SAFER+ (Massey, Khachatrian, Kuregian: Nomination of SAFER+ as candidate algorithm for the Advanced Encryption Standard, 1998) with a
/// key of 256 bits. libmcrypt takes the words of 32 bits of keys and blocks from the last to the first.
/// </summary>
internal sealed class SaferPlus : BlockCipher
{
    private const int KeyBytes = 32;
    private const int Rounds = 16;
    private const int Block = 16;

    /// <summary>45 to the power of each number, modulo 257.</summary>
    private static readonly byte[] Power = Powers();

    /// <summary>The inverse of <see cref="Power"/>.</summary>
    private static readonly byte[] Logarithm = Logarithms();

    /// <summary>Where each byte goes between two layers of sums: the Armenian shuffle.</summary>
    private static readonly byte[] Shuffle = [8, 11, 12, 15, 2, 1, 6, 5, 10, 9, 14, 13, 0, 7, 4, 3];

    private readonly byte[] _keys = new byte[Block * ((2 * Rounds) + 1)];

    /// <summary>One with this key of 32 bytes.</summary>
    public SaferPlus(ReadOnlySpan<byte> key)
    {
        Span<byte> turning = stackalloc byte[KeyBytes + 1];
        TurnWords(key, turning);
        foreach (var part in turning[..KeyBytes])
        {
            turning[KeyBytes] ^= part;
        }

        turning[..Block].CopyTo(_keys);
        for (var i = 1; i <= 2 * Rounds; i++)
        {
            foreach (ref var part in turning)
            {
                part = byte.RotateLeft(part, 3);
            }

            for (var j = 0; j < Block; j++)
            {
                var bias = Power[((17 * (i + 1)) + j + 1) & 0xFF];
                bias = i <= Rounds ? Power[bias] : bias;
                _keys[(Block * i) + j] = (byte)(turning[(i + j) % (KeyBytes + 1)] + bias);
            }
        }
    }

    /// <inheritdoc/>
    public override int BlockBytes => Block;

    /// <inheritdoc/>
    public override void Encrypt(ReadOnlySpan<byte> block, Span<byte> result)
    {
        Span<byte> x = stackalloc byte[Block];
        Span<byte> y = stackalloc byte[Block];
        TurnWords(block, x);
        for (var round = 0; round < Rounds; round++)
        {
            Substitute(x, _keys.AsSpan(2 * Block * round));
            for (var layer = 0; layer < 4; layer++)
            {
                for (var i = 0; i < Block; i += 2)
                {
                    var sum = (byte)(x[i] + x[i + 1]);
                    x[i] += sum;
                    x[i + 1] = sum;
                }

                if (layer < 3)
                {
                    for (var i = 0; i < Block; i++)
                    {
                        y[i] = x[Shuffle[i]];
                    }

                    y.CopyTo(x);
                }
            }
        }

        var last = _keys.AsSpan(2 * Block * Rounds);
        for (var i = 0; i < Block; i++)
        {
            x[i] = IsExclusive(i) ? (byte)(x[i] ^ last[i]) : (byte)(x[i] + last[i]);
        }

        TurnWords(x, result);
    }

    private static void Substitute(Span<byte> x, ReadOnlySpan<byte> keys)
    {
        for (var i = 0; i < Block; i++)
        {
            x[i] = IsExclusive(i)
                ? (byte)(Power[x[i] ^ keys[i]] + keys[Block + i])
                : (byte)(Logarithm[(byte)(x[i] + keys[i])] ^ keys[Block + i]);
        }
    }

    /// <summary>Whether the byte at this place is joined with its first key by exclusive or: 1, 4, 5, 8, 9, 12, 13 and 16.</summary>
    private static bool IsExclusive(int place) => (place & 3) is 0 or 3;

    private static byte[] Powers()
    {
        var powers = new byte[256];
        var value = 1;
        for (var i = 0; i < powers.Length; i++)
        {
            powers[i] = (byte)value;
            value = value * 45 % 257;
        }

        return powers;
    }

    private static byte[] Logarithms()
    {
        var logarithms = new byte[256];
        for (var i = 0; i < logarithms.Length; i++)
        {
            logarithms[Power[i]] = (byte)i;
        }

        return logarithms;
    }

    private static void TurnWords(ReadOnlySpan<byte> from, Span<byte> to)
    {
        var length = from.Length;
        Span<byte> turned = stackalloc byte[length];
        for (var i = 0; i < length; i += 4)
        {
            BinaryPrimitives.WriteUInt32BigEndian(turned[i..], BinaryPrimitives.ReadUInt32BigEndian(from[(length - 4 - i)..]));
        }

        turned.CopyTo(to);
    }
}
