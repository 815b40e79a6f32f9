using Compeer.Livestatus.Columns;
using Compeer.Livestatus.Scope;

namespace Compeer.Livestatus.Filters;

/// <summary>Compares a text.</summary>
internal sealed class TextFilter(TextColumn column, TextComparison comparison) : Filter
{
    /// <inheritdoc/>
    public override bool Accepts(in Row row, QueryScope scope) => column.Text is { } text
        ? comparison.Accepts(text(row, scope))
        : comparison.Accepts(column.ValueOf(row, scope));

    /// <inheritdoc/>
    public override string? PinOf(string name) => name == column.Name && comparison.IsEquality ? comparison.Reference : null;
}
