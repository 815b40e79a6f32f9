using System.Collections.Immutable;
using Compeer.Configuration.Diagnostics;

namespace Compeer.Configuration.Objects.Definitions;

/// <summary>A <c>define servicegroup</c>, resolved.</summary>
public sealed class ServiceGroupDefinition
{
    /// <summary>The <c>servicegroup_name</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The <c>alias</c>; the name when absent.</summary>
    public required string Alias { get; init; }

    /// <summary>All members, sorted by name.</summary>
    public required ImmutableArray<ServiceDefinition> Members { get; init; }

    /// <summary>Its notes and links.</summary>
    public PresentationSettings Presentation { get; init; } = PresentationSettings.None;

    /// <summary>Where it is defined.</summary>
    public required SourcePosition Position { get; init; }
}
