using System.Collections.Immutable;

namespace Compeer.Configuration.Objects.Definitions;

/// <summary>All objects of one configuration, resolved and immutable. Every array is in the order of names (ordinal),
/// services in the order of (host name, description).</summary>
public sealed record ObjectConfiguration
{
    /// <summary>Hosts.</summary>
    public required ImmutableArray<HostDefinition> Hosts { get; init; }

    /// <summary>Services; those of one host stand together, in the order of hosts.</summary>
    public required ImmutableArray<ServiceDefinition> Services { get; init; }

    /// <summary>Commands.</summary>
    public required ImmutableArray<CommandDefinition> Commands { get; init; }

    /// <summary>Contacts.</summary>
    public required ImmutableArray<ContactDefinition> Contacts { get; init; }

    /// <summary>Contact groups.</summary>
    public required ImmutableArray<ContactGroupDefinition> ContactGroups { get; init; }

    /// <summary>Host groups.</summary>
    public required ImmutableArray<HostGroupDefinition> HostGroups { get; init; }

    /// <summary>Service groups.</summary>
    public required ImmutableArray<ServiceGroupDefinition> ServiceGroups { get; init; }

    /// <summary>Time periods.</summary>
    public required ImmutableArray<TimePeriodDefinition> TimePeriods { get; init; }

    /// <summary>Dependencies of hosts, in the order of (dependent, master, kind).</summary>
    public ImmutableArray<HostDependencyDefinition> HostDependencies { get; init; } = [];

    /// <summary>Dependencies of services, in the order of (dependent, master, kind).</summary>
    public ImmutableArray<ServiceDependencyDefinition> ServiceDependencies { get; init; } = [];

    /// <summary>Escalations of hosts, in the order of hosts, those of one host as they stand in the files.</summary>
    public ImmutableArray<HostEscalationDefinition> HostEscalations { get; init; } = [];

    /// <summary>Escalations of services, in the order of services, those of one service as they stand in the files.</summary>
    public ImmutableArray<ServiceEscalationDefinition> ServiceEscalations { get; init; } = [];

    /// <summary>Values of <c>$USERn$</c> from the resource files: key "USER1" without the dollar signs.</summary>
    public required ImmutableDictionary<string, string> Resources { get; init; }

    /// <summary>The host of this name.</summary>
    public HostDefinition? FindHost(ReadOnlySpan<char> name)
    {
        var low = 0;
        var high = Hosts.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var order = name.CompareTo(Hosts[middle].Name, StringComparison.Ordinal);
            if (order == 0)
            {
                return Hosts[middle];
            }

            (low, high) = order < 0 ? (low, middle - 1) : (middle + 1, high);
        }

        return null;
    }
}
