namespace Compeer.Configuration.Objects.Definitions;

/// <summary>The object types of the configuration language, as in <c>define TYPE {</c>.</summary>
public enum ObjectType : byte
{
    /// <summary><c>define timeperiod</c>.</summary>
    TimePeriod = 0,

    /// <summary><c>define command</c>.</summary>
    Command = 1,

    /// <summary><c>define contact</c>.</summary>
    Contact = 2,

    /// <summary><c>define contactgroup</c>.</summary>
    ContactGroup = 3,

    /// <summary><c>define host</c>.</summary>
    Host = 4,

    /// <summary><c>define hostgroup</c>.</summary>
    HostGroup = 5,

    /// <summary><c>define service</c>.</summary>
    Service = 6,

    /// <summary><c>define servicegroup</c>.</summary>
    ServiceGroup = 7,

    /// <summary><c>define hostdependency</c>.</summary>
    HostDependency = 8,

    /// <summary><c>define servicedependency</c>.</summary>
    ServiceDependency = 9,

    /// <summary><c>define hostescalation</c>.</summary>
    HostEscalation = 10,

    /// <summary><c>define serviceescalation</c>.</summary>
    ServiceEscalation = 11,

    /// <summary><c>define hostextinfo</c>, deprecated.</summary>
    HostExtendedInfo = 12,

    /// <summary><c>define serviceextinfo</c>, deprecated.</summary>
    ServiceExtendedInfo = 13,
}
