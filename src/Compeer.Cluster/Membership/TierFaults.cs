using System.Collections.Immutable;
using Compeer.Cluster.Model;

namespace Compeer.Cluster.Membership;

/// <summary>
/// Where the merlin.conf files of several nodes do not fit together, as the reports tell: Merlin refuses such links (its test of the
/// cluster's shape); here all go on, and it is said.
/// </summary>
internal static class TierFaults
{
    /// <summary>One sentence for each fault that a node sees among its peers and in the groups below; none when all is well.</summary>
    /// <param name="view">What the reports say.</param>
    /// <param name="self">The node.</param>
    /// <param name="name">What it calls another one.</param>
    public static ImmutableArray<string> Of(ClusterView view, NodeId self, Func<NodeId, string> name) =>
        view.Component.FirstOrDefault(report => report.Node == self) is not { } own ? []
            : [.. OfMasters(view, own, name), .. OfPollers(view, own, name)];

    /// <summary>Who names a node that does not name it, and whom only that node still names: what its own merlin.conf lacks or has too
    /// much, of its masters, pollers and, where it has masters, its peers. One sentence; empty when it fits.</summary>
    /// <param name="view">What the reports say.</param>
    /// <param name="self">The node.</param>
    /// <param name="name">What it calls another one.</param>
    public static string OfOwn(ClusterView view, NodeId self, Func<NodeId, string> name)
    {
        if (view.Tree.FirstOrDefault(report => report.Node == self) is not { } own)
        {
            return "";
        }

        var others = view.Tree.Where(report => report.Node != self).ToList();
        if (Missing(others.Where(other => other.Pollers.Contains(self)), own.Masters, "its poller") is { } master)
        {
            return master;
        }

        if (Missing(others.Where(other => other.Masters.Contains(self)), own.Pollers, "its master") is { } poller)
        {
            return poller;
        }

        NodeReport[] masters = [.. others.Where(other => other.Pollers.Contains(self) && own.Masters.Contains(other.Node))];
        if (masters.Length == 0)
        {
            // Peers alone are of one group when either names the other.
            return "";
        }

        if (Missing(others.Where(other => other.Configured.Contains(self)), own.Configured, "its peer") is { } peer)
        {
            return peer;
        }

        NodeId[] gone = [.. own.Configured.Where(node => masters.All(one => !one.Pollers.Contains(node)))];
        return gone.Length == 0 ? "" : $"no master of this node's names {Names(gone, name)}, which merlin.conf here has as its peer";

        string? Missing(IEnumerable<NodeReport> naming, ImmutableArray<NodeId> named, string what)
        {
            NodeId[] missing = [.. naming.Select(other => other.Node).Except(named)];
            return missing.Length switch
            {
                0 => null,
                1 => $"{Names(missing, name)} names this node as {what}, and merlin.conf here does not name that one",
                _ => $"{Names(missing, name)} name this node as {what}, and merlin.conf here does not name these",
            };
        }
    }

    private static IEnumerable<string> OfMasters(ClusterView view, NodeReport own, Func<NodeId, string> name)
    {
        foreach (var other in view.Component.Where(report => report.Acting && report.Node != own.Node && report.Shape != own.Shape))
        {
            NodeId[] missing = [.. own.Pollers.Except(other.Pollers)];
            NodeId[] more = [.. other.Pollers.Except(own.Pollers)];
            string[] differences =
            [
                .. missing.Length == 0 ? (string[])[] : [$"it does not name {Names(missing, name)}"],
                .. more.Length == 0 ? (string[])[] : [$"this node does not name {Names(more, name)}"],
            ];
            var what = differences.Length > 0
                ? $"does not name the same pollers as this node: {string.Join(", and ", differences)}"
                : "names the same pollers as this node with other host groups, or another takeover";
            yield return $"{name(other.Node)} {what}. All checks of this group are run by {Names(view.Members, name)} until both "
                + "merlin.conf say the same";
        }
    }

    private static IEnumerable<string> OfPollers(ClusterView view, NodeReport own, Func<NodeId, string> name)
    {
        NodeId[] masters = [own.Node, .. own.Configured];
        foreach (var below in view.Below)
        {
            foreach (var poller in view.Tree.Where(report => report.Acting && below.Group.Nodes.BinarySearch(report.Node) >= 0))
            {
                NodeId[] peers = [.. below.Group.Nodes.Where(node => node != poller.Node).Except(poller.Configured)];
                if (peers.Length > 0)
                {
                    yield return $"poller {name(poller.Node)} does not name {Names(peers, name)} as its peer, though their host groups, "
                        + $"{below.Group.Name}, are the same: they divide these only when each names the others ('mon node add NAME "
                        + "type=peer' there)";
                }

                NodeId[] others = [.. poller.Configured.Except(below.Group.Nodes)];
                if (others.Length > 0)
                {
                    yield return $"poller {name(poller.Node)} names {Names(others, name)} as its peer, of which this node knows no poller "
                        + $"with the host groups {below.Group.Name}";
                }

                NodeId[] unknown = [.. masters.Except(poller.Masters)];
                if (unknown.Length > 0)
                {
                    yield return $"poller {name(poller.Node)} does not name {Names(unknown, name)} as its master, and takes no connection "
                        + "from there";
                }
            }
        }
    }

    private static string Names(IEnumerable<NodeId> nodes, Func<NodeId, string> name) => string.Join(", ", nodes.Select(name));
}
