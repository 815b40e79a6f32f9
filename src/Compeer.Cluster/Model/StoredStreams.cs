namespace Compeer.Cluster.Model;

/// <summary>What an earlier run left of streams in the database of its node. The entries stay there until somebody wants them.</summary>
/// <param name="Extents">Which entries are there.</param>
/// <param name="Since">When this node began to keep them: what happened before, and came later, was never to be told here.</param>
/// <param name="Told">How far whoever tells people of them had come when the last of these entries was written; null when that was
/// never said.</param>
public sealed record StoredStreams(IReadOnlyList<StreamExtent> Extents, DateTimeOffset Since, LogPosition? Told);
