namespace Compeer.Configuration.Objects.Schema;

/// <summary>How a directive's value is read, inherited and checked.</summary>
internal enum DirectiveKind : byte
{
    /// <summary>Text that <c>null</c> does not cancel: names, aliases, addresses, time ranges.</summary>
    Plain,

    /// <summary>Text that <c>null</c> cancels.</summary>
    FreeText,

    /// <summary>A comma separated list that <c>+</c> adds to and <c>null</c> cancels.</summary>
    List,

    /// <summary>A list whose repetitions in one object add up as well (group members).</summary>
    AppendedList,

    /// <summary>0 or 1.</summary>
    Boolean,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A whole number, 0 or more.</summary>
    NonNegativeInteger,

    /// <summary>A whole number, 0 or more; a negative one is as good as endless.</summary>
    Unsigned,

    /// <summary>A whole number, 1 or more.</summary>
    PositiveInteger,

    /// <summary>A decimal number, 0 or more.</summary>
    Number,

    /// <summary>A decimal number; a negative one is read as 0.</summary>
    AnyNumber,

    /// <summary>A percentage: a decimal number, which should be from 0 to 100.</summary>
    Percentage,

    /// <summary>Letters or words from a set; repetitions in one object add up.</summary>
    Options,

    /// <summary>Letters or words from a set; a repetition replaces.</summary>
    ReplacedOptions,

    /// <summary>One letter or word from a set.</summary>
    State,

    /// <summary>Two whole numbers.</summary>
    Coordinates2D,

    /// <summary>Three decimal numbers.</summary>
    Coordinates3D,

    /// <summary>Time ranges of a day.</summary>
    TimeRanges,

    /// <summary>A command with its arguments; a leading <c>!</c> makes a service template's command win.</summary>
    ServiceCommand,

    /// <summary>Accepted with a warning, no effect (Naemon: "obsoleted").</summary>
    Obsolete,

    /// <summary>Accepted, no effect, no warning (<c>parallelize_check</c>).</summary>
    Ignored,
}
