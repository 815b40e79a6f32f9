using Compeer.Livestatus.Columns;
using Compeer.Livestatus.Scope;

namespace Compeer.Livestatus.Filters;

/// <summary>Compares the text of one name; one that is not there is empty.</summary>
internal sealed class DictionaryFilter(DictionaryColumn column, string key, TextComparison comparison) : Filter
{
    /// <inheritdoc/>
    public override bool Accepts(in Row row, QueryScope scope) => comparison.Accepts(column.ValueOf(row, scope, key));
}
