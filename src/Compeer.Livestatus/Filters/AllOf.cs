using System.Collections.Immutable;
using Compeer.Livestatus.Scope;

namespace Compeer.Livestatus.Filters;

/// <summary>Rows that all filters accept (<c>And</c>).</summary>
internal sealed class AllOf(ImmutableArray<Filter> filters) : Filter
{
    /// <inheritdoc/>
    public override bool Accepts(in Row row, QueryScope scope)
    {
        foreach (var filter in filters)
        {
            if (!filter.Accepts(row, scope))
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public override void Narrow(RowBatch batch, Span<ulong> mask)
    {
        foreach (var filter in filters)
        {
            filter.Narrow(batch, mask);
        }
    }

    /// <inheritdoc/>
    public override string? PinOf(string column) =>
        filters.Select(filter => filter.PinOf(column)).FirstOrDefault(pin => pin is not null);

    /// <inheritdoc/>
    public override NumberRange RangeOf(string column, QueryScope scope) =>
        filters.Aggregate(NumberRange.All, (range, filter) => range.And(filter.RangeOf(column, scope)));
}
