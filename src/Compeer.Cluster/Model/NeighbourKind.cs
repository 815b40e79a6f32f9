namespace Compeer.Cluster.Model;

/// <summary>What a configured node is to this one. The numbers are part of stored and sent data: append only.</summary>
public enum NeighbourKind
{
    /// <summary>An equal: both share the same checks and take over from each other.</summary>
    Peer = 1,

    /// <summary>Below this node: checks the host groups given to it (Merlin also says "slave").</summary>
    Poller = 2,

    /// <summary>Above this node: sees what this node checks (Merlin also says "noc").</summary>
    Master = 3,
}
