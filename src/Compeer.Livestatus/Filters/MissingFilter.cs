using Compeer.Livestatus.Scope;

namespace Compeer.Livestatus.Filters;

/// <summary>Of a column that the table does not have: accepts nothing, negated everything, as Naemon's does.</summary>
internal sealed class MissingFilter(bool isNegated) : Filter
{
    /// <inheritdoc/>
    public override bool Accepts(in Row row, QueryScope scope) => isNegated;
}
