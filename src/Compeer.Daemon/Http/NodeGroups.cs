using Compeer.Cluster;
using Compeer.Cluster.Model;
using Compeer.Configuration.Nodes;
using Compeer.Daemon.Nodes;

namespace Compeer.Daemon.Http;

/// <summary>Where nodes stand in the groups that divide the checks: this node's own with its peers, those of its pollers, and its masters',
/// of whose objects it knows none.</summary>
internal sealed class NodeGroups
{
    private readonly ClusterSnapshot _cluster;
    private readonly NodeGroup _own;
    private readonly NodeGroup _masters;

    /// <param name="nodes">The neighbours of merlin.conf.</param>
    /// <param name="cluster">Who is there, and which groups there are.</param>
    /// <param name="shares">Who has how many checks.</param>
    public NodeGroups(NodeSet nodes, ClusterSnapshot cluster, NodeShares shares)
    {
        _cluster = cluster;
        var below = cluster.Groups.Where(group => !group.Active.IsEmpty || !group.Takeover).ToList();
        _own = new NodeGroup(
            Math.Max(0, cluster.Members.Length - 1),
            nodes.Nodes.Count(node => node.Definition.Kind == NodeKind.Peer),
            shares.TotalHosts - below.Sum(group => group.Hosts),
            shares.TotalServices - below.Sum(group => group.Services));
        _masters = new NodeGroup(
            Math.Max(0, cluster.Nodes.Count(node => node is { Kind: NeighbourKind.Master, State: NodeLinkState.Active }) - 1),
            Math.Max(0, nodes.Nodes.Count(node => node.Definition.Kind == NodeKind.Master) - 1),
            Hosts: 0,
            Services: 0);
    }

    /// <summary>The place of a node in its group; -1 when it has none.</summary>
    public int PlaceOf(NodeId node) => _cluster.Members.IndexOf(node) is >= 0 and var place ? place
        : _cluster.Groups.Select(group => group.Active.IndexOf(node)).DefaultIfEmpty(-1).Max();

    /// <summary>The group of this node and its peers.</summary>
    public NodeGroup Own => _own;

    /// <summary>The group of a neighbour.</summary>
    /// <param name="kind">What it is to this node.</param>
    /// <param name="id">Who it is; null when its key is not known.</param>
    public NodeGroup Of(NodeKind kind, NodeId? id) => kind switch
    {
        NodeKind.Peer => _own,
        NodeKind.Master => _masters,
        _ => _cluster.Groups.FirstOrDefault(group => id is { } poller && group.Nodes.Contains(poller)) is { } group
            ? new NodeGroup(Math.Max(0, group.Active.Length - 1), group.Nodes.Length - 1, group.Hosts, group.Services)
            : new NodeGroup(0, 0, 0, 0),
    };

    /// <summary>A group as one of its nodes sees it.</summary>
    /// <param name="ActivePeers">The others of it that share its checks.</param>
    /// <param name="ConfiguredPeers">The others that there are.</param>
    /// <param name="Hosts">The hosts that it divides.</param>
    /// <param name="Services">The services.</param>
    public readonly record struct NodeGroup(int ActivePeers, int ConfiguredPeers, int Hosts, int Services);
}
