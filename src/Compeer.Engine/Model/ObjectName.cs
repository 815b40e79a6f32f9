using Compeer.Configuration.Objects.Definitions;

namespace Compeer.Engine.Model;

/// <summary>A host or service by its names, which outlive a configuration.</summary>
/// <param name="Host">Name of the host.</param>
/// <param name="Service">Description of the service; null for the host itself.</param>
public readonly record struct ObjectName(string Host, string? Service)
{
    /// <summary>The names of a host or service.</summary>
    public static ObjectName Of(CheckableDefinition definition) => definition is ServiceDefinition service
        ? new ObjectName(service.Host.Name, service.Description)
        : new ObjectName(((HostDefinition)definition).Name, null);
}
