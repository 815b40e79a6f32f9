using Compeer.Cluster.Links;
using Compeer.Cluster.Membership;
using Compeer.Cluster.Model;
using Compeer.Cluster.Wire;

namespace Compeer.Cluster.Exchange;

/// <summary>On which link the shortest way to a node begins.</summary>
internal sealed class Ways(ClusterContext context, LinkTable links, ReportStore reports)
{
    /// <summary>The link, to a neighbour that understands something; null when there is no way.</summary>
    public LinkId? To(NodeId target, Capabilities needed)
    {
        if (Usable(target, needed) is { } direct)
        {
            return direct;
        }

        var reached = new HashSet<NodeId> { target, context.Self };
        var open = new Queue<NodeId>([target]);
        while (open.TryDequeue(out var node))
        {
            foreach (var edge in reports.Find(node)?.Edges ?? [])
            {
                if (!reports.AreAdjacent(node, edge.Node) || !reached.Add(edge.Node))
                {
                    continue;
                }

                if (Usable(edge.Node, needed) is { } link)
                {
                    return link;
                }

                open.Enqueue(edge.Node);
            }
        }

        return null;
    }

    private LinkId? Usable(NodeId node, Capabilities needed) =>
        links.Find(node)?.Greeted is { } link && link.Hello!.Capabilities.HasFlag(needed) ? link.Id : null;
}
