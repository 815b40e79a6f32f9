using System.Collections.Immutable;

namespace Compeer.Cluster.Model;

/// <summary>What a node has of another's writes, for the wire.</summary>
/// <param name="Origin">Whose writes.</param>
/// <param name="Known">
/// The numbers that need not be sent to it again: it has what was written with them, or something newer for the same
/// register, or let it go. Ascending, neither overlapping nor touching.
/// </param>
/// <param name="Dropped">The lowest number that it let go, since it had no room: it vouches for the numbers below only. 0 for none.</param>
/// <param name="IsPartial">It has more than the ranges say: there was no room to remember all of them.</param>
public sealed record OriginKnowledge(NodeId Origin, ImmutableArray<WriteRange> Known, long Dropped, bool IsPartial = false)
{
    /// <summary>Everything up to a number.</summary>
    public static OriginKnowledge UpTo(NodeId origin, long sequence) => new(origin, [new WriteRange(1, sequence)], 0);
}
