namespace Compeer.Engine.Commands;

/// <summary>What an argument of an external command is.</summary>
internal enum ArgumentType
{
    Text,
    Host,
    Service,
    HostGroup,
    ServiceGroup,
    Contact,
    ContactGroup,
    TimePeriod,
    Switch,
    Integer,
    Unsigned,
    Timestamp,
}
