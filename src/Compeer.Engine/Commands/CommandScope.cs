namespace Compeer.Engine.Commands;

/// <summary>Which objects a command about one host, service or group means.</summary>
internal enum CommandScope
{
    /// <summary>The host or service itself.</summary>
    Itself,

    /// <summary>The services of a host.</summary>
    ServicesOfHost,

    /// <summary>The hosts of a host group.</summary>
    HostsOfGroup,

    /// <summary>The services of the hosts of a host group.</summary>
    ServicesOfHostGroup,

    /// <summary>The services of a service group.</summary>
    ServicesOfGroup,

    /// <summary>The hosts that the services of a service group are on.</summary>
    HostsOfServiceGroup,

    /// <summary>A host and all hosts behind it.</summary>
    HostAndChildren,

    /// <summary>All hosts behind a host, and the services on them.</summary>
    BeyondHost,
}
