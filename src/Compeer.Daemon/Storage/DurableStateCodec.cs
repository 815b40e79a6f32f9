using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Compeer.Cluster.Model;

namespace Compeer.Daemon.Storage;

/// <summary>
/// The file of what a node must not forget, in bytes: magic and version (8), length of the body (4), SHA-256 of the body
/// (32), body. The body: reserved sequence, clock mark, highest epoch, highest configuration number (8 each); of the
/// configuration: number (8, zero for none), origin (16), history (16), count of its ancestors (1) and each of them (8), length of
/// the hash (2) and the hash; reserved number of an entry (8); count of the neighbours that were there last (1) and each of them (16);
/// and whatever a later version adds. What comes after the hash is missing in files of earlier versions. All numbers big-endian.
/// </summary>
internal static class DurableStateCodec
{
    /// <summary>The largest file that is read, bytes.</summary>
    public const int MaxBytes = 1 << 20;

    private const int HeaderBytes = 44;
    private const int FixedBytes = 72;
    private const int MaxHashBytes = 512;
    private const int EntryBytes = 8;
    private const int NodeBytes = NodeId.Length;

    /// <summary>"COMPEER" and the version.</summary>
    private const ulong Magic = 0x434F_4D50_4545_5202;

    /// <summary>The bytes of a state.</summary>
    public static byte[] Encode(DurableState state)
    {
        var configuration = state.Configuration ?? ConfigurationVersion.Unnumbered("");
        var body = new ArrayBufferWriter<byte>();
        Write(body, (ulong)state.ReservedSequence);
        Write(body, state.ClockMark);
        Write(body, (ulong)state.HighestEpoch);
        Write(body, (ulong)state.HighestConfigurationNumber);
        Write(body, (ulong)configuration.Number);
        Write(body, configuration.Origin);
        Write(body, configuration.History.Upper);
        Write(body, configuration.History.Lower);
        body.Write([(byte)configuration.Ancestors.Length]);
        foreach (var ancestor in configuration.Ancestors)
        {
            Write(body, ancestor);
        }

        var hash = Encoding.UTF8.GetBytes(configuration.Hash);
        body.Write([(byte)(hash.Length >> 8), (byte)hash.Length]);
        body.Write(hash);
        Write(body, (ulong)state.ReservedEntry);
        body.Write([(byte)state.Contemporaries.Length]);
        foreach (var neighbour in state.Contemporaries)
        {
            Write(body, neighbour);
        }

        body.Write(state.Rest.Span);

        var bytes = new byte[HeaderBytes + body.WrittenCount];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, Magic);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(8), body.WrittenCount);
        SHA256.HashData(body.WrittenSpan, bytes.AsSpan(12));
        body.WrittenSpan.CopyTo(bytes.AsSpan(HeaderBytes));
        return bytes;
    }

    /// <summary>The state of these bytes; null, with the reason, when they are not one whole file of this version.</summary>
    public static DurableState? Decode(ReadOnlySpan<byte> bytes, out string problem)
    {
        problem = bytes.Length < HeaderBytes + FixedBytes + 1 ? $"it has {bytes.Length} bytes"
            : BinaryPrimitives.ReadUInt64BigEndian(bytes) != Magic ? "it is not such a file, or one of another version"
            : BinaryPrimitives.ReadInt32BigEndian(bytes[8..]) != bytes.Length - HeaderBytes ? "it has lost its end"
            : !SHA256.HashData(bytes[HeaderBytes..]).AsSpan().SequenceEqual(bytes[12..HeaderBytes]) ? "its checksum is wrong"
            : "";
        if (problem.Length > 0)
        {
            return null;
        }

        var body = bytes[HeaderBytes..];
        var sequence = BinaryPrimitives.ReadInt64BigEndian(body);
        var ancestors = body[FixedBytes];
        var hashAt = FixedBytes + 1 + (ancestors * sizeof(ulong));
        var hashBytes = hashAt + 2 > body.Length ? -1 : BinaryPrimitives.ReadUInt16BigEndian(body[hashAt..]);
        if (sequence is < 0 or > long.MaxValue / 4 || ancestors > ConfigurationVersion.MaxAncestors
            || hashBytes is < 0 or > MaxHashBytes || hashBytes > body.Length - hashAt - 2)
        {
            problem = "its numbers are out of range";
            return null;
        }

        var rest = body[(hashAt + 2 + hashBytes)..];
        var entry = rest.Length >= EntryBytes ? BinaryPrimitives.ReadInt64BigEndian(rest) : 0;
        rest = rest.Length > EntryBytes ? rest[EntryBytes..] : default;
        var contemporaryBytes = rest.IsEmpty ? 0 : rest[0] * NodeBytes;
        rest = rest.IsEmpty ? rest : rest[1..];
        if (entry is < 0 or > long.MaxValue / 4 || contemporaryBytes > rest.Length)
        {
            problem = "its numbers are out of range";
            return null;
        }

        var number = BinaryPrimitives.ReadInt64BigEndian(body[32..]);
        return new DurableState
        {
            ReservedSequence = sequence,
            ReservedEntry = entry,
            ClockMark = BinaryPrimitives.ReadUInt64BigEndian(body[8..]),
            HighestEpoch = BinaryPrimitives.ReadInt64BigEndian(body[16..]),
            HighestConfigurationNumber = BinaryPrimitives.ReadInt64BigEndian(body[24..]),
            Configuration = number == 0 ? null
                : new ConfigurationVersion(number, Encoding.UTF8.GetString(body.Slice(hashAt + 2, hashBytes)))
                {
                    Origin = NodeId.Read(body[40..]),
                    History = new HistoryId(
                        BinaryPrimitives.ReadUInt64BigEndian(body[56..]), BinaryPrimitives.ReadUInt64BigEndian(body[64..])),
                    Ancestors = AncestorsIn(body.Slice(FixedBytes + 1, ancestors * sizeof(ulong))),
                },
            Contemporaries = NodesIn(rest[..contemporaryBytes]),
            Rest = rest[contemporaryBytes..].ToArray(),
        };
    }

    private static ImmutableArray<ulong> AncestorsIn(ReadOnlySpan<byte> bytes)
    {
        var ancestors = ImmutableArray.CreateBuilder<ulong>(bytes.Length / sizeof(ulong));
        for (; !bytes.IsEmpty; bytes = bytes[sizeof(ulong)..])
        {
            ancestors.Add(BinaryPrimitives.ReadUInt64BigEndian(bytes));
        }

        return ancestors.MoveToImmutable();
    }

    private static ImmutableArray<NodeId> NodesIn(ReadOnlySpan<byte> bytes)
    {
        var nodes = new NodeId[bytes.Length / NodeBytes];
        for (var place = 0; place < nodes.Length; place++)
        {
            nodes[place] = NodeId.Read(bytes[(place * NodeBytes)..]);
        }

        return [.. nodes.Order()];
    }

    private static void Write(ArrayBufferWriter<byte> body, NodeId id)
    {
        id.Write(body.GetSpan(NodeId.Length));
        body.Advance(NodeId.Length);
    }

    private static void Write(ArrayBufferWriter<byte> body, ulong value)
    {
        BinaryPrimitives.WriteUInt64BigEndian(body.GetSpan(sizeof(ulong)), value);
        body.Advance(sizeof(ulong));
    }

}
