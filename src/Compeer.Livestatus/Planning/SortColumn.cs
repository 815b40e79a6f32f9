using Compeer.Livestatus.Columns;

namespace Compeer.Livestatus.Planning;

/// <summary>A column to sort by.</summary>
internal readonly record struct SortColumn(Column Column, bool IsDescending);
