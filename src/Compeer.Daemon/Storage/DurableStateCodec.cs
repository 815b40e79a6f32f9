using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Compeer.Cluster.Model;

namespace Compeer.Daemon.Storage;

/// <summary>
/// The file of what a node must not forget, in bytes: magic and version (8), length of the body (4), SHA-256 of the body
/// (32), body. The body: reserved sequence, clock mark, highest epoch, configuration number, highest configuration number (8
/// each), configuration origin (16), length of the configuration hash (2) and the hash, and whatever a later version adds.
/// All numbers big-endian.
/// </summary>
internal static class DurableStateCodec
{
    /// <summary>The largest file that is read, bytes.</summary>
    public const int MaxBytes = 1 << 20;

    private const int HeaderBytes = 44;
    private const int FixedBytes = 58;
    private const int MaxHashBytes = 512;

    /// <summary>"COMPEER" and the version.</summary>
    private const ulong Magic = 0x434F_4D50_4545_5201;

    /// <summary>The bytes of a state.</summary>
    public static byte[] Encode(DurableState state)
    {
        var hash = Encoding.UTF8.GetBytes(state.ConfigurationHash);
        var bytes = new byte[HeaderBytes + FixedBytes + hash.Length + state.Rest.Length];
        var body = bytes.AsSpan(HeaderBytes);
        BinaryPrimitives.WriteInt64BigEndian(body, state.ReservedSequence);
        BinaryPrimitives.WriteUInt64BigEndian(body[8..], state.ClockMark);
        BinaryPrimitives.WriteInt64BigEndian(body[16..], state.HighestEpoch);
        BinaryPrimitives.WriteInt64BigEndian(body[24..], state.ConfigurationNumber);
        BinaryPrimitives.WriteInt64BigEndian(body[32..], state.HighestConfigurationNumber);
        BinaryPrimitives.WriteUInt128BigEndian(body[40..], state.ConfigurationOrigin.Value);
        BinaryPrimitives.WriteUInt16BigEndian(body[56..], (ushort)hash.Length);
        hash.CopyTo(body[FixedBytes..]);
        state.Rest.Span.CopyTo(body[(FixedBytes + hash.Length)..]);
        BinaryPrimitives.WriteUInt64BigEndian(bytes, Magic);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(8), body.Length);
        SHA256.HashData(body, bytes.AsSpan(12));
        return bytes;
    }

    /// <summary>The state of these bytes; null, with the reason, when they are not one whole file of this version.</summary>
    public static DurableState? Decode(ReadOnlySpan<byte> bytes, out string problem)
    {
        problem = bytes.Length < HeaderBytes + FixedBytes ? $"it has {bytes.Length} bytes"
            : BinaryPrimitives.ReadUInt64BigEndian(bytes) != Magic ? "it is not such a file, or one of another version"
            : BinaryPrimitives.ReadInt32BigEndian(bytes[8..]) != bytes.Length - HeaderBytes ? "it has lost its end"
            : !SHA256.HashData(bytes[HeaderBytes..]).AsSpan().SequenceEqual(bytes[12..HeaderBytes]) ? "its checksum is wrong"
            : "";
        if (problem.Length > 0)
        {
            return null;
        }

        var body = bytes[HeaderBytes..];
        var hashBytes = BinaryPrimitives.ReadUInt16BigEndian(body[56..]);
        var sequence = BinaryPrimitives.ReadInt64BigEndian(body);
        if (hashBytes > MaxHashBytes || hashBytes > body.Length - FixedBytes || sequence is < 0 or > long.MaxValue / 4)
        {
            problem = "its numbers are out of range";
            return null;
        }

        return new DurableState
        {
            ReservedSequence = sequence,
            ClockMark = BinaryPrimitives.ReadUInt64BigEndian(body[8..]),
            HighestEpoch = BinaryPrimitives.ReadInt64BigEndian(body[16..]),
            ConfigurationNumber = BinaryPrimitives.ReadInt64BigEndian(body[24..]),
            HighestConfigurationNumber = BinaryPrimitives.ReadInt64BigEndian(body[32..]),
            ConfigurationOrigin = new NodeId(BinaryPrimitives.ReadUInt128BigEndian(body[40..])),
            ConfigurationHash = Encoding.UTF8.GetString(body.Slice(FixedBytes, hashBytes)),
            Rest = body[(FixedBytes + hashBytes)..].ToArray(),
        };
    }
}
