using Compeer.Configuration.Objects.Definitions;

namespace Compeer.Engine.Model;

/// <summary>The definitions behind the dense indexes of hosts and services, and what follows from them alone.</summary>
internal sealed class CheckableTable(ObjectConfiguration objects)
{
    private readonly int _hosts = objects.Hosts.Length;

    /// <summary>Hosts and services.</summary>
    public int Count => _hosts + objects.Services.Length;

    /// <summary>The definition of a host or service.</summary>
    public CheckableDefinition this[CheckableId id] =>
        id.Index < _hosts ? objects.Hosts[id.Index] : objects.Services[id.Index - _hosts];

    /// <summary>Whether it is a host.</summary>
    public bool IsHost(CheckableId id) => id.Index < _hosts;

    /// <summary>Where in a window this object's checks start; see <see cref="Spread"/>.</summary>
    public double Fraction(CheckableId id) => this[id] is ServiceDefinition service
        ? Spread.Fraction(service.Host.Name, service.Description)
        : Spread.Fraction(((HostDefinition)this[id]).Name, []);
}
