using System.Buffers;
using System.Runtime.InteropServices;
using Compeer.Cluster.Model;

namespace Compeer.Cluster.Wire;

/// <summary>
/// The frame of entries to bytes and back, by hand, so that what a later version adds to an entry is kept. The schema is that
/// of <c>link.proto</c>, and a test holds it against what is generated from there.
/// </summary>
internal static class EntriesCodec
{
    /// <summary>The field of a frame that holds entries.</summary>
    public const int FrameField = 13;

    private const int OriginBytes = 16;

    /// <summary>The bytes of a frame.</summary>
    public static ReadOnlyMemory<byte> Encode(StreamId stream, IReadOnlyList<StreamEntry> items)
    {
        var size = ProtoWriter.SizeOf((ulong)stream.Kind) + 2 + OriginBytes;
        foreach (var item in items)
        {
            var itemSize = SizeOf(item);
            size += 1 + ProtoWriter.SizeOfVarint((ulong)itemSize) + itemSize;
        }

        var buffer = new ArrayBufferWriter<byte>(size + 8);
        var writer = new ProtoWriter(buffer);
        writer.Begin(FrameField, size);
        writer.Number(1, (ulong)stream.Kind);
        Span<byte> id = stackalloc byte[OriginBytes];
        stream.Origin.Write(id);
        writer.Bytes(2, id);
        foreach (var item in items)
        {
            writer.Begin(3, SizeOf(item));
            writer.Number(1, (ulong)item.Number);
            writer.Bytes(2, item.Payload.Span);
            writer.Raw(item.Rest.Span);
        }

        return buffer.WrittenMemory;
    }

    /// <summary>The entries in the value of a frame's field 13. Payloads are slices of it.</summary>
    /// <exception cref="FrameException">They break a rule that is named.</exception>
    public static LinkFrame.Entries Decode(ReadOnlyMemory<byte> message)
    {
        var (kind, origin) = (0UL, ReadOnlyMemory<byte>.Empty);
        var items = new List<StreamEntry>();
        var fields = new ProtoReader(message);
        while (fields.Next())
        {
            switch (fields.Field)
            {
                case 1: kind = fields.Number; break;
                case 2: origin = fields.Bytes; break;
                case 3: items.Add(ReadItem(fields.Bytes)); break;
                default: break; // Of a later version, about all of them: nothing that must be kept.
            }
        }

        return origin.Length == OriginBytes
            ? new LinkFrame.Entries(new StreamId(Kind(kind), NodeId.Read(origin.Span)), items)
            : throw new FrameException($"a node id of {origin.Length} bytes; it has {OriginBytes}");
    }

    /// <summary>A kind of streams, if it is one.</summary>
    /// <exception cref="FrameException">It is zero or too high.</exception>
    public static StreamKind Kind(ulong kind) => kind is > 0 and <= ProtocolLimits.MaxKind
        ? (StreamKind)kind
        : throw new FrameException($"a stream of kind {kind}; allowed are 1 to {ProtocolLimits.MaxKind}");

    private static int SizeOf(StreamEntry item) =>
        ProtoWriter.SizeOf((ulong)item.Number) + ProtoWriter.SizeOf(item.Payload) + item.Rest.Length;

    private static StreamEntry ReadItem(ReadOnlyMemory<byte> message)
    {
        var number = 0UL;
        ReadOnlyMemory<byte> payload = default;
        List<byte>? rest = null;
        var fields = new ProtoReader(message);
        while (fields.Next())
        {
            switch (fields.Field)
            {
                case 1: number = fields.Number; break;
                case 2: payload = fields.Bytes; break;
                default: (rest ??= []).AddRange(fields.Raw); break;
            }
        }

        if (number is 0 or > ProtocolLimits.MaxSequence)
        {
            throw new FrameException($"an entry with number {(long)number}; it must be positive");
        }

        return payload.Length + (rest?.Count ?? 0) <= ProtocolLimits.MaxEntry
            ? new StreamEntry((long)number, payload, rest is null ? default : CollectionsMarshal.AsSpan(rest).ToArray())
            : throw new FrameException(
                $"an entry of {payload.Length + (rest?.Count ?? 0)} bytes; at most {ProtocolLimits.MaxEntry} are allowed");
    }
}
