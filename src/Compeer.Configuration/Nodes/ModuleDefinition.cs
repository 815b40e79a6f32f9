using System.Collections.Immutable;

namespace Compeer.Configuration.Nodes;

/// <summary>The <c>module</c> block: settings that belonged to Merlin's module inside Naemon.</summary>
public sealed record ModuleDefinition
{
    /// <summary>Whether this node sends notifications (<c>notifies</c>), default true.</summary>
    public required bool Notifies { get; init; }

    /// <summary>What is run when other nodes' configurations name nodes that this one's does not, or the other way
    /// (<c>cluster_update</c>): a command line that should mend this node's. Null when there is none.</summary>
    public string? ClusterUpdate { get; init; }

    /// <summary>All other keys of the block, as written.</summary>
    public required ImmutableArray<MerlinSetting> Settings { get; init; }
}
