using Compeer.Cluster.Model;

namespace Compeer.Daemon.Links;

/// <summary>A neighbour as the links see it: where it is and which key it must show.</summary>
internal sealed record LinkTarget(NodeId Id, string Name, string Address, int Port, PublicKeyPin Pin);
