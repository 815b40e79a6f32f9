using System.Buffers;
using System.Collections.Immutable;
using Compeer.Configuration.Diagnostics;
using Compeer.Configuration.Main;
using Compeer.Configuration.Nodes;
using Compeer.Configuration.Objects.Definitions;
using Compeer.Configuration.Objects.Splitting;

namespace Compeer.Daemon.Configuration;

/// <summary>The part of this node's configuration that some pollers get: those that have the same host groups, and are peers of each
/// other.</summary>
/// <param name="Pollers">They; at least one.</param>
/// <param name="Part">The part; null when it cannot be made.</param>
/// <param name="Problem">Why it cannot be made; empty when it can.</param>
internal sealed record PollerPart(ImmutableArray<NodeDefinition> Pollers, ConfigurationPart? Part, string Problem)
{
    /// <summary>Makes the parts for all pollers among some nodes, in the order in which the first of each group is configured.</summary>
    /// <param name="main">The main configuration; the commands that it names are in every part, as a poller's own may name them.</param>
    /// <param name="objects">The whole.</param>
    /// <param name="nodes">Nodes of any kind.</param>
    public static ImmutableArray<PollerPart> Of(MainConfiguration main, ObjectConfiguration objects, IEnumerable<NodeDefinition> nodes)
    {
        string[] commands = [.. main.Commands.Select(command => command.Call.Split('!')[0])];
        return [.. GroupsOf(nodes).Select(group => Make(group.Key, [.. group]))];

        PollerPart Make(string key, ImmutableArray<NodeDefinition> pollers)
        {
            var part = ConfigurationSplit.TakeOut(objects, [.. key.Split(',')], commands, out var unknown);
            return new PollerPart(pollers, part, part is null ? Unknown(unknown, objects) : "");
        }
    }

    /// <summary>Pollers by their host groups, in whatever order those are written.</summary>
    public static IEnumerable<IGrouping<string, NodeDefinition>> GroupsOf(IEnumerable<NodeDefinition> nodes) => nodes
        .Where(node => node.Kind == NodeKind.Poller)
        .GroupBy(node => string.Join(',', node.HostGroups.Distinct().Order(StringComparer.Ordinal)), StringComparer.Ordinal);

    /// <summary>Host groups that there are none of, in words.</summary>
    public static string Unknown(IReadOnlyCollection<string> names, ObjectConfiguration objects) => string.Join("; ", names.Select(name =>
        $"there is no host group '{name}'" + SimilarName.Hint(name, objects.HostGroups.Select(group => group.Name))));

    /// <summary>Writes it.</summary>
    public void Write(MainConfiguration main, IBufferWriter<byte> output) =>
        Part!.Write(main.IntervalLength, main.HostCheckTimeout, main.ServiceCheckTimeout, output);
}
