using System.Buffers.Binary;
using Compeer.Daemon.Nsca.Ciphers;

namespace Compeer.Daemon.Nsca;

/// <summary>
/// A packet with one result, decrypted (NSCA's <c>data_packet</c>, version 3): version 2 bytes, 2 of padding, CRC-32 of the packet with
/// noughts in its place, the server's time, return code 2 bytes, host 64, service 128, output, 2 of padding; numbers have the highest
/// byte first, texts end at a nought.
/// </summary>
/// <param name="At">Seconds since 1970 that the server sent when the connection began.</param>
/// <param name="Code">What the plugin returned.</param>
/// <param name="Host">Name of the host.</param>
/// <param name="Service">Description of the service; empty for a result of the host.</param>
/// <param name="Output">What the plugin wrote.</param>
internal readonly record struct NscaPacket(
    long At, int Code, ReadOnlyMemory<byte> Host, ReadOnlyMemory<byte> Service, ReadOnlyMemory<byte> Output)
{
    /// <summary>Bytes of a packet since 2.9, whose output has 4096.</summary>
    public const int LongBytes = NscaCipher.Longest;

    /// <summary>Bytes of one before that, whose output has 512, and of <c>--legacy-2-7-mode</c>.</summary>
    public const int ShortBytes = 720;

    private const int Version = 3;
    private const int ChecksumPlace = 4;
    private const int TimePlace = 8;
    private const int CodePlace = 12;
    private const int HostPlace = 14;
    private const int HostBytes = 64;
    private const int ServicePlace = HostPlace + HostBytes;
    private const int ServiceBytes = 128;
    private const int OutputPlace = ServicePlace + ServiceBytes;
    private const int PaddingBytes = 2;

    /// <summary>Reads a decrypted packet of either length.</summary>
    /// <param name="plain">Its bytes; the checksum in them is overwritten.</param>
    /// <param name="packet">What it says.</param>
    /// <returns>False when version or checksum are wrong, which a wrong password or method gives as well.</returns>
    public static bool TryRead(Span<byte> plain, out NscaPacket packet)
    {
        packet = default;
        var checksum = plain.Slice(ChecksumPlace, sizeof(uint));
        var given = BinaryPrimitives.ReadUInt32BigEndian(checksum);
        if (BinaryPrimitives.ReadInt16BigEndian(plain) != Version)
        {
            return false;
        }

        checksum.Clear();
        if (Checksum.Of(plain) != given)
        {
            return false;
        }

        packet = new NscaPacket(
            BinaryPrimitives.ReadUInt32BigEndian(plain[TimePlace..]),
            BinaryPrimitives.ReadInt16BigEndian(plain[CodePlace..]),
            Text(plain.Slice(HostPlace, HostBytes)),
            Text(plain.Slice(ServicePlace, ServiceBytes)),
            Text(plain[OutputPlace..^PaddingBytes]));
        return true;
    }

    /// <summary>Up to the nought; the last byte of a field is none of the text's, as NSCA has it.</summary>
    private static byte[] Text(ReadOnlySpan<byte> field)
    {
        var end = field.IndexOf((byte)0);
        return field[..(end < 0 ? field.Length - 1 : end)].ToArray();
    }
}
