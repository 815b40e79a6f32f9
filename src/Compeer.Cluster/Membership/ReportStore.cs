using Compeer.Cluster.Model;
using Compeer.Cluster.Wire;

namespace Compeer.Cluster.Membership;

/// <summary>The newest report of every node heard of, this one's own included.</summary>
internal sealed class ReportStore
{
    private readonly SortedDictionary<NodeId, NodeReport> _reports = [];
    private ulong _digest;
    private long _digestOf = -1;

    public IEnumerable<NodeReport> All => _reports.Values;

    /// <summary>Rises with every change.</summary>
    public long Changes { get; private set; }

    /// <summary>A number for exactly these reports.</summary>
    public ulong Digest
    {
        get
        {
            if (_digestOf != Changes)
            {
                (_digest, _digestOf) = (Compute(), Changes);
            }

            return _digest;
        }
    }

    public NodeReport? Find(NodeId node) => _reports.GetValueOrDefault(node);

    /// <summary>Keeps a report if it is newer than the one known, which it says.</summary>
    public bool Add(NodeReport report)
    {
        if (_reports.TryGetValue(report.Node, out var known) && !report.IsNewerThan(known))
        {
            return false;
        }

        _reports[report.Node] = report;
        Changes++;
        return true;
    }

    /// <summary>
    /// Makes room, when there are too many, by forgetting nodes that cannot be reached. A forgotten report that comes again
    /// does no harm: no node that is alive names an edge to it.
    /// </summary>
    public void Trim(NodeId self)
    {
        if (_reports.Count > ProtocolLimits.MaxNodes)
        {
            var reached = Find(self) is { } own ? ClusterView.TreeOf(this, own).Select(report => report.Node).ToHashSet() : [];
            foreach (var node in _reports.Keys.Where(node => !reached.Contains(node)).ToArray())
            {
                _reports.Remove(node);
                Changes++;
            }
        }
    }

    /// <summary>Whether two nodes have both caught up with each other's present run.</summary>
    public bool AreAdjacent(NodeId one, NodeId other) =>
        Find(one) is { } left && Find(other) is { } right && AreAdjacent(left, right);

    private ulong Compute()
    {
        var hash = 0UL;
        foreach (var report in _reports.Values)
        {
            hash = StableHash.Mix(hash ^ StableHash.OfNode(report.Node));
            hash = StableHash.Mix(hash ^ (ulong)report.Incarnation);
            hash = StableHash.Mix(hash ^ (ulong)report.Sequence);
        }

        return hash;
    }

    public static bool AreAdjacent(NodeReport one, NodeReport other) => one.HasEdge(other.Run) && other.HasEdge(one.Run);
}
