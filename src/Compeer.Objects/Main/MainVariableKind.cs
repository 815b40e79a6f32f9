namespace Compeer.Objects.Main;

/// <summary>How a variable of the main configuration is read.</summary>
internal enum MainVariableKind
{
    Text,
    Path,
    Boolean,
    Integer,
    NonNegativeInteger,
    PositiveInteger,
    Number,
    Choice,
    Obsolete,
}
