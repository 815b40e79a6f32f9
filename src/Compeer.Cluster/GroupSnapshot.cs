using System.Collections.Immutable;
using Compeer.Cluster.Model;

namespace Compeer.Cluster;

/// <summary>A group of pollers below this node: those with the same host groups.</summary>
/// <param name="Name">The host groups, sorted, with commas between them.</param>
/// <param name="Nodes">The pollers that the configuration names, ascending.</param>
/// <param name="Active">Those that share its load now, ascending.</param>
/// <param name="Takeover">Whether this node's group checks its objects when it is lost.</param>
/// <param name="Hosts">The hosts that are its own.</param>
/// <param name="Services">Their services.</param>
public sealed record GroupSnapshot(
    string Name, ImmutableArray<NodeId> Nodes, ImmutableArray<NodeId> Active, bool Takeover, int Hosts, int Services)
{
    /// <summary>How many of its objects the pollers that act do not have.</summary>
    public int Lacking { get; init; }

    /// <summary>How many of its objects nobody checks: those that its pollers do not check, when they are not taken over.</summary>
    public int Stale => Takeover ? 0 : Active.IsEmpty ? Hosts + Services : Lacking;
}
