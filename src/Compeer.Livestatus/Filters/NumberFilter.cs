using Compeer.Livestatus.Columns;
using Compeer.Livestatus.Scope;

namespace Compeer.Livestatus.Filters;

/// <summary>Compares a whole number, or a time as the client's clock shows it.</summary>
internal sealed class NumberFilter(NumberColumn column, FilterOperator how, long reference) : Filter
{
    /// <inheritdoc/>
    public override bool Accepts(in Row row, QueryScope scope)
    {
        var value = column.ValueOf(row, scope) + (column.IsTime ? scope.TimeOffset : 0);
        var isSo = how.Comparison switch
        {
            Comparison.Equal => value == reference,
            Comparison.Less => value < reference,
            _ => value > reference,
        };
        return isSo != how.IsNegated;
    }
}
