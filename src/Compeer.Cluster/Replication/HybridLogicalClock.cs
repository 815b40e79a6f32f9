namespace Compeer.Cluster.Replication;

/// <summary>
/// A clock that keeps near the wall clock and does not go back (Kulkarni, Demirbas et al. 2014): the upper 48 bits are
/// milliseconds since 1970, the lower 16 count within one. A counter that overflows carries into the milliseconds, which
/// keeps the order and costs a millisecond.
/// <para>
/// What others stamp drags it along by <see cref="MaxDrag"/> at most. A write that follows one which is farther ahead is
/// stamped above that one, and only that one: a node whose clock is a year ahead does not take the others with it.
/// </para>
/// </summary>
/// <param name="mark">The highest stamp that an earlier run gave.</param>
internal sealed class HybridLogicalClock(ulong mark = 0)
{
    /// <summary>How far ahead of the wall clock others, or an earlier run, can drag it.</summary>
    public static readonly TimeSpan MaxDrag = TimeSpan.FromMinutes(1);

    private const int CounterBits = 16;
    private ulong _last = mark;

    /// <summary>The highest stamp given or seen, as far as it counts.</summary>
    public ulong Last => _last;

    /// <summary>The next stamp at a wall clock time, above one that it must follow; times before 1970 count as that.</summary>
    public ulong Next(DateTimeOffset wall, ulong above = 0)
    {
        // A clock that was far ahead and was set right is right again.
        _last = _last > Limit(wall) ? FromWall(wall) : Math.Max(_last + 1, FromWall(wall));
        return Math.Max(_last, above + 1);
    }

    /// <summary>Takes note of a stamp that another node gave.</summary>
    public void Observe(ulong clock, DateTimeOffset wall) => _last = Math.Max(_last, Math.Min(clock, Limit(wall)));

    public static ulong FromWall(DateTimeOffset wall) => (ulong)Math.Max(0, wall.ToUnixTimeMilliseconds()) << CounterBits;

    private static ulong Limit(DateTimeOffset wall) => FromWall(wall) + ((ulong)MaxDrag.TotalMilliseconds << CounterBits);
}
