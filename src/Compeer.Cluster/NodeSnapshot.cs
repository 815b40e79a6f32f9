using Compeer.Cluster.Model;

namespace Compeer.Cluster;

/// <summary>What this node knows about another one.</summary>
public sealed record NodeSnapshot
{
    /// <summary>Who it is.</summary>
    public required NodeId Id { get; init; }

    /// <summary>What this node's configuration calls it; the start of its id when the configuration does not know it.</summary>
    public required string Name { get; init; }

    /// <summary>What it is to this node.</summary>
    public required NeighbourKind Kind { get; init; }

    /// <summary>False: only other nodes' configuration names it.</summary>
    public required bool IsConfigured { get; init; }

    /// <summary>How it is connected to this node.</summary>
    public required NodeLinkState State { get; init; }

    /// <summary>Since when, by the wall clock.</summary>
    public required DateTimeOffset StateSince { get; init; }

    /// <summary>When the present connection was made, by the wall clock; null when there is none.</summary>
    public DateTimeOffset? ConnectedSince { get; init; }

    /// <summary>When its last frame came, by the wall clock; null when none came yet.</summary>
    public DateTimeOffset? LastAlive { get; init; }

    /// <summary>The time a pulse and its echo took last; null before the first echo.</summary>
    public TimeSpan? RoundTrip { get; init; }

    /// <summary>Whether it is in the same division as this node, directly or through others.</summary>
    public required bool IsMember { get; init; }

    /// <summary>Its present run: when its process started, in milliseconds since 1970; null when never heard of.</summary>
    public long? Incarnation { get; init; }

    /// <summary>The object configuration it runs; null when never heard of.</summary>
    public ConfigurationVersion? ConfigurationVersion { get; init; }

    /// <summary>Whether that is the configuration by which the checks run.</summary>
    public required bool IsInForce { get; init; }

    /// <summary>How many objects its configuration has; null when it did not say so yet.</summary>
    public int? Objects { get; init; }

    /// <summary>How many of them it runs, as it said last; null when it did not say so yet.</summary>
    public int? Held { get; init; }

    /// <summary>What of its configuration is checked by nobody, as far as it knows.</summary>
    public required UncheckedObjects Unchecked { get; init; }

    /// <summary>The configuration of others that it does not take up, as it said last; null when there is none.</summary>
    public RefusedConfiguration? Refused { get; init; }

    /// <summary>Its software; null when never connected.</summary>
    public string? SoftwareVersion { get; init; }

    /// <summary>Why it is not active; empty when it is.</summary>
    public required string Reason { get; init; }
}
