using Compeer.Livestatus.Output;
using Compeer.Livestatus.Scope;

namespace Compeer.Livestatus.Columns;

/// <summary>A list.</summary>
internal sealed class ListColumn(string name, string description, Func<Row, QueryScope, IEnumerable<ListItem>> items)
    : Column(name, description)
{
    /// <inheritdoc/>
    public override ColumnType Type => ColumnType.List;

    /// <summary>Its elements.</summary>
    public IEnumerable<ListItem> ItemsOf(in Row row, QueryScope scope) => items(row, scope);

    /// <inheritdoc/>
    public override void Write(in Row row, QueryScope scope, ValueWriter writer)
    {
        var isFirst = true;
        writer.BeginList();
        foreach (var item in items(row, scope))
        {
            if (!isFirst)
            {
                writer.NextElement();
            }

            isFirst = false;
            item.Write(writer);
        }

        writer.EndList();
    }

    /// <inheritdoc/>
    public override string GroupText(in Row row, QueryScope scope) => string.Join(',', items(row, scope).Select(item => item.Key));
}
