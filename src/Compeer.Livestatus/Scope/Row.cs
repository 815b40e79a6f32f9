using Compeer.Configuration.Objects.Definitions;

namespace Compeer.Livestatus.Scope;

/// <summary>One row of a table: what its columns are read from.</summary>
/// <param name="Host">The host; null where the row has none.</param>
/// <param name="Service">The service; null where the row has none.</param>
/// <param name="Item">What else the row is of, such as a group.</param>
internal readonly record struct Row(HostDefinition? Host, ServiceDefinition? Service, object? Item)
{
    /// <summary>A row of something that is neither a host nor a service.</summary>
    public static Row Of(object item) => new(null, null, item);

    /// <summary>A host's row.</summary>
    public static Row Of(HostDefinition host) => new(host, null, null);

    /// <summary>A service's row.</summary>
    public static Row Of(ServiceDefinition service) => new(service.Host, service, null);
}
