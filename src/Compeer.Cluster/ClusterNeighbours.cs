using Compeer.Cluster.Exchange;
using Compeer.Cluster.Links;
using Compeer.Cluster.Model;

namespace Compeer.Cluster;

/// <summary>What a <see cref="ClusterMachine"/> knows of its configured neighbours at any moment, for those that ask often.</summary>
public sealed class ClusterNeighbours
{
    private readonly LinkTable _links;
    private readonly ClusterClocks _clocks;

    internal ClusterNeighbours(LinkTable links, ClusterClocks clocks) => (_links, _clocks) = (links, clocks);

    /// <summary>Those that are not active: what they do now is heard of later.</summary>
    public IReadOnlyList<NodeId> Away =>
        [.. _links.Neighbours.Where(neighbour => neighbour.State != NodeLinkState.Active).Select(neighbour => neighbour.Config.Id)];

    /// <summary>Whether there are any.</summary>
    public bool IsAny => _links.Neighbours.Count > 0;

    /// <summary>Whether any of them is active.</summary>
    public bool IsAnyActive => _links.Neighbours.Any(neighbour => neighbour.State == NodeLinkState.Active);

    /// <summary>Whether a node is one of them, rather than known through others.</summary>
    public bool Has(NodeId node) => _links.Find(node) is not null;

    /// <summary>Whether a node is a master of this one.</summary>
    public bool IsMaster(NodeId node) => _links.Find(node)?.Config.Kind == NeighbourKind.Master;

    /// <summary>How far the wall clock of a node is ahead of this node's; zero when that is not known.</summary>
    public TimeSpan ClockAhead(NodeId node) => _clocks.Ahead(node);

    /// <summary>What this node's configuration calls another; the start of its id when it does not know it.</summary>
    public string NameOf(NodeId node) => _links.NameOf(node);
}
