using System.Collections.Immutable;

namespace Compeer.Configuration.Objects.Definitions;

/// <summary>A <c>define host</c>, resolved.</summary>
public sealed class HostDefinition : CheckableDefinition
{
    /// <summary>Which of the configuration's hosts it is.</summary>
    public required HostId Id { get; init; }

    /// <summary>The <c>host_name</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The <c>alias</c>; the name when absent.</summary>
    public required string Alias { get; init; }

    /// <summary>The <c>address</c>; the name when absent.</summary>
    public required string Address { get; init; }

    /// <summary>The hosts through which it is reached (<c>parents</c>), sorted by name. With
    /// <c>allow_circular_dependencies</c> they may lead back to it; a host is never its own parent.</summary>
    public ImmutableArray<HostDefinition> Parents { get; internal set; } = [];
}
