using System.Buffers;
using System.Runtime.InteropServices;
using Compeer.Cluster.Model;

namespace Compeer.Cluster.Wire;

/// <summary>
/// The frame of updates to bytes and back, by hand: it is what nearly all of the traffic is. The schema is that of
/// <c>link.proto</c>, and a test holds it against what is generated from there.
/// </summary>
internal static class UpdatesCodec
{
    /// <summary>The field of a frame that holds updates.</summary>
    public const int FrameField = 4;

    private const int OriginBytes = 16;

    /// <summary>The bytes of a frame.</summary>
    public static ReadOnlyMemory<byte> Encode(
        ulong sync, IReadOnlyList<Update> items, IReadOnlyList<(NodeId Origin, long Sequence)>? present = null)
    {
        var origins = new List<NodeId>();
        var numbers = new int[items.Count];
        var size = ProtoWriter.SizeOf(sync);
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = i > 0 && items[i].Origin == items[i - 1].Origin ? numbers[i - 1] : origins.IndexOf(items[i].Origin);
            if (numbers[i] < 0)
            {
                numbers[i] = origins.Count;
                origins.Add(items[i].Origin);
            }

            var itemSize = SizeOf(items[i], numbers[i]);
            size += 1 + ProtoWriter.SizeOfVarint((ulong)itemSize) + itemSize;
        }

        var lists = present is null ? [] : Lists(present, origins);
        size += lists.Sum(list => 1 + ProtoWriter.SizeOfVarint((ulong)list.Length) + list.Length);
        size += origins.Count * (2 + OriginBytes);
        var buffer = new ArrayBufferWriter<byte>(size + 8);
        var writer = new ProtoWriter(buffer);
        writer.Begin(FrameField, size);
        writer.Number(1, sync);
        Span<byte> id = stackalloc byte[OriginBytes];
        foreach (var origin in origins)
        {
            origin.Write(id);
            writer.Bytes(2, id);
        }

        for (var i = 0; i < numbers.Length; i++)
        {
            Write(writer, items[i], numbers[i]);
        }

        foreach (var list in lists)
        {
            writer.Bytes(4, list.Span);
        }

        return buffer.WrittenMemory;
    }

    /// <summary>The messages that list elements, one for each origin.</summary>
    private static List<ReadOnlyMemory<byte>> Lists(IReadOnlyList<(NodeId Origin, long Sequence)> present, List<NodeId> origins)
    {
        var lists = new List<ReadOnlyMemory<byte>>();
        foreach (var group in present.GroupBy(element => element.Origin))
        {
            var origin = origins.IndexOf(group.Key);
            if (origin < 0)
            {
                origin = origins.Count;
                origins.Add(group.Key);
            }

            var size = group.Sum(element => ProtoWriter.SizeOfVarint((ulong)element.Sequence));
            var buffer = new ArrayBufferWriter<byte>(size + 16);
            var writer = new ProtoWriter(buffer);
            writer.Number(1, (ulong)origin);
            writer.Begin(2, size);
            foreach (var (_, sequence) in group)
            {
                writer.Varint((ulong)sequence);
            }

            lists.Add(buffer.WrittenMemory);
        }

        return lists;
    }

    /// <summary>The updates in the value of a frame's field 4. Keys and values are slices of it.</summary>
    /// <exception cref="FrameException">They break a rule that is named.</exception>
    public static LinkFrame.Updates Decode(ReadOnlyMemory<byte> message, int maxFrameBytes)
    {
        var origins = new List<NodeId>();
        var items = new List<Update>();
        var present = new List<(NodeId Origin, long Sequence)>();
        var sync = 0UL;
        var fields = new ProtoReader(message);
        while (fields.Next())
        {
            switch (fields.Field)
            {
                case 1:
                    sync = fields.Number;
                    break;
                case 2 when fields.Bytes.Length == OriginBytes:
                    origins.Add(NodeId.Read(fields.Bytes.Span));
                    break;
                case 2:
                    throw new FrameException($"a node id of {fields.Bytes.Length} bytes; it has {OriginBytes}");
                case 3:
                    items.Add(ReadItem(fields.Bytes, origins, maxFrameBytes));
                    break;
                case 4:
                    ReadPresent(fields.Bytes, origins, present);
                    break;
                default:
                    // Of a later version, about all of them: nothing that must be kept.
                    break;
            }
        }

        return new LinkFrame.Updates(sync, items) { Present = present };
    }

    private static void ReadPresent(
        ReadOnlyMemory<byte> message, List<NodeId> origins, List<(NodeId Origin, long Sequence)> present)
    {
        var (origin, numbers) = (0UL, ReadOnlyMemory<byte>.Empty);
        var fields = new ProtoReader(message);
        while (fields.Next())
        {
            (origin, numbers) = fields.Field switch
            {
                1 => (fields.Number, numbers),
                2 => (origin, fields.Bytes),
                _ => (origin, numbers),
            };
        }

        var packed = new ProtoReader(numbers);
        while (packed.NextVarint())
        {
            if (origin >= (ulong)origins.Count || packed.Number is 0 or > ProtocolLimits.MaxSequence)
            {
                throw new FrameException($"an element written by node {origin} of {origins.Count} as its number {(long)packed.Number}");
            }

            present.Add((origins[(int)origin], (long)packed.Number));
        }
    }

    private static int SizeOf(Update item, int origin) =>
        ProtoWriter.SizeOf((ulong)origin) + ProtoWriter.SizeOf((ulong)item.Sequence) + 9 + ProtoWriter.SizeOf((ulong)item.Kind)
        + ProtoWriter.SizeOf(item.Key) + ProtoWriter.SizeOf(item.Payload) + ProtoWriter.SizeOf((ulong)item.Epoch)
        + ProtoWriter.SizeOf(item.Setting) + (item.IsRemoval ? 2 : 0) + item.Rest.Length;

    private static void Write(ProtoWriter writer, Update item, int origin)
    {
        writer.Begin(3, SizeOf(item, origin));
        writer.Number(1, (ulong)origin);
        writer.Number(2, (ulong)item.Sequence);
        writer.Fixed64(3, item.Clock);
        writer.Number(4, (ulong)item.Kind);
        writer.Bytes(5, item.Key.Span);
        writer.Bytes(6, item.Payload.Span);
        writer.Number(7, (ulong)item.Epoch);
        writer.Number(8, item.Setting);
        writer.Number(9, item.IsRemoval ? 1UL : 0);
        writer.Raw(item.Rest.Span);
    }

    private static Update ReadItem(ReadOnlyMemory<byte> message, List<NodeId> origins, int maxFrameBytes)
    {
        var (origin, sequence, clock, kind, epoch, setting, isRemoval) = (0UL, 0UL, 0UL, 0UL, 0UL, 0UL, false);
        ReadOnlyMemory<byte> key = default, payload = default;
        List<byte>? rest = null;
        var fields = new ProtoReader(message);
        while (fields.Next())
        {
            switch (fields.Field)
            {
                case 1: origin = fields.Number; break;
                case 2: sequence = fields.Number; break;
                case 3: clock = fields.Number; break;
                case 4: kind = fields.Number; break;
                case 5: key = fields.Bytes; break;
                case 6: payload = fields.Bytes; break;
                case 7: epoch = fields.Number; break;
                case 8: setting = fields.Number; break;
                case 9: isRemoval = fields.Number != 0; break;
                default: (rest ??= []).AddRange(fields.Raw); break;
            }
        }

        if (origin >= (ulong)origins.Count)
        {
            throw new FrameException($"an update of node {origin} in a frame with {origins.Count} nodes");
        }

        CheckNumbers(sequence, clock, kind, epoch, setting);
        return new Update(
            origins[(int)origin], (long)sequence, clock, (RegisterKind)kind, WireText.Key(key), Payload(payload, maxFrameBytes))
        {
            Epoch = (long)epoch,
            Setting = (uint)setting,
            IsRemoval = isRemoval,
            Rest = rest is null ? default : CollectionsMarshal.AsSpan(rest).ToArray(),
        };
    }

    private static void CheckNumbers(ulong sequence, ulong clock, ulong kind, ulong epoch, ulong setting)
    {
        if (sequence is 0 or > ProtocolLimits.MaxSequence)
        {
            throw new FrameException($"update sequence {(long)sequence}; it must be positive");
        }

        if (clock is 0 or >= ProtocolLimits.MaxClock)
        {
            throw new FrameException($"a clock of {clock:x16}, which no clock shows");
        }

        if (kind is 0 or > ProtocolLimits.MaxKind)
        {
            throw new FrameException($"a value of kind {kind}; allowed are 1 to {ProtocolLimits.MaxKind}");
        }

        if (epoch > ProtocolLimits.MaxEpoch || setting > uint.MaxValue)
        {
            throw new FrameException($"ownership epoch {epoch}, setting {setting}; at most {ProtocolLimits.MaxEpoch} and {uint.MaxValue}");
        }
    }

    private static ReadOnlyMemory<byte> Payload(ReadOnlyMemory<byte> payload, int maxFrameBytes) =>
        payload.Length <= ProtocolLimits.MaxPayload(maxFrameBytes)
            ? payload
            : throw new FrameException(
                $"a value of {payload.Length} bytes; at most {ProtocolLimits.MaxPayload(maxFrameBytes)} are allowed");
}
