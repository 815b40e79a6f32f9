namespace Compeer.Cluster.Model;

/// <summary>One run of a node's process: what it writes is numbered from 1 within it.</summary>
internal readonly record struct Run(NodeId Node, long Incarnation);
