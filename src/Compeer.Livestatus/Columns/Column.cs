using Compeer.Livestatus.Output;
using Compeer.Livestatus.Scope;

namespace Compeer.Livestatus.Columns;

/// <summary>A column of a table: its name, what it means, and its value in a row.</summary>
/// <param name="name">Its name.</param>
/// <param name="description">What it means, for people.</param>
internal abstract class Column(string name, string description)
{
    /// <summary>Its name.</summary>
    public string Name => name;

    /// <summary>What it means, for people.</summary>
    public string Description => description;

    /// <summary>Whether it is the same for all services of a host: a column of the host that their rows have as well.</summary>
    public bool IsOfHost { get; private set; }

    /// <summary>Its type.</summary>
    public abstract ColumnType Type { get; }

    /// <summary>Says of a column of a service's table that it is of the host.</summary>
    public Column OfHost()
    {
        IsOfHost = true;
        return this;
    }

    /// <summary>Writes its value.</summary>
    public abstract void Write(in Row row, QueryScope scope, ValueWriter writer);

    /// <summary>Its value as the text by which rows are grouped; what has none is in one group.</summary>
    public virtual string GroupText(in Row row, QueryScope scope) => "";

    /// <summary>What rows are sorted by; all alike where a type has no order.</summary>
    public virtual SortKey SortKeyOf(in Row row, QueryScope scope) => default;
}
