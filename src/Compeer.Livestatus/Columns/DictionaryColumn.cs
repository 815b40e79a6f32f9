using System.Collections.Immutable;
using Compeer.Configuration.Text;
using Compeer.Livestatus.Output;
using Compeer.Livestatus.Scope;

namespace Compeer.Livestatus.Columns;

/// <summary>Texts by names.</summary>
internal sealed class DictionaryColumn(
    string name, string description, Func<Row, QueryScope, ImmutableArray<KeyValuePair<string, string>>> pairs)
    : Column(name, description)
{
    /// <inheritdoc/>
    public override ColumnType Type => ColumnType.Dict;

    /// <summary>The text of this name; empty when there is none.</summary>
    public string ValueOf(in Row row, QueryScope scope, string key)
    {
        foreach (var pair in pairs(row, scope))
        {
            if (pair.Key == key)
            {
                return pair.Value;
            }
        }

        return "";
    }

    /// <inheritdoc/>
    public override void Write(in Row row, QueryScope scope, ValueWriter writer)
    {
        var isFirst = true;
        writer.BeginDictionary();
        foreach (var pair in pairs(row, scope))
        {
            if (!isFirst)
            {
                writer.NextElement();
            }

            isFirst = false;
            writer.Text(pair.Key);
            writer.NextValue();
            writer.Text(pair.Value);
        }

        writer.EndDictionary();
    }

    /// <summary>The same column sorted by one of its texts.</summary>
    public TextColumn By(string key) => new(
        Name, Description, (in Row row, QueryScope scope) => ConfigurationText.Encode(ValueOf(row, scope, key)));
}
