namespace Compeer.Livestatus.Columns;

/// <summary>The types that the table <c>columns</c> names.</summary>
internal enum ColumnType
{
    /// <summary>A whole number; times too, in seconds since 1970.</summary>
    Int,

    /// <summary>A number with a fraction.</summary>
    Float,

    /// <summary>A text.</summary>
    String,

    /// <summary>A list of texts, numbers or lists.</summary>
    List,

    /// <summary>Texts by names.</summary>
    Dict,

    /// <summary>Nothing: the table has no such column.</summary>
    Null,
}
