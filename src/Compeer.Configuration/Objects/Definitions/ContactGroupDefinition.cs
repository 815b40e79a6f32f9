using System.Collections.Immutable;
using Compeer.Configuration.Diagnostics;

namespace Compeer.Configuration.Objects.Definitions;

/// <summary>A <c>define contactgroup</c>, resolved.</summary>
public sealed class ContactGroupDefinition
{
    /// <summary>The <c>contactgroup_name</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The <c>alias</c>; the name when absent.</summary>
    public required string Alias { get; init; }

    /// <summary>All members, sorted by name.</summary>
    public required ImmutableArray<ContactDefinition> Members { get; init; }

    /// <summary>Where it is defined.</summary>
    public required SourcePosition Position { get; init; }
}
