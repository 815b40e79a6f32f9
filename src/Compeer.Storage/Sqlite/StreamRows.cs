using Compeer.Cluster.Model;
using Compeer.Storage.Model;
using Microsoft.Data.Sqlite;

namespace Compeer.Storage.Sqlite;

/// <summary>The tables of streams: their entries, which of them there are, and how far people were told of them.</summary>
internal sealed class StreamRows : IDisposable
{
    /// <summary>What goes when there are too many, of what there may be: so that not every write has to let something go.</summary>
    private const int Share = 16;

    /// <summary>How often it is looked for what is too old.</summary>
    private static readonly TimeSpan LooksForOld = TimeSpan.FromHours(1);

    private readonly StreamLimits _limits;
    private readonly Statement _put;
    private readonly Statement _delete;
    private readonly Statement _putStream;
    private readonly Statement _putTold;
    private readonly Statement _read;
    private readonly Statement _nth;
    private readonly Statement _latestOld;
    private readonly Statement _sizes;
    private readonly Statement _extent;
    private Dictionary<StreamId, (long Entries, long Bytes)>? _contents;
    private DateTimeOffset _looked;

    public StreamRows(SqliteConnection connection, StreamLimits limits)
    {
        _limits = limits;
        _put = new Statement(connection, "INSERT OR REPLACE INTO entry VALUES (?, ?, ?, ?, ?, ?)");
        _delete = new Statement(connection, "DELETE FROM entry WHERE kind = ? AND origin = ? AND number BETWEEN ? AND ?");
        _putStream = new Statement(connection, "INSERT OR REPLACE INTO stream VALUES (?, ?, ?, ?)");
        _putTold = new Statement(
            connection,
            "INSERT INTO told VALUES (1, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET since = excluded.since, "
            + "file = ifnull(excluded.file, file), position = ifnull(excluded.position, position)");
        _read = new Statement(
            connection, "SELECT number, payload, rest FROM entry WHERE kind = ? AND origin = ? AND number >= ? ORDER BY number");
        _nth = new Statement(
            connection, "SELECT number FROM entry WHERE kind = ? AND origin = ? ORDER BY number LIMIT 1 OFFSET ?");
        _latestOld = new Statement(connection, "SELECT max(number) FROM entry WHERE kind = ? AND origin = ? AND written < ?");
        _extent = new Statement(connection, "SELECT ranges, floor FROM stream WHERE kind = ? AND origin = ?");
        _sizes = new Statement(
            connection, "SELECT kind, origin, count(*), sum(length(payload) + length(rest) + 48) FROM entry GROUP BY kind, origin");
    }

    /// <summary>What there is, without the entries themselves; null when the rows are none that a version writes.</summary>
    public static (StoredStreams? Streams, bool IsDamaged) Read(SqliteConnection connection)
    {
        var extents = new List<StreamExtent>();
        using (var rows = new Statement(connection, "SELECT kind, origin, ranges, floor FROM stream"))
        {
            while (rows.Next())
            {
                if (rows.Number(0) is < 1 or > int.MaxValue || RowCodec.ReadNode(rows.Bytes(1)) is not { } origin
                    || RowCodec.ReadRanges(rows.Bytes(2)) is not { } ranges || rows.Number(3) < 0)
                {
                    return (null, true);
                }

                extents.Add(new StreamExtent(new StreamId((StreamKind)rows.Number(0), origin), ranges, rows.Number(3)));
            }
        }

        using var told = new Statement(connection, "SELECT since, file, position, position IS NULL FROM told");
        if (!told.Next())
        {
            return (null, extents.Count > 0);
        }

        var since = told.Number(0);
        return since < 0 || since > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? (null, true)
            : (new StoredStreams(
                extents,
                DateTimeOffset.FromUnixTimeMilliseconds(since),
                told.Number(3) == 1 ? null : new LogPosition(told.Number(1), told.Number(2))), false);
    }

    /// <summary>Writes what is to be written, and lets go what is too much; within a transaction.</summary>
    /// <returns>Up to where the streams have nothing any more, of those of which something was let go.</returns>
    public List<(StreamId Stream, long Floor)> Write(UnstoredStreams streams)
    {
        // A transaction that fails leaves figures that are wrong; what they are for bears that, but not for ever.
        var contents = _contents ?? Sizes();
        _contents = null;
        foreach (var (stream, numbers) in streams.Gone)
        {
            Delete(stream, numbers);
        }

        foreach (var (stream, entry) in streams.Entries)
        {
            RowCodec.Bind(_put, stream).Bind(entry.Number).Bind(streams.At.ToUnixTimeSeconds()).Bind(entry.Payload.Span)
                .Bind(entry.Rest.Span).Run();
            var content = contents.GetValueOrDefault(stream);
            contents[stream] = (content.Entries + 1, content.Bytes + entry.Size);
        }

        var extents = streams.Extents.ToDictionary(extent => extent.Stream);
        var floors = LetGo(streams.At, contents);
        foreach (var (stream, floor) in floors)
        {
            extents[stream] = Above(extents.GetValueOrDefault(stream) ?? ExtentOf(stream), floor);
        }

        foreach (var extent in extents.Values)
        {
            RowCodec.Bind(_putStream, extent.Stream).Bind(RowCodec.Bytes(extent.Numbers)).Bind(extent.Floor).Run();
        }

        _putTold.Bind(streams.Since.ToUnixTimeMilliseconds());
        _ = streams.Told is { } told ? _putTold.Bind(told.File).Bind(told.Offset) : _putTold.BindNull().BindNull();
        _putTold.Run();
        _contents = floors.Count + streams.Gone.Count > 0 ? null : contents;
        return floors;
    }

    /// <summary>Entries of a stream from a number on, about as many bytes as wanted; whether there are no more.</summary>
    public (List<StreamEntry> Entries, bool IsEnd) Read(StreamFetch fetch)
    {
        var (read, bytes) = (new List<StreamEntry>(), 0L);
        RowCodec.Bind(_read, fetch.Stream).Bind(fetch.From);
        try
        {
            while (_read.Next())
            {
                if (bytes >= fetch.Bytes)
                {
                    return (read, false);
                }

                read.Add(new StreamEntry(_read.Number(0), _read.Bytes(1).ToArray(), _read.Bytes(2).ToArray()));
                bytes += read[^1].Size;
            }

            return (read, true);
        }
        finally
        {
            _read.Reset();
        }
    }

    public void Dispose()
    {
        foreach (var statement in (ReadOnlySpan<Statement>)[_put, _delete, _putStream, _putTold, _read, _nth, _latestOld, _sizes, _extent])
        {
            statement.Dispose();
        }
    }

    private static StreamExtent Above(StreamExtent extent, long floor) => new(
        extent.Stream,
        [.. extent.Numbers.Where(range => range.To > floor).Select(range => range with { From = Math.Max(range.From, floor + 1) })],
        Math.Max(extent.Floor, floor));

    private List<(StreamId Stream, long Floor)> LetGo(DateTimeOffset now, Dictionary<StreamId, (long Entries, long Bytes)> contents)
    {
        var floors = new Dictionary<StreamId, long>();
        if (now - _looked > LooksForOld || now < _looked)
        {
            _looked = now;
            foreach (var stream in contents.Keys)
            {
                var old = One(RowCodec.Bind(_latestOld, stream).Bind((now - _limits.Age).ToUnixTimeSeconds()));
                if (old > 0)
                {
                    floors[stream] = old;
                }
            }
        }

        foreach (var (stream, content) in contents.Where(one => one.Value.Entries > _limits.Entries || one.Value.Bytes > _limits.Bytes))
        {
            Raise(floors, stream, content.Entries);
        }

        if (contents.Values.Sum(content => content.Bytes) > _limits.TotalBytes)
        {
            var largest = contents.MaxBy(content => content.Value.Bytes);
            Raise(floors, largest.Key, largest.Value.Entries);
        }

        foreach (var (stream, floor) in floors)
        {
            Delete(stream, new WriteRange(1, floor));
        }

        return [.. floors.Select(one => (one.Key, one.Value))];
    }

    private void Raise(Dictionary<StreamId, long> floors, StreamId stream, long entries)
    {
        var floor = One(RowCodec.Bind(_nth, stream).Bind(Math.Max(0, (entries / Share) - 1)));
        floors[stream] = Math.Max(floors.GetValueOrDefault(stream), floor);
    }

    /// <summary>What the database says of a stream.</summary>
    private StreamExtent ExtentOf(StreamId stream)
    {
        RowCodec.Bind(_extent, stream);
        try
        {
            return _extent.Next() && RowCodec.ReadRanges(_extent.Bytes(0)) is { } ranges
                ? new StreamExtent(stream, ranges, _extent.Number(1))
                : new StreamExtent(stream, [], 0);
        }
        finally
        {
            _extent.Reset();
        }
    }

    private void Delete(StreamId stream, WriteRange numbers) =>
        RowCodec.Bind(_delete, stream).Bind(numbers.From).Bind(numbers.To).Run();

    private static long One(Statement query)
    {
        try
        {
            return query.Next() ? query.Number(0) : 0;
        }
        finally
        {
            query.Reset();
        }
    }

    private Dictionary<StreamId, (long Entries, long Bytes)> Sizes()
    {
        var sizes = new Dictionary<StreamId, (long, long)>();
        try
        {
            while (_sizes.Next())
            {
                if (RowCodec.ReadNode(_sizes.Bytes(1)) is { } origin)
                {
                    sizes[new StreamId((StreamKind)_sizes.Number(0), origin)] = (_sizes.Number(2), _sizes.Number(3));
                }
            }

            return sizes;
        }
        finally
        {
            _sizes.Reset();
        }
    }
}
