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
}
