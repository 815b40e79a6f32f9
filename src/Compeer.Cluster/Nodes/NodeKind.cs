namespace Compeer.Cluster.Nodes;

/// <summary>What a neighbour is to this node: the three block names of Merlin's <c>merlin.conf</c>.</summary>
public enum NodeKind
{
    /// <summary>An equal that shares the load.</summary>
    Peer = 1,

    /// <summary>A node that checks a part of the configuration for this one.</summary>
    Poller = 2,

    /// <summary>A node that this one checks a part of the configuration for.</summary>
    Master = 3,
}
