using Compeer.Configuration.Diagnostics;
using Compeer.Configuration.Nodes;
using Compeer.Configuration.Objects.Definitions;

namespace Compeer.Daemon.Configuration;

/// <summary>What of merlin.conf and the objects does not fit together: host groups of pollers that there are not, hosts that two
/// pollers are to check.</summary>
internal static class PollerChecks
{
    /// <summary>Warnings, each with the place of the poller's block.</summary>
    public static IEnumerable<Diagnostic> Of(string merlinFile, IReadOnlyCollection<NodeDefinition> nodes, ObjectConfiguration objects) =>
        WithoutPart(merlinFile, nodes, objects).Concat(OfTwo(merlinFile, nodes, objects));

    /// <summary>What <c>ipc_blocked_hostgroups</c> keeps from being checked, in one sentence for each host group.</summary>
    public static IEnumerable<string> Blocked(MerlinConfiguration configuration, ObjectConfiguration objects)
    {
        foreach (var name in configuration.BlockedHostGroups)
        {
            var group = objects.HostGroups.FirstOrDefault(known => known.Name == name);
            var hosts = group?.Members.ToHashSet() ?? [];
            yield return group is null
                ? $"ipc_blocked_hostgroups: {PollerPart.Unknown([name], objects)}; it has no effect"
                : $"ipc_blocked_hostgroups: this node does not check the {hosts.Count} hosts of '{name}' and their "
                    + $"{objects.Services.Count(service => hosts.Contains(service.Host))} services, and where they are its own "
                    + "nobody does";
        }
    }

    /// <summary>Pollers whose part of the configuration cannot be made.</summary>
    public static IEnumerable<Diagnostic> WithoutPart(
        string merlinFile, IEnumerable<NodeDefinition> nodes, ObjectConfiguration objects)
    {
        var known = objects.HostGroups.Select(group => group.Name).ToHashSet(StringComparer.Ordinal);
        return PollerPart.GroupsOf(nodes)
            .Select(group => (Pollers: group, Unknown: group.First().HostGroups.Where(name => !known.Contains(name)).ToList()))
            .Where(pair => pair.Unknown.Count > 0)
            .Select(pair => Warning(
                merlinFile,
                pair.Pollers.First(),
                $"poller {string.Join(", ", pair.Pollers.Select(poller => poller.Name))}: "
                + $"{PollerPart.Unknown(pair.Unknown, objects)}; it cannot get its configuration"));
    }

    /// <summary>Hosts that two pollers have.</summary>
    private static IEnumerable<Diagnostic> OfTwo(string merlinFile, IEnumerable<NodeDefinition> nodes, ObjectConfiguration objects)
    {
        var owners = new Dictionary<HostDefinition, NodeDefinition>();
        foreach (var group in PollerPart.GroupsOf(nodes))
        {
            var first = group.First();
            var members = objects.HostGroups.Where(known => first.HostGroups.Contains(known.Name)).ToList();
            var taken = new List<(HostDefinition Host, NodeDefinition Other)>();
            foreach (var host in members.SelectMany(known => known.Members).Distinct())
            {
                if (!owners.TryAdd(host, first))
                {
                    taken.Add((host, owners[host]));
                }
            }

            foreach (var others in taken.GroupBy(pair => pair.Other, pair => pair.Host))
            {
                var names = others.ToList();
                yield return Warning(
                    merlinFile,
                    first,
                    $"host '{names[0].Name}'{(names.Count > 1 ? $" and {names.Count - 1} more" : "")} "
                    + $"{(names.Count > 1 ? "are" : "is")} in host groups of two pollers, {others.Key.Name} and {first.Name}");
            }
        }
    }

    private static Diagnostic Warning(string merlinFile, NodeDefinition node, string message) =>
        new(DiagnosticSeverity.Warning, new SourcePosition(merlinFile, node.SourceLine), message);
}
