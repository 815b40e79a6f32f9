using System.Collections.Immutable;
using Compeer.Cluster.Model;

namespace Compeer.Cluster.Membership;

/// <summary>
/// Where a node stands in the tree: which nodes are of its group, above and below it. An edge leads up, down or across by what the
/// reports of its two ends say.
/// </summary>
internal sealed class TierMap
{
    private readonly Dictionary<NodeId, NodeReport> _nodes;

    public TierMap(ImmutableArray<NodeReport> tree, NodeReport own)
    {
        Tree = tree;
        if (tree.All(report => report.Masters.IsEmpty && report.Pollers.IsEmpty))
        {
            // The usual case, peers only.
            (_nodes, Group, Related, Heard) = ([], tree, tree, [.. tree.Select(report => report.Node)]);
            return;
        }

        _nodes = tree.ToDictionary(report => report.Node);
        var named = Named(own);
        var carriers = Reach([own.Node], (from, to) => !IsDown(from, to) || named.Contains(to.Node));
        Group = [.. tree.Where(report => carriers.Contains(report.Node) && named.Contains(report.Node))];
        NodeId[] group = [.. Group.Select(report => report.Node)];
        var above = Reach(group, (from, to) => !IsDown(from, to));
        var below = Reach(group, IsDown);
        Related = [.. tree.Where(report => above.Contains(report.Node) || below.Contains(report.Node))];
        Heard = [.. below];
    }

    /// <summary>All nodes, ascending.</summary>
    public ImmutableArray<NodeReport> Tree { get; }

    /// <summary>Those of the node's group that it reaches over nodes that have everything of the group: peers and masters. Ascending.
    /// </summary>
    public ImmutableArray<NodeReport> Group { get; }

    /// <summary>The group, those above it and those below it, ascending.</summary>
    public ImmutableArray<NodeReport> Related { get; }

    /// <summary>The group and those below it.</summary>
    public ImmutableHashSet<NodeId> Heard { get; }

    private static bool IsDown(NodeReport from, NodeReport to) => from.Pollers.Contains(to.Node) || to.Masters.Contains(from.Node);

    /// <summary>The nodes that name each other as peers, from one to the next, reached or not.</summary>
    private HashSet<NodeId> Named(NodeReport own)
    {
        var named = new HashSet<NodeId> { own.Node };
        for (var isMore = true; isMore;)
        {
            isMore = false;
            foreach (var report in Tree)
            {
                var isNamed = named.Contains(report.Node);
                foreach (var peer in report.Configured)
                {
                    isMore |= isNamed ? _nodes.ContainsKey(peer) && named.Add(peer) : named.Contains(peer) && named.Add(report.Node);
                }
            }
        }

        return named;
    }

    private HashSet<NodeId> Reach(IEnumerable<NodeId> first, Func<NodeReport, NodeReport, bool> isAllowed)
    {
        var reached = new HashSet<NodeId>(first);
        var open = new Queue<NodeReport>(reached.Select(node => _nodes[node]));
        while (open.TryDequeue(out var from))
        {
            foreach (var edge in from.Edges)
            {
                if (!reached.Contains(edge.Node) && _nodes.TryGetValue(edge.Node, out var to) && ReportStore.AreAdjacent(from, to)
                    && isAllowed(from, to))
                {
                    reached.Add(to.Node);
                    open.Enqueue(to);
                }
            }
        }

        return reached;
    }
}
