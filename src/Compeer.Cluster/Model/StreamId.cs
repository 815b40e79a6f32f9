namespace Compeer.Cluster.Model;

/// <summary>An append-only stream.</summary>
/// <param name="Kind">Its kind; also one that this version does not know.</param>
/// <param name="Origin">The one node that writes it.</param>
public readonly record struct StreamId(StreamKind Kind, NodeId Origin);
