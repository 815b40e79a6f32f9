using Compeer.Configuration.Diagnostics;

namespace Compeer.Configuration.Objects.Definitions;

/// <summary>A dependency between two hosts, from a <c>define hostdependency</c> after expansion. One definition with both
/// kinds of options makes two.</summary>
public sealed record HostDependencyDefinition
{
    /// <summary>The host that is held back.</summary>
    public required HostDefinition Dependent { get; init; }

    /// <summary>The host whose state decides.</summary>
    public required HostDefinition Master { get; init; }

    /// <summary>What is held back.</summary>
    public required DependencyKind Kind { get; init; }

    /// <summary>The states of the master in which it is held back.</summary>
    public required StateOptions FailureOptions { get; init; }

    /// <summary>Whether the master's own dependencies count too (<c>inherits_parent</c>).</summary>
    public required bool InheritsParent { get; init; }

    /// <summary>When it holds (<c>dependency_period</c>); null means always.</summary>
    public required TimePeriodDefinition? Period { get; init; }

    /// <summary>Where it is defined.</summary>
    public required SourcePosition Position { get; init; }
}
