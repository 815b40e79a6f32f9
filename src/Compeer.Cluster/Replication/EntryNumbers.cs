using Compeer.Cluster.Model;

namespace Compeer.Cluster.Replication;

/// <summary>
/// Numbers the entries of this node's streams, over all its runs. A store that keeps them says where the last run ended; for
/// one that does not, or is ahead of its disk, numbers are reserved on the disk ahead, and a crash leaves a gap. A run that does
/// not follow a clean end begins no lower than its clock says: a disk that lost what it had confirmed, or was put back to an earlier
/// state, gives no number twice then.
/// </summary>
internal sealed class EntryNumbers(ClusterContext context, StreamTable table, bool isAhead)
{
    /// <summary>Numbers reserved at a time.</summary>
    public const long Block = 1 << 20;

    /// <summary>Numbers that the clock passes in a second, as a power of two: more than a node writes for long.</summary>
    private const int ClockBits = 12;

    private readonly Dictionary<StreamKind, (long First, long Last)> _rows = [];
    private readonly long _reserved = context.Options.Durable.ReservedEntry;

    // As the last run left it: what comes back from others later is not where this run begins.
    private Dictionary<StreamKind, long> _kept = KeptIn(context, table);

    private long _offset;

    /// <summary>What the last run left is known only now.</summary>
    public void Load() => _kept = KeptIn(context, table);

    /// <summary>The last number given in a stream, in this run or as far as an earlier one may have.</summary>
    public long LastOf(StreamKind kind) => RowOf(kind).Last;

    /// <summary>The first number of the present unbroken row of a stream.</summary>
    public long FirstOf(StreamKind kind) => RowOf(kind).First;

    public long Next(StreamKind kind)
    {
        var (first, last) = RowOf(kind);
        _rows[kind] = (first, ++last);
        if (last + (Block / 2) > context.Durable.ReservedEntry)
        {
            context.Persist(context.Durable with { ReservedEntry = last + Block });
        }

        return last;
    }

    /// <summary>Others have higher numbers: goes on well above them. Returns the numbers that may have been given twice.</summary>
    public WriteRange JumpAbove(StreamKind kind, long known)
    {
        var (first, last) = RowOf(kind);
        var next = Math.Max(last, known) + Block;
        _rows[kind] = (next + 1, next);
        return new WriteRange(first, last);
    }

    /// <summary>Another process may have written in this node's name: goes on with other numbers in all streams.</summary>
    public void StartRun()
    {
        _offset += Block;
        foreach (var (kind, row) in _rows.ToArray())
        {
            _rows[kind] = (row.Last + Block + 1, row.Last + Block);
        }
    }

    /// <summary>Nothing more is written: the next run goes on without a gap.</summary>
    public void Close()
    {
        if (_rows.Count > 0)
        {
            context.Persist(context.Durable with { ReservedEntry = _rows.Values.Max(row => row.Last) });
        }
    }

    private (long First, long Last) RowOf(StreamKind kind)
    {
        if (!_rows.TryGetValue(kind, out var row))
        {
            var kept = _kept.GetValueOrDefault(kind);
            row.Last = (isAhead ? Math.Max(Math.Max(kept, _reserved), kept == _reserved && kept > 0 ? 0 : ByTheClock())
                : kept > 0 ? kept : _reserved) + _offset;
            _rows.Add(kind, row = (row.Last + 1, row.Last));
        }

        return row;
    }

    private long ByTheClock() => Math.Max(0, context.Now.Wall.ToUnixTimeSeconds()) << ClockBits;

    private static Dictionary<StreamKind, long> KeptIn(ClusterContext context, StreamTable table) =>
        table.Streams.Where(stream => stream.Origin == context.Self)
            .ToDictionary(stream => stream.Kind, stream => Math.Max(table.NumbersOf(stream).Top, table.FloorOf(stream)));
}
