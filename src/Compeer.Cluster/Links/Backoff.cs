using Compeer.Cluster.Model;

namespace Compeer.Cluster.Links;

/// <summary>When to dial again: 100 ms, doubling to 2 s, spread by a quarter either way by the two nodes' ids.</summary>
internal static class Backoff
{
    private const double FirstMilliseconds = 100;
    private const double LongestMilliseconds = 2_000;

    /// <summary>The wait after so many failures in a row.</summary>
    public static TimeSpan After(int failures, NodeId self, NodeId neighbour)
    {
        var wait = Math.Min(LongestMilliseconds, FirstMilliseconds * Math.Pow(2, Math.Clamp(failures, 0, 16)));
        var hash = StableHash.Mix(StableHash.OfNode(self) ^ StableHash.OfNode(neighbour) + (ulong)failures);
        return TimeSpan.FromMilliseconds(wait * (0.75 + (hash % 1000 / 2000.0)));
    }
}
