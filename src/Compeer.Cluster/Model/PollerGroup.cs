using System.Collections.Immutable;

namespace Compeer.Cluster.Model;

/// <summary>Pollers with the same host groups: peers of each other, who divide the hosts in them, with their services.</summary>
/// <param name="Name">The host groups, sorted, with commas between them.</param>
/// <param name="HostGroups">The host groups, sorted.</param>
/// <param name="Nodes">The pollers, ascending.</param>
/// <param name="Takeover">Whether the group above checks its hosts when all of them are lost; where they differ, it does.</param>
internal sealed record PollerGroup(string Name, ImmutableArray<string> HostGroups, ImmutableArray<NodeId> Nodes, bool Takeover)
{
    /// <summary>The groups of the pollers that a configuration names, in the order of their names.</summary>
    public static ImmutableArray<PollerGroup> Of(IEnumerable<Neighbour> neighbours) =>
    [
        .. neighbours.Where(one => one.Kind == NeighbourKind.Poller)
            .GroupBy(one => string.Join(',', Sorted(one)), StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new PollerGroup(
                group.Key, Sorted(group.First()), [.. group.Select(one => one.Id).Order()], group.Any(one => one.Takeover))),
    ];

    /// <summary>A number for exactly these groups: nodes that share it divide hosts among the same groups. 0 for none.</summary>
    public static ulong ShapeOf(ImmutableArray<PollerGroup> groups)
    {
        var shape = 0UL;
        foreach (var group in groups)
        {
            shape = StableHash.Mix(shape ^ StableHash.OfText(group.Name) ^ (group.Takeover ? 1UL : 0UL));
            foreach (var node in group.Nodes)
            {
                shape = StableHash.Mix(shape ^ StableHash.OfNode(node));
            }
        }

        return groups.IsEmpty ? 0 : Math.Max(1, shape);
    }

    private static ImmutableArray<string> Sorted(Neighbour poller) =>
        [.. poller.HostGroups.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
