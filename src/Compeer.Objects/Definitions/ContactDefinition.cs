using System.Collections.Immutable;
using Compeer.Objects.Diagnostics;

namespace Compeer.Objects.Definitions;

/// <summary>A <c>define contact</c>, resolved.</summary>
public sealed class ContactDefinition
{
    /// <summary>The <c>contact_name</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The <c>alias</c>; the name when absent.</summary>
    public required string Alias { get; init; }

    /// <summary>The <c>email</c>; null when absent.</summary>
    public required string? Email { get; init; }

    /// <summary>The <c>pager</c>; null when absent.</summary>
    public required string? Pager { get; init; }

    /// <summary>Custom variables without their leading underscore, names in upper case, sorted by name.</summary>
    public required ImmutableArray<KeyValuePair<string, string>> CustomVariables { get; init; }

    /// <summary>Where it is defined.</summary>
    public required SourcePosition Position { get; init; }
}
