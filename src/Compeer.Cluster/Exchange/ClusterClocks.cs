using Compeer.Cluster.Links;
using Compeer.Cluster.Membership;
using Compeer.Cluster.Model;
using Compeer.Cluster.Wire;

namespace Compeer.Cluster.Exchange;

/// <summary>
/// What time every node has, for times that it wrote: a neighbour's clock is heard, another's is as far ahead as the differences along the
/// shortest way to it add up to. What a node had is remembered when it can no longer be reached: its objects are taken over just then.
/// </summary>
internal sealed class ClusterClocks(ClusterContext context, LinkTable links, ReportStore reports)
{
    private static readonly TimeSpan Farthest = TimeSpan.FromMilliseconds(ProtocolLimits.MaxClockMilliseconds);

    /// <summary>The wall clocks of nodes that are no neighbours, as they would have been when this node's monotonic clock was 0.</summary>
    private Dictionary<NodeId, DateTimeOffset> _atZero = [];
    private long _reportChanges = -1;

    /// <summary>How far a node's clock is ahead of this one's; zero when that is not known, or less than a second.</summary>
    public TimeSpan Ahead(NodeId? node)
    {
        if (node is not { } other)
        {
            return TimeSpan.Zero;
        }

        if (links.Find(other) is { Clock.IsRead: true } neighbour)
        {
            return neighbour.Clock.Ahead(context.Now);
        }

        var ahead = _atZero.TryGetValue(other, out var atZero) ? atZero + context.Monotonic - context.Now.Wall : TimeSpan.Zero;
        return ahead.Duration() < NeighbourClock.Noticed ? TimeSpan.Zero : ahead;
    }

    /// <summary>Reads what the reports say, when they changed.</summary>
    public void Follow()
    {
        if (reports.Changes == _reportChanges)
        {
            return;
        }

        _reportChanges = reports.Changes;
        if (_atZero.Count == 0 && reports.All.All(report => report.EdgesAhead.IsEmpty))
        {
            return;
        }

        _atZero = _atZero.Where(known => reports.Find(known.Key) is not null).ToDictionary();
        foreach (var (node, ahead) in Reached())
        {
            _atZero[node] = context.Now.Wall + ahead - context.Monotonic;
        }
    }

    private Dictionary<NodeId, TimeSpan> Reached()
    {
        Dictionary<NodeId, TimeSpan> reached = new() { [context.Self] = TimeSpan.Zero };
        Queue<NodeId> open = new([context.Self]);
        while (open.TryDequeue(out var node))
        {
            if (reports.Find(node) is not { } from)
            {
                continue;
            }

            for (var edge = 0; edge < from.Edges.Length; edge++)
            {
                // What no clock can show is not followed: sums of what others say must not leave the range of times.
                var to = from.Edges[edge].Node;
                var ahead = reached[node] + from.ClockAhead(edge);
                if (!reached.ContainsKey(to) && ahead.Duration() <= Farthest && reports.AreAdjacent(node, to))
                {
                    reached[to] = ahead;
                    open.Enqueue(to);
                }
            }
        }

        return reached;
    }
}
