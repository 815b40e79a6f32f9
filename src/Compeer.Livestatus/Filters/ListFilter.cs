using Compeer.Livestatus.Columns;
using Compeer.Livestatus.Scope;

namespace Compeer.Livestatus.Filters;

/// <summary>
/// Looks into a list. <c>&gt;=</c>: it contains the element; <c>&lt;</c>: it does not; <c>=</c> and <c>!=</c> without a value: it is
/// empty, or not. <c>~</c>, <c>~~</c> and <c>=~</c> with any element (Naemon accepts every row then).
/// </summary>
internal sealed class ListFilter(ListColumn column, FilterOperator how, TextComparison element) : Filter
{
    /// <inheritdoc/>
    public override bool Accepts(in Row row, QueryScope scope)
    {
        var items = column.ItemsOf(row, scope);
        if (how.Comparison == Comparison.Equal)
        {
            return items.Any() == how.IsNegated;
        }

        var contains = false;
        foreach (var item in items)
        {
            if (element.Accepts(item.Key))
            {
                contains = true;
                break;
            }
        }

        // "Less" is Naemon's word for a list without the element.
        return contains == (how.Comparison == Comparison.Less ? how.IsNegated : !how.IsNegated);
    }

    /// <inheritdoc/>
    public override string? PinOf(string name) =>
        name == column.Name && how is { Comparison: Comparison.Less, IsNegated: true } ? element.Reference : null;
}
