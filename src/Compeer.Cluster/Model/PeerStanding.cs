namespace Compeer.Cluster.Model;

/// <summary>How a configured neighbour stands with this node, for who decides on membership and needs no connections for it.</summary>
/// <param name="Node">The neighbour.</param>
/// <param name="Kind">What it is to this node.</param>
/// <param name="Edge">The run that this node has caught up with and counts on; null when it is down.</param>
/// <param name="Link">The greeted connection to it; null when there is none.</param>
/// <param name="IsSynced">Whether this node has caught up with it on that connection.</param>
/// <param name="HasFailed">Whether it could not be reached, or was refused, and nothing is on its way to it.</param>
/// <param name="ClockAhead">How far its clock is ahead of this node's, to five seconds; zero when that is not known.</param>
internal readonly record struct PeerStanding(
    NodeId Node, NeighbourKind Kind, Run? Edge, LinkId? Link, bool IsSynced, bool HasFailed, TimeSpan ClockAhead = default);
