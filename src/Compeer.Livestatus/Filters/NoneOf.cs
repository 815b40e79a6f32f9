using Compeer.Livestatus.Scope;

namespace Compeer.Livestatus.Filters;

/// <summary>Rows that a filter does not accept (<c>Negate</c>).</summary>
internal sealed class NoneOf(Filter filter) : Filter
{
    /// <inheritdoc/>
    public override bool Accepts(in Row row, QueryScope scope) => !filter.Accepts(row, scope);
}
