using Compeer.Configuration.Diagnostics;
using Compeer.Configuration.Nodes;
using Compeer.Configuration.Objects.Definitions;

namespace Compeer.Daemon.Configuration;

/// <summary>What of merlin.conf and the objects does not fit together: host groups of pollers that there are not, hosts that two
/// pollers are to check.</summary>
internal static class PollerChecks
{
    /// <summary>Warnings, each with the place of the poller's block.</summary>
    public static IEnumerable<Diagnostic> Of(string merlinFile, IEnumerable<NodeDefinition> nodes, ObjectConfiguration objects)
    {
        var owners = new Dictionary<HostDefinition, NodeDefinition>();
        foreach (var group in PollerPart.GroupsOf(nodes))
        {
            var first = group.First();
            var members = objects.HostGroups.Where(known => first.HostGroups.Contains(known.Name)).ToList();
            if (first.HostGroups.Except(members.Select(known => known.Name)).ToList() is { Count: > 0 } unknown)
            {
                yield return Warning(
                    first, $"poller {NamesOf(group)}: {PollerPart.Unknown(unknown, objects)}; it cannot get its configuration");
            }

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
                    first,
                    $"host '{names[0].Name}'{(names.Count > 1 ? $" and {names.Count - 1} more" : "")} "
                    + $"{(names.Count > 1 ? "are" : "is")} in host groups of two pollers, {others.Key.Name} and {first.Name}");
            }
        }

        Diagnostic Warning(NodeDefinition node, string message) =>
            new(DiagnosticSeverity.Warning, new SourcePosition(merlinFile, node.SourceLine), message);
    }

    private static string NamesOf(IEnumerable<NodeDefinition> pollers) => string.Join(", ", pollers.Select(poller => poller.Name));
}
