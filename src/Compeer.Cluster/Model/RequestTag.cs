namespace Compeer.Cluster.Model;

/// <summary>Says which request an answer belongs to, in the whole cluster and for good.</summary>
/// <param name="Origin">The node where it was asked.</param>
/// <param name="Incarnation">Its run then.</param>
/// <param name="Number">From 1 within that run.</param>
public readonly record struct RequestTag(NodeId Origin, long Incarnation, long Number);
