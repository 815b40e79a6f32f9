using System.Collections.Immutable;

namespace Compeer.Cluster.Model;

/// <summary>What a store has of a stream.</summary>
/// <param name="Stream">Which stream.</param>
/// <param name="Numbers">The numbers of its entries: ascending, neither overlapping nor touching, above <paramref name="Floor"/>.</param>
/// <param name="Floor">Nothing up to this number is kept: it was let go for want of room, or for its age. 0 for none.</param>
public sealed record StreamExtent(StreamId Stream, ImmutableArray<WriteRange> Numbers, long Floor);
