using Compeer.Cluster.Links;
using Compeer.Cluster.Membership;
using Compeer.Cluster.Model;

namespace Compeer.Cluster.Exchange;

/// <summary>
/// Reports that changed, gathered for a moment: a join changes every node's report several times, and what goes out at once
/// is one frame a neighbour. A node's own report is for all its neighbours; another's goes only to those that do not hear
/// that node themselves. What is lost by this, because who hears whom changes just now, the digest in the pulse repairs.
/// </summary>
internal sealed class ReportOutbox(ClusterContext context, LinkTable links, ReportStore reports)
{
    /// <summary>How long changes are gathered.</summary>
    public static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(25);

    private readonly Dictionary<NodeId, NodeId> _changed = [];

    /// <summary>When they are to be sent.</summary>
    public TimeSpan FlushAt { get; private set; } = TimeSpan.MaxValue;

    /// <summary>A node's report changed.</summary>
    /// <param name="node">Whose.</param>
    /// <param name="from">Which neighbour said so; this node for its own.</param>
    public void Add(NodeId node, NodeId from)
    {
        _changed[node] = from;
        FlushAt = FlushAt == TimeSpan.MaxValue ? context.Monotonic + Gathering : FlushAt;
    }

    /// <summary>Takes out what is to be sent on each link.</summary>
    public IReadOnlyList<(Link Link, IReadOnlyList<NodeReport> Reports)> TakeAll()
    {
        var all = links.GreetedLinks()
            .Select(link => (Link: link, Reports: For(link.Neighbour.Config.Id)))
            .Where(pair => pair.Reports.Count > 0)
            .ToArray();
        _changed.Clear();
        FlushAt = TimeSpan.MaxValue;
        return all;
    }

    private IReadOnlyList<NodeReport> For(NodeId neighbour) => [.. _changed
        .Where(change => change.Key == context.Self
            || (change.Key != neighbour && change.Value != neighbour && !reports.AreAdjacent(change.Key, neighbour)))
        .Select(change => reports.Find(change.Key))
        .OfType<NodeReport>()];
}
