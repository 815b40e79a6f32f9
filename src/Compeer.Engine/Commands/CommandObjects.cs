using Compeer.Configuration.Objects.Definitions;
using Compeer.Engine.Model;
using Compeer.Engine.Site;

namespace Compeer.Engine.Commands;

/// <summary>The objects that a command means.</summary>
internal static class CommandObjects
{
    /// <summary>The objects of a scope, each once.</summary>
    public static IEnumerable<CheckableId> Of(EngineSite site, CommandScope scope, ParsedCommand command) => scope switch
    {
        CommandScope.ServicesOfHost => Services(site, command.Subject<HostDefinition>()),
        CommandScope.HostsOfGroup => command.Subject<HostGroupDefinition>().Members.Select(host => CheckableId.Of(host.Id)),
        CommandScope.ServicesOfHostGroup => command.Subject<HostGroupDefinition>().Members.SelectMany(host => Services(site, host)),
        CommandScope.ServicesOfGroup =>
            command.Subject<ServiceGroupDefinition>().Members.Select(service => CheckableId.Of(service.Id, site.Objects)),
        CommandScope.HostsOfServiceGroup =>
            command.Subject<ServiceGroupDefinition>().Members.Select(service => CheckableId.Of(service.Host.Id)).Distinct(),
        CommandScope.HostAndChildren => [Itself(site, command), .. Beyond(site, command.Subject<HostDefinition>()).Select(CheckableId.Of)],
        CommandScope.BeyondHost => Beyond(site, command.Subject<HostDefinition>())
            .SelectMany(id => Services(site, site.Objects.Hosts[id.Index]).Prepend(CheckableId.Of(id))),
        _ => [Itself(site, command)],
    };

    /// <summary>The host or service that a command is about.</summary>
    public static CheckableId Itself(EngineSite site, ParsedCommand command) => command.Values[0] is ServiceDefinition service
        ? CheckableId.Of(service.Id, site.Objects)
        : CheckableId.Of(command.Subject<HostDefinition>().Id);

    /// <summary>All hosts behind one, each once; parents may go round in circles.</summary>
    private static List<HostId> Beyond(EngineSite site, HostDefinition host)
    {
        List<HostId> found = [host.Id];
        HashSet<HostId> seen = [host.Id];
        for (var next = 0; next < found.Count; next++)
        {
            foreach (var child in site.Children.Of(found[next]))
            {
                if (seen.Add(child))
                {
                    found.Add(child);
                }
            }
        }

        return found[1..];
    }

    private static IEnumerable<CheckableId> Services(EngineSite site, HostDefinition host)
    {
        var services = site.MacroContext.ServicesOf(host);
        return services.Length == 0 ? [] : Enumerable.Range(services[0].Id.Index, services.Length)
            .Select(index => CheckableId.Of(new ServiceId(index), site.Objects));
    }
}
