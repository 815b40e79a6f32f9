using System.Collections.Immutable;

namespace Compeer.Api;

/// <summary>The cluster as this node sees it (<c>GET /api/v1/nodes</c>).</summary>
/// <param name="Self">What this node calls itself.</param>
/// <param name="Members">Nodes that share the checks of this node's group now, this one included.</param>
/// <param name="ConfiguredPeers">Peers in merlin.conf, without this node.</param>
/// <param name="TotalHosts">Hosts in the running configuration, whoever checks them.</param>
/// <param name="TotalServices">Services in the running configuration, whoever checks them.</param>
/// <param name="Nodes">Every node, this one first, then in the order of merlin.conf.</param>
/// <param name="ConfigurationProblems">Nodes whose configuration differs or was refused, and problems of merlin.conf:
/// one line each, empty when all is well.</param>
public sealed record NodesStatus(
    string Self,
    int Members,
    int ConfiguredPeers,
    int TotalHosts,
    int TotalServices,
    ImmutableArray<NodeStatus> Nodes,
    ImmutableArray<string> ConfigurationProblems);
