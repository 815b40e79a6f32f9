namespace Compeer.Cluster.Replication;

/// <summary>
/// A clock that keeps near the wall clock and never gives a stamp that is not above all it gave or saw before
/// (Kulkarni, Demirbas et al. 2014): the upper 48 bits are milliseconds since 1970, the lower 16 count within one. A
/// counter that overflows carries into the milliseconds, which keeps the order and costs a millisecond.
/// </summary>
internal sealed class HybridLogicalClock
{
    private const int CounterBits = 16;
    private ulong _last;

    /// <summary>The next stamp at a wall clock time; times before 1970 count as that.</summary>
    public ulong Next(DateTimeOffset wall)
    {
        _last = Math.Max(_last + 1, FromWall(wall));
        return _last;
    }

    /// <summary>Takes note of a stamp that another node gave.</summary>
    public void Observe(ulong clock) => _last = Math.Max(_last, clock);

    public static ulong FromWall(DateTimeOffset wall) => (ulong)Math.Max(0, wall.ToUnixTimeMilliseconds()) << CounterBits;

    /// <summary>How far a stamp is ahead of a wall clock; negative when it is behind.</summary>
    public static TimeSpan Ahead(ulong clock, DateTimeOffset wall) =>
        TimeSpan.FromMilliseconds((long)(clock >> CounterBits) - wall.ToUnixTimeMilliseconds());
}
