using Compeer.Configuration.Text;
using Compeer.Livestatus.Output;
using Compeer.Livestatus.Scope;

namespace Compeer.Livestatus.Columns;

/// <summary>A text.</summary>
internal sealed class TextColumn(string name, string description, TextColumn.Getter value) : Column(name, description)
{
    /// <summary>Gives the value in a row; good until the next value is read.</summary>
    public delegate ReadOnlySpan<byte> Getter(in Row row, QueryScope scope);

    /// <inheritdoc/>
    public override ColumnType Type => ColumnType.String;

    /// <summary>The value as text, of a column that is one of the configuration; null for others.</summary>
    public Func<Row, QueryScope, string>? Text { get; init; }

    /// <summary>Its value; good until the next value is read.</summary>
    public ReadOnlySpan<byte> ValueOf(in Row row, QueryScope scope) => value(row, scope);

    /// <inheritdoc/>
    public override void Write(in Row row, QueryScope scope, ValueWriter writer)
    {
        if (Text is { } text)
        {
            writer.Text(text(row, scope));
        }
        else
        {
            writer.Text(value(row, scope));
        }
    }

    /// <inheritdoc/>
    public override string GroupText(in Row row, QueryScope scope) => ConfigurationText.Decode(value(row, scope));

    /// <inheritdoc/>
    public override SortKey SortKeyOf(in Row row, QueryScope scope) => new(0, 0, value(row, scope).ToArray());
}
