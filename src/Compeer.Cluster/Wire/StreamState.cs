using System.Collections.Immutable;
using Compeer.Cluster.Model;

namespace Compeer.Cluster.Wire;

/// <summary>What a node has of a stream, and whether it wants more.</summary>
/// <param name="Stream">Which stream.</param>
/// <param name="Numbers">The numbers that it has, above the floor: exactly these, none that it let go or never got.</param>
/// <param name="Floor">It has nothing up to this number, and wants nothing.</param>
/// <param name="IsWanted">The receiver is to send what it has beyond, and what comes.</param>
internal sealed record StreamState(StreamId Stream, ImmutableArray<WriteRange> Numbers, long Floor, bool IsWanted);
