namespace Compeer.Cluster.Model;

/// <summary>An entry of a version vector: everything of the run up to the sequence number, or something newer.</summary>
internal readonly record struct RunSequence(Run Run, long Sequence);
