using System.Collections.Immutable;

namespace Compeer.Api;

/// <summary>The cluster as this node sees it (<c>GET /api/v1/nodes</c>).</summary>
/// <param name="Self">What this node calls itself.</param>
/// <param name="Members">Nodes that share the checks of this node's group now, this one included.</param>
/// <param name="ConfiguredPeers">Peers in merlin.conf, without this node.</param>
/// <param name="TotalHosts">Hosts in the running configuration, whoever checks them, and those that only a configuration which
/// is not in force has, so that shares of it never look whole while something is checked by nobody.</param>
/// <param name="TotalServices">Services, likewise.</param>
/// <param name="InForce">The configuration by which the checks run; null while no node in sight runs any.</param>
/// <param name="Unchecked">What nobody checks, of all configurations in sight.</param>
/// <param name="Nodes">Every node, this one first, then in the order of merlin.conf.</param>
/// <param name="ConfigurationProblems">Problems of merlin.conf, and when the nodes' configurations differ who runs the checks by
/// whose, what nobody checks and how to end it: one line each, empty when all is well.</param>
public sealed record NodesStatus(
    string Self,
    int Members,
    int ConfiguredPeers,
    int TotalHosts,
    int TotalServices,
    ConfigurationInForce? InForce,
    UncheckedObjects Unchecked,
    ImmutableArray<NodeStatus> Nodes,
    ImmutableArray<string> ConfigurationProblems)
{
    /// <summary>What outlives a restart of the answering node; null when nothing does.</summary>
    public StorageState? Storage { get; init; }

    /// <summary>The groups of pollers below the answering node, by name.</summary>
    public ImmutableArray<PollerGroupStatus> Groups { get; init; } = [];
}
