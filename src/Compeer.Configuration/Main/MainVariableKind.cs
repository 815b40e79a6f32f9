namespace Compeer.Configuration.Main;

/// <summary>How a variable of the main configuration is read.</summary>
internal enum MainVariableKind
{
    Text,
    Path,
    Boolean,
    Integer,
    NonNegativeInteger,
    PositiveInteger,

    /// <summary>As <c>strtoul</c> reads it: decimal, <c>0x10</c> or <c>020</c>; -1, for all bits, where that is the least.</summary>
    Unsigned,

    /// <summary>A decimal number above 0, up to 100.</summary>
    Percentage,
    Choice,
    Obsolete,
}
