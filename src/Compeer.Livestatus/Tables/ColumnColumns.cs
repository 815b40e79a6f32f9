using Compeer.Livestatus.Columns;

namespace Compeer.Livestatus.Tables;

/// <summary>The columns of the table that tells of all columns.</summary>
internal static class ColumnColumns
{
    /// <summary>All of them.</summary>
    public static ColumnSet<ColumnPlace> All { get; } = new ColumnSet<ColumnPlace>()
        .Text("table", "The table", (place, _) => place.Table.Name)
        .Text("name", "The name of the column", (place, _) => place.Column.Name)
        .Text("description", "What it means", (place, _) => place.Column.Description)
        .Text("type", "Its type: int, float, string, list or dict", (place, _) => NameOf(place.Column.Type));

    private static string NameOf(ColumnType type) => type switch
    {
        ColumnType.Int => "int",
        ColumnType.Float => "float",
        ColumnType.String => "string",
        ColumnType.List => "list",
        _ => "dict",
    };
}
