using Compeer.Livestatus.Columns;
using Compeer.Livestatus.Scope;

namespace Compeer.Livestatus.Filters;

/// <summary>Compares what operators changed: <c>~</c> all of these bits at least, <c>~~</c> one of them at least.</summary>
internal sealed class AttributesFilter(AttributesColumn column, FilterOperator how, long reference) : Filter
{
    /// <inheritdoc/>
    public override bool Accepts(in Row row, QueryScope scope)
    {
        var value = column.ValueOf(row, scope);
        var isSo = how.Comparison switch
        {
            Comparison.Equal => value == reference,
            Comparison.Less => value < reference,
            Comparison.Greater => value > reference,
            Comparison.Matches => (value & reference) == reference,
            _ => (value & reference) != 0,
        };
        return isSo != how.IsNegated;
    }
}
