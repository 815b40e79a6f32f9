using Compeer.Configuration.Objects.Definitions;

namespace Compeer.Engine.Model;

/// <summary>
/// A host or a service, as a dense index: hosts first in the order of their names, then services in the order of
/// (host name, service description). It is valid within one configuration only.
/// </summary>
/// <param name="Index">From 0 to hosts + services - 1.</param>
public readonly record struct CheckableId(int Index)
{
    /// <summary>A host among hosts and services.</summary>
    public static CheckableId Of(HostId host) => new(host.Index);

    /// <summary>A service among hosts and services.</summary>
    /// <param name="service">The service.</param>
    /// <param name="objects">The configuration that it is of.</param>
    public static CheckableId Of(ServiceId service, ObjectConfiguration objects)
    {
        ArgumentNullException.ThrowIfNull(objects);
        return new CheckableId(objects.Hosts.Length + service.Index);
    }
}
