using Compeer.Livestatus.Columns;

namespace Compeer.Livestatus.Tables;

/// <summary>A column of a table, as a row of the table <c>columns</c>.</summary>
internal sealed record ColumnPlace(Table Table, Column Column);
