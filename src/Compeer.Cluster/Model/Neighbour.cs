namespace Compeer.Cluster.Model;

/// <summary>A node that this node's configuration names.</summary>
/// <param name="Id">Who it is: from its public key.</param>
/// <param name="Name">What this node's <c>merlin.conf</c> calls it.</param>
/// <param name="Kind">What it is to this node. Only peers share the load.</param>
/// <param name="Connect">False: never dial it, wait for it to dial. Merlin: <c>connect = no</c>.</param>
/// <param name="DataTimeout">Its own silence limit, at least two pulse intervals; null for the option's.</param>
public sealed record Neighbour(NodeId Id, string Name, NeighbourKind Kind, bool Connect, TimeSpan? DataTimeout);
