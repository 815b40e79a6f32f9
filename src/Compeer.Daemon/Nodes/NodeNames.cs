using Compeer.Cluster;
using Compeer.Cluster.Model;

namespace Compeer.Daemon.Nodes;

/// <summary>What nodes are called here: as in merlin.conf, or else by the start of their ids.</summary>
internal sealed class NodeNames(NodeSet nodes, ClusterSnapshot cluster)
{
    /// <summary>What a node calls itself, as in Merlin: it is not named in its own merlin.conf.</summary>
    public const string Self = "ipc";

    public string this[NodeId node] => node == cluster.Self
        ? Self
        : nodes.Nodes.FirstOrDefault(known => known.Pin?.Id == node)?.Definition.Name
            ?? cluster.Nodes.FirstOrDefault(known => known.Id == node)?.Name
            ?? node.ToString()[..8];
}
