using System.Collections.Immutable;
using Compeer.Cluster.Model;

namespace Compeer.Cluster.Membership;

/// <summary>A group of pollers as its masters see it: it is up while any of its nodes acts, as far as anybody in the tree says.</summary>
/// <param name="Group">Which group.</param>
/// <param name="Members">Its nodes that share its load, ascending; none when it is lost.</param>
/// <param name="Configured">The nodes that these name as peers, and they, ascending.</param>
/// <param name="InForce">The configuration that the members run; null when the group is lost.</param>
/// <param name="Silent">Those members whose masters notify in their place.</param>
internal sealed record GroupView(
    PollerGroup Group,
    ImmutableArray<NodeId> Members,
    ImmutableArray<NodeId> Configured,
    ConfigurationVersion? InForce,
    ImmutableArray<NodeId> Silent)
{
    /// <summary>Whether it checks its hosts.</summary>
    public bool IsUp => !Members.IsEmpty;

    public static GroupView Of(PollerGroup group, ImmutableArray<NodeReport> tree)
    {
        NodeReport[] nodes = [.. tree.Where(report => group.Nodes.BinarySearch(report.Node) >= 0)];
        var newest = nodes.Where(report => report.Acting).Select(report => report.Configuration).Max();
        var members = ClusterView.MembersOf(nodes, newest);
        return new GroupView(
            group,
            [.. members.Select(report => report.Node)],
            ClusterView.ConfiguredBy(members),
            newest,
            [.. members.Where(report => !report.Notifies).Select(report => report.Node)]);
    }
}
