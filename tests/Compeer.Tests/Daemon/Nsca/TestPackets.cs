using System.Buffers.Binary;
using System.Text;
using Compeer.Daemon.Nsca;
using Compeer.Daemon.Nsca.Ciphers;

namespace Compeer.Tests.Daemon.Nsca;

/// <summary>Packets as a client of NSCA makes them.</summary>
internal static class TestPackets
{
    /// <summary>A plain packet; the unused bytes of its fields are no noughts.</summary>
    public static byte[] Plain(long at, int code, string host, string service, string output, bool isShort = false)
    {
        var bytes = new byte[isShort ? NscaPacket.ShortBytes : NscaPacket.LongBytes];
        bytes.AsSpan().Fill((byte)'x');
        BinaryPrimitives.WriteInt16BigEndian(bytes, 3);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4), 0);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(8), (uint)at);
        BinaryPrimitives.WriteInt16BigEndian(bytes.AsSpan(12), (short)code);
        Write(bytes.AsSpan(14, 64), host);
        Write(bytes.AsSpan(78, 128), service);
        Write(bytes.AsSpan(206, bytes.Length - 208), output);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4), Checksum.Of(bytes));
        return bytes;
    }

    /// <summary>Encrypts a packet, and moves the cipher on behind it.</summary>
    public static byte[] Encrypt(NscaCipher cipher, byte[] plain)
    {
        var coded = new byte[plain.Length];
        if (cipher is PlainCipher or XorCipher)
        {
            cipher.Decrypt(plain, coded);
            return coded;
        }

        for (var i = 0; i < plain.Length; i++)
        {
            var mask = new byte[1];
            cipher.Decrypt(mask, mask);
            coded[i] = (byte)(plain[i] ^ mask[0]);
            cipher.Advance(coded.AsSpan(i, 1));
        }

        return coded;
    }

    private static void Write(Span<byte> field, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        bytes.CopyTo(field);
        field[bytes.Length] = 0;
    }
}
