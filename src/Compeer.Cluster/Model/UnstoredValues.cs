namespace Compeer.Cluster.Model;

/// <summary>What is to be written into the database, all of it or nothing, in the place of what it has for the same registers.</summary>
/// <param name="Mark">What <see cref="ClusterStorage.Confirm"/> is answered with.</param>
/// <param name="Values">The newest of each register.</param>
/// <param name="Gone">Registers that have no value any more.</param>
/// <param name="Knowledge">What the node has of the origins' writes, as far as it changed: true when the values are there.</param>
public sealed record UnstoredValues(
    long Mark, IReadOnlyList<Update> Values, IReadOnlyList<RegisterKey> Gone, IReadOnlyList<OriginKnowledge> Knowledge)
{
    /// <summary>What of streams is to be written; null for nothing.</summary>
    public UnstoredStreams? Streams { get; init; }
}
