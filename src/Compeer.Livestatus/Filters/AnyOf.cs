using System.Collections.Immutable;
using Compeer.Livestatus.Scope;

namespace Compeer.Livestatus.Filters;

/// <summary>Rows that one filter at least accepts (<c>Or</c>).</summary>
internal sealed class AnyOf(ImmutableArray<Filter> filters) : Filter
{
    /// <inheritdoc/>
    public override bool Accepts(in Row row, QueryScope scope)
    {
        foreach (var filter in filters)
        {
            if (filter.Accepts(row, scope))
            {
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public override void Narrow(RowBatch batch, Span<ulong> mask)
    {
        Span<ulong> accepted = stackalloc ulong[RowBatch.Words];
        Span<ulong> open = stackalloc ulong[RowBatch.Words];
        foreach (var filter in filters)
        {
            for (var word = 0; word < RowBatch.Words; word++)
            {
                open[word] = mask[word] & ~accepted[word];
            }

            filter.Narrow(batch, open);
            for (var word = 0; word < RowBatch.Words; word++)
            {
                accepted[word] |= open[word];
            }
        }

        accepted.CopyTo(mask);
    }

    /// <inheritdoc/>
    public override NumberRange RangeOf(string column, QueryScope scope) => filters.IsEmpty
        ? NumberRange.All
        : filters.Select(filter => filter.RangeOf(column, scope)).Aggregate((range, other) => range.Or(other));
}
