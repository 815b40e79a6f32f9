namespace Compeer.Configuration.Commands;

/// <summary>What an argument of an external command is.</summary>
public enum ArgumentType
{
    /// <summary>Any text.</summary>
    Text,

    /// <summary>A host.</summary>
    Host,

    /// <summary>A host and the description of a service of it, a semicolon between them.</summary>
    Service,

    /// <summary>A host group.</summary>
    HostGroup,

    /// <summary>A service group.</summary>
    ServiceGroup,

    /// <summary>A contact.</summary>
    Contact,

    /// <summary>A contact group.</summary>
    ContactGroup,

    /// <summary>A time period.</summary>
    TimePeriod,

    /// <summary>0 or 1.</summary>
    Switch,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A whole number that is not negative.</summary>
    Unsigned,

    /// <summary>Seconds since 1970.</summary>
    Timestamp,
}
