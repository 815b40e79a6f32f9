using Compeer.Configuration.Nodes.Syntax;

namespace Compeer.Configuration.Nodes.Reading;

/// <summary>Checks that concern several nodes at once.</summary>
internal static class NodeChecks
{
    /// <summary>Reports doubles, pollers that get in each other's way, and too many nodes.</summary>
    public static void Check(IReadOnlyList<NodeDefinition> nodes, MerlinFindings findings)
    {
        if (nodes.Count > MerlinConfigurationReader.MaximumNodes)
        {
            findings.Error(
                nodes[MerlinConfigurationReader.MaximumNodes].SourceLine,
                $"there are {nodes.Count} nodes; at most {MerlinConfigurationReader.MaximumNodes} are allowed");
            return;
        }

        CheckNames(nodes, findings);
        CheckAddresses(nodes, findings);
        CheckHostGroups(nodes, findings);
    }

    private static void CheckNames(IReadOnlyList<NodeDefinition> nodes, MerlinFindings findings)
    {
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var node in nodes)
        {
            if (!lines.TryAdd(node.Name, node.SourceLine))
            {
                findings.Error(
                    node.SourceLine, $"node {node.Name} is already defined on line {lines[node.Name]}; names have to differ");
            }
        }
    }

    private static void CheckAddresses(IReadOnlyList<NodeDefinition> nodes, MerlinFindings findings)
    {
        var names = new Dictionary<(string Address, int Port), string>();
        foreach (var node in nodes)
        {
            // Nodes behind one address that only dial in (connect = no) are told apart by key or uuid.
            if (node.Connect && !names.TryAdd((node.Address, node.Port), node.Name))
            {
                var other = names[(node.Address, node.Port)];
                if (other != node.Name)
                {
                    findings.Warn(
                        node.SourceLine,
                        $"node {node.Name} has the same address and port as {other}: {node.Address}:{node.Port}");
                }
            }
        }
    }

    /// <summary>Pollers with equal sets of host groups are peers of each other; sets that only overlap would check some
    /// hosts twice and others in turn, which Merlin also calls a conflict.</summary>
    private static void CheckHostGroups(IReadOnlyList<NodeDefinition> nodes, MerlinFindings findings)
    {
        NodeDefinition[] pollers = [.. nodes.Where(node => node.Kind == NodeKind.Poller)];
        for (var i = 0; i < pollers.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var mine = pollers[i].HostGroups.ToHashSet(StringComparer.Ordinal);
                if (!mine.SetEquals(pollers[j].HostGroups) && mine.Overlaps(pollers[j].HostGroups))
                {
                    findings.Warn(
                        pollers[i].SourceLine,
                        $"pollers {pollers[i].Name} and {pollers[j].Name} share some but not all of their host groups");
                }
            }
        }
    }
}
