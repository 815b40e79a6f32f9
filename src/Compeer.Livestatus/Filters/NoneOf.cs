using Compeer.Livestatus.Scope;

namespace Compeer.Livestatus.Filters;

/// <summary>Rows that a filter does not accept (<c>Negate</c>).</summary>
internal sealed class NoneOf(Filter filter) : Filter
{
    /// <inheritdoc/>
    public override bool Accepts(in Row row, QueryScope scope) => !filter.Accepts(row, scope);

    /// <inheritdoc/>
    public override void Narrow(RowBatch batch, Span<ulong> mask)
    {
        Span<ulong> accepted = stackalloc ulong[RowBatch.Words];
        mask.CopyTo(accepted);
        filter.Narrow(batch, accepted);
        for (var word = 0; word < RowBatch.Words; word++)
        {
            mask[word] &= ~accepted[word];
        }
    }
}
