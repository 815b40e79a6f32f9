using System.Buffers.Binary;
using System.Collections.Immutable;
using Compeer.Cluster.Model;

namespace Compeer.Storage.Sqlite;

/// <summary>
/// Rows of the two tables. Ids are 16 bytes, big-endian; ranges of numbers are pairs of first and last, 8 bytes each, big-endian,
/// ascending. A row that no version writes means that the file is damaged.
/// </summary>
internal static class RowCodec
{
    public const string SelectValues = "SELECT kind, key, setting, origin, sequence, clock, epoch, removed, payload, rest FROM value";
    public const string SelectKnowledge = "SELECT origin, ranges, dropped, partial FROM knowledge";
    public const string PutValue = "INSERT OR REPLACE INTO value VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    public const string PutKnowledge = "INSERT OR REPLACE INTO knowledge VALUES (?, ?, ?, ?)";
    public const string DeleteValue = "DELETE FROM value WHERE kind = ? AND key = ? AND setting = ?";

    private const int IdBytes = NodeId.Length;
    private const int RangeBytes = 16;
    private const int MaxKeyBytes = 1024;
    private const int MaxRanges = 512;
    private const long MaxSequence = long.MaxValue / 4;

    public static void Write(Statement statement, Update update)
    {
        Span<byte> id = stackalloc byte[IdBytes];
        update.Origin.Write(id);
        statement.Bind((long)update.Kind).Bind(update.Key.Span).Bind(update.Setting).Bind(id).Bind(update.Sequence)
            .Bind(unchecked((long)update.Clock)).Bind(update.Epoch).Bind(update.IsRemoval ? 1 : 0).Bind(update.Payload.Span)
            .Bind(update.Rest.Span).Run();
    }

    /// <summary>The value of a row; null when no version writes such a row.</summary>
    public static Update? ReadValue(Statement row)
    {
        var (kind, key, setting) = (row.Number(0), row.Bytes(1).ToArray(), row.Number(2));
        var id = row.Bytes(3);
        var (sequence, epoch, removed) = (row.Number(4), row.Number(6), row.Number(7));
        return kind is < 1 or > int.MaxValue || key.Length is 0 or > MaxKeyBytes || setting is < 0 or > uint.MaxValue
            || id.Length != IdBytes || sequence is < 1 or > MaxSequence || epoch is < 0 or > int.MaxValue || removed is < 0 or > 1
            ? null
            : new Update(
                NodeId.Read(id),
                sequence,
                unchecked((ulong)row.Number(5)),
                (RegisterKind)kind,
                key,
                row.Bytes(8).ToArray())
            {
                Setting = (uint)setting,
                Epoch = epoch,
                IsRemoval = removed == 1,
                Rest = row.Bytes(9).ToArray(),
            };
    }

    public static void Write(Statement statement, OriginKnowledge entry)
    {
        Span<byte> id = stackalloc byte[IdBytes];
        entry.Origin.Write(id);
        statement.Bind(id).Bind(Bytes(entry.Known)).Bind(entry.Dropped).Bind(entry.IsPartial ? 1 : 0).Run();
    }

    /// <summary>The key of a stream, as the first two values of a statement.</summary>
    public static Statement Bind(Statement statement, StreamId stream)
    {
        Span<byte> id = stackalloc byte[IdBytes];
        stream.Origin.Write(id);
        return statement.Bind((long)stream.Kind).Bind(id);
    }

    /// <summary>The bytes of ranges.</summary>
    public static byte[] Bytes(ImmutableArray<WriteRange> numbers)
    {
        var ranges = new byte[numbers.Length * RangeBytes];
        for (var i = 0; i < numbers.Length; i++)
        {
            BinaryPrimitives.WriteInt64BigEndian(ranges.AsSpan(i * RangeBytes), numbers[i].From);
            BinaryPrimitives.WriteInt64BigEndian(ranges.AsSpan((i * RangeBytes) + sizeof(long)), numbers[i].To);
        }

        return ranges;
    }

    /// <summary>The node of these bytes; null when they are none.</summary>
    public static NodeId? ReadNode(ReadOnlySpan<byte> id) =>
        id.Length == IdBytes ? NodeId.Read(id) : null;

    /// <summary>The knowledge of a row; null when no version writes such a row.</summary>
    public static OriginKnowledge? ReadKnowledge(Statement row)
    {
        return ReadNode(row.Bytes(0)) is { } origin && ReadRanges(row.Bytes(1)) is { } known && row.Number(2) is >= 0 and var dropped
            ? new OriginKnowledge(origin, known, dropped, row.Number(3) == 1)
            : null;
    }

    /// <summary>The ranges of these bytes; null when they are none.</summary>
    public static ImmutableArray<WriteRange>? ReadRanges(ReadOnlySpan<byte> ranges)
    {
        if (ranges.Length % RangeBytes != 0 || ranges.Length / RangeBytes > MaxRanges)
        {
            return null;
        }

        var known = ImmutableArray.CreateBuilder<WriteRange>(ranges.Length / RangeBytes);
        for (var last = 0L; !ranges.IsEmpty; ranges = ranges[RangeBytes..])
        {
            var range = new WriteRange(
                BinaryPrimitives.ReadInt64BigEndian(ranges), BinaryPrimitives.ReadInt64BigEndian(ranges[sizeof(long)..]));
            if (range.From <= last || range.To < range.From)
            {
                return null;
            }

            known.Add(range);
            last = range.To;
        }

        return known.MoveToImmutable();
    }
}
