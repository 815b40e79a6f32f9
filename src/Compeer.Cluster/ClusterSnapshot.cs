using System.Collections.Immutable;
using Compeer.Cluster.Model;

namespace Compeer.Cluster;

/// <summary>An immutable view of the cluster as this node sees it.</summary>
public sealed record ClusterSnapshot
{
    /// <summary>This node.</summary>
    public required NodeId Self { get; init; }

    /// <summary>This node's run.</summary>
    public required long Incarnation { get; init; }

    /// <summary>How far this node is.</summary>
    public required ClusterSelfState SelfState { get; init; }

    /// <summary>
    /// After <see cref="ClusterMachine.Leave"/>: all others have taken note, or had their time to; the process may stop.
    /// </summary>
    public required bool HandedOver { get; init; }

    /// <summary>The object configuration this node runs.</summary>
    public required ConfigurationVersion Version { get; init; }

    /// <summary>All other nodes, in the order of the configuration, then those only others know.</summary>
    public required ImmutableArray<NodeSnapshot> Nodes { get; init; }

    /// <summary>The nodes that share the load, ascending.</summary>
    public required ImmutableArray<NodeId> Members { get; init; }

    /// <summary>The nodes that own objects: <see cref="Members"/>, then those of the groups of pollers below.</summary>
    public required ImmutableArray<NodeId> Owning { get; init; }

    /// <summary>The groups of pollers below this node, by name.</summary>
    public required ImmutableArray<GroupSnapshot> Groups { get; init; }

    /// <summary>
    /// Per object the index of its owner in <see cref="Owning"/>; -1 when there is none, also when another configuration is in force
    /// and does not have it.
    /// </summary>
    public required ImmutableArray<short> Owners { get; init; }

    /// <summary>The configuration by which the checks run; null while nobody acts.</summary>
    public required ConfigurationVersion? InForce { get; init; }

    /// <summary>What of this node's configuration is checked by nobody.</summary>
    public required UncheckedObjects Unchecked { get; init; }

    /// <summary>The configuration of others that this node does not take up; null when there is none.</summary>
    public RefusedConfiguration? Refused { get; init; }

    /// <summary>
    /// Who runs what by whose configuration, what is checked by nobody, and how to end it, as the log has it; empty when all nodes
    /// have the same.
    /// </summary>
    public required string ConfigurationNotice { get; init; }

    /// <summary>Where the merlin.conf of this node, its peers and its pollers do not fit together: one sentence each.</summary>
    public ImmutableArray<string> TierFaults { get; init; } = [];

    /// <summary>What this node's own merlin.conf lacks or has too much, by what the others' name; empty when it fits. One sentence.
    /// </summary>
    public string OwnTierFault { get; init; } = "";

    /// <summary>
    /// How many objects this node runs. While a handover is under way it differs from its share in <see cref="Owners"/>.
    /// </summary>
    public required int Held { get; init; }

    /// <summary>A number for the division; two nodes that show the same one agree about all of it.</summary>
    public required ulong Fingerprint { get; init; }

    /// <summary>Values received for objects that this node's configuration does not have.</summary>
    public required long UnknownKeys { get; init; }

    /// <summary>Values received and stored.</summary>
    public required long Applied { get; init; }
}
