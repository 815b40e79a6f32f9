using System.Collections.Immutable;
using Compeer.Api;
using Compeer.Daemon.Nodes;

namespace Compeer.Daemon.QueryHandler;

/// <summary>The cluster at one moment.</summary>
/// <param name="Nodes">The neighbours as merlin.conf has them.</param>
/// <param name="Status">All nodes, this one first.</param>
/// <param name="Expired">Checks whose results should have been there.</param>
/// <param name="DataTimeout">Silence after which a node counts as lost, where merlin.conf does not say.</param>
internal sealed record ClusterMoment(
    NodeSet Nodes, NodesStatus Status, ImmutableArray<OverdueCheck> Expired, TimeSpan DataTimeout)
{
    /// <summary>What went over the links with each neighbour that there was one with, by its name.</summary>
    public ImmutableDictionary<string, NodeTraffic> Traffic { get; init; } = ImmutableDictionary<string, NodeTraffic>.Empty;

    /// <summary>When the configuration came that this node runs; null when it is not known.</summary>
    public DateTimeOffset? ConfigurationChangedAt { get; init; }
}
