using Compeer.Livestatus.Columns;
using Compeer.Livestatus.Scope;

namespace Compeer.Livestatus.Filters;

/// <summary>Compares a number with a fraction.</summary>
internal sealed class FractionFilter(FractionColumn column, FilterOperator how, double reference) : Filter
{
    /// <inheritdoc/>
    public override bool Accepts(in Row row, QueryScope scope)
    {
        var value = column.ValueOf(row, scope);
        var isSo = how.Comparison switch
        {
            Comparison.Equal => value.Equals(reference),
            Comparison.Less => value < reference,
            _ => value > reference,
        };
        return isSo != how.IsNegated;
    }
}
