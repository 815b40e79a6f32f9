using Compeer.Livestatus.Filters;
using Compeer.Livestatus.Output;
using Compeer.Livestatus.Scope;

namespace Compeer.Livestatus.Stats;

/// <summary>How many rows a filter accepts.</summary>
internal sealed class CountAggregator(Filter filter) : Aggregator
{
    private long _count;

    /// <inheritdoc/>
    public override void Take(in Row row, QueryScope scope) => _count += filter.Accepts(row, scope) ? 1 : 0;

    /// <inheritdoc/>
    public override void Take(RowBatch batch, ReadOnlySpan<ulong> mask)
    {
        Span<ulong> accepted = stackalloc ulong[RowBatch.Words];
        mask.CopyTo(accepted);
        filter.Narrow(batch, accepted);
        _count += RowBatch.CountOf(accepted);
    }

    /// <inheritdoc/>
    public override void Write(ValueWriter writer) => writer.Number(_count);
}
