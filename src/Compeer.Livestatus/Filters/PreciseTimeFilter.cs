using Compeer.Livestatus.Columns;
using Compeer.Livestatus.Scope;

namespace Compeer.Livestatus.Filters;

/// <summary>Compares a time with places after the point.</summary>
/// <param name="column">The time.</param>
/// <param name="how">How.</param>
/// <param name="reference">With what, microseconds since 1970.</param>
internal sealed class PreciseTimeFilter(PreciseTimeColumn column, FilterOperator how, long reference) : Filter
{
    /// <inheritdoc/>
    public override bool Accepts(in Row row, QueryScope scope)
    {
        var value = column.ValueOf(row, scope);
        var isSo = how.Comparison switch
        {
            Comparison.Equal => value == reference,
            Comparison.Less => value < reference,
            _ => value > reference,
        };
        return isSo != how.IsNegated;
    }
}
