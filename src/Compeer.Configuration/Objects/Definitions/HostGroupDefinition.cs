using System.Collections.Immutable;
using Compeer.Configuration.Diagnostics;

namespace Compeer.Configuration.Objects.Definitions;

/// <summary>A <c>define hostgroup</c>, resolved.</summary>
public sealed class HostGroupDefinition
{
    /// <summary>The <c>hostgroup_name</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The <c>alias</c>; the name when absent.</summary>
    public required string Alias { get; init; }

    /// <summary>All members, sorted by name.</summary>
    public required ImmutableArray<HostDefinition> Members { get; init; }

    /// <summary>Its notes and links.</summary>
    public PresentationSettings Presentation { get; init; } = PresentationSettings.None;

    /// <summary>Where it is defined.</summary>
    public required SourcePosition Position { get; init; }
}
