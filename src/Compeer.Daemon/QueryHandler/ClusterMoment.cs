using System.Collections.Immutable;
using Compeer.Api;
using Compeer.Daemon.Nodes;

namespace Compeer.Daemon.QueryHandler;

/// <summary>The cluster at one moment.</summary>
/// <param name="Nodes">The neighbours as merlin.conf has them.</param>
/// <param name="Status">All nodes, this one first.</param>
/// <param name="Expired">Checks whose results should have been there, the first of them.</param>
/// <param name="DataTimeout">Silence after which a node counts as lost, where merlin.conf does not say.</param>
internal sealed record ClusterMoment(
    NodeSet Nodes, NodesStatus Status, ImmutableArray<OverdueCheck> Expired, TimeSpan DataTimeout);
