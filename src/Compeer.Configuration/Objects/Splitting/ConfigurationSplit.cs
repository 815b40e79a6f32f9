using System.Collections.Immutable;
using Compeer.Configuration.Objects.Definitions;

namespace Compeer.Configuration.Objects.Splitting;

/// <summary>
/// Takes the part out of a configuration that concerns a poller, as Merlin does: the hosts of its host groups with their services, what
/// those and their escalations name (contact groups with all their contacts, commands, time periods), dependencies and escalations
/// within, host and service groups with those members that are within, and the commands that the main configuration names. Parents and
/// masters of dependencies that are elsewhere are left out: whoever checks them cannot be asked for their state.
/// </summary>
public static class ConfigurationSplit
{
    /// <summary>Takes it out.</summary>
    /// <param name="whole">The configuration.</param>
    /// <param name="hostGroups">The names of the poller's host groups.</param>
    /// <param name="commands">Commands that are needed whoever names them.</param>
    /// <param name="unknown">Names of host groups that there are none of; nothing is taken out then.</param>
    /// <returns>The part; null when there is an unknown host group.</returns>
    public static ConfigurationPart? TakeOut(
        ObjectConfiguration whole,
        ImmutableArray<string> hostGroups,
        IEnumerable<string> commands,
        out ImmutableArray<string> unknown)
    {
        ArgumentNullException.ThrowIfNull(whole);
        ArgumentNullException.ThrowIfNull(commands);
        var own = new HashSet<string>(hostGroups, StringComparer.Ordinal);
        ImmutableArray<HostGroupDefinition> chosen = [.. whole.HostGroups.Where(group => own.Contains(group.Name))];
        unknown = [.. own.Except(chosen.Select(group => group.Name))];
        if (!unknown.IsEmpty)
        {
            return null;
        }

        var isIncluded = new bool[whole.Hosts.Length];
        foreach (var member in chosen.SelectMany(group => group.Members))
        {
            isIncluded[member.Id.Index] = true;
        }

        return new ConfigurationPart(
            hostGroups, Take(whole, own, commands, host => isIncluded[host.Id.Index]), host => isIncluded[host.Id.Index]);
    }

    private static ObjectConfiguration Take(
        ObjectConfiguration whole, HashSet<string> own, IEnumerable<string> commands, Func<HostDefinition, bool> isIncluded)
    {
        var names = commands.ToHashSet(StringComparer.Ordinal);
        var part = whole with
        {
            Hosts = [.. whole.Hosts.Where(isIncluded)],
            Services = [.. whole.Services.Where(service => isIncluded(service.Host))],
            HostDependencies = [.. whole.HostDependencies.Where(link => isIncluded(link.Dependent) && isIncluded(link.Master))],
            ServiceDependencies =
                [.. whole.ServiceDependencies.Where(link => isIncluded(link.Dependent.Host) && isIncluded(link.Master.Host))],
            HostEscalations = [.. whole.HostEscalations.Where(escalation => isIncluded(escalation.Host))],
            ServiceEscalations = [.. whole.ServiceEscalations.Where(escalation => isIncluded(escalation.Service.Host))],
            HostGroups = [.. whole.HostGroups.Select(group => Trim(group, isIncluded))
                .Where(group => group.Members.Length > 0 || own.Contains(group.Name))],
            ServiceGroups = [.. whole.ServiceGroups.Select(group => Trim(group, isIncluded)).Where(group => group.Members.Length > 0)],
            Resources = ImmutableDictionary<string, string>.Empty,
        };
        var needed = new NeededObjects();
        needed.Add(whole.Commands.Where(command => names.Contains(command.Name)));
        needed.AddFrom(part);
        return part with
        {
            Commands = [.. whole.Commands.Where(needed.Has)],
            Contacts = [.. whole.Contacts.Where(needed.Has)],
            ContactGroups = [.. whole.ContactGroups.Where(needed.Has)],
            TimePeriods = [.. whole.TimePeriods.Where(needed.Has)],
        };
    }

    private static HostGroupDefinition Trim(HostGroupDefinition group, Func<HostDefinition, bool> isIncluded) =>
        group.Members.All(isIncluded) ? group : new HostGroupDefinition
        {
            Name = group.Name,
            Alias = group.Alias,
            Members = [.. group.Members.Where(isIncluded)],
            Presentation = group.Presentation,
            Position = group.Position,
        };

    private static ServiceGroupDefinition Trim(ServiceGroupDefinition group, Func<HostDefinition, bool> isIncluded) =>
        group.Members.All(member => isIncluded(member.Host)) ? group : new ServiceGroupDefinition
        {
            Name = group.Name,
            Alias = group.Alias,
            Members = [.. group.Members.Where(member => isIncluded(member.Host))],
            Presentation = group.Presentation,
            Position = group.Position,
        };
}
