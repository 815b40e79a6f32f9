using System.Collections.Immutable;

namespace Compeer.Configuration.Nodes;

/// <summary>The <c>module</c> block: settings that belonged to Merlin's module inside Naemon.</summary>
public sealed record ModuleDefinition
{
    /// <summary>Whether this node sends notifications (<c>notifies</c>), default true.</summary>
    public required bool Notifies { get; init; }

    /// <summary>All other keys of the block, as written.</summary>
    public required ImmutableArray<MerlinSetting> Settings { get; init; }
}
