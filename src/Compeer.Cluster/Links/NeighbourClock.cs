using Compeer.Cluster.Model;
using Compeer.Cluster.Wire;

namespace Compeer.Cluster.Links;

/// <summary>How far away a neighbour is, and what time it has.</summary>
internal sealed class NeighbourClock
{
    /// <summary>The least difference of two clocks that counts.</summary>
    public static readonly TimeSpan Noticed = TimeSpan.FromSeconds(1);

    /// <summary>The least difference that others are told of, and the least change of it: due times are believed within that.</summary>
    public static readonly TimeSpan Told = TimeSpan.FromSeconds(5);

    /// <summary>Round trips of which the shortest is believed: it has least of what is no distance, as in the clock filter of NTP
    /// (RFC 5905, section 10).</summary>
    private const int Kept = 8;

    private readonly Queue<TimeSpan> _roundTrips = new(Kept);
    private (DateTimeOffset Theirs, TimeSpan Here)? _read;
    private bool _isLate;

    /// <summary>The time a pulse and its echo took last; null before the first echo.</summary>
    public TimeSpan? RoundTrip { get; private set; }

    private TimeSpan Shortest => _roundTrips.Count == 0 ? TimeSpan.Zero : _roundTrips.Min();

    /// <summary>Whether it ever said what time it has.</summary>
    public bool IsRead => _read is not null;

    /// <summary>An echo of a pulse came. One that cannot be is not read.</summary>
    /// <param name="now">When.</param>
    /// <param name="sentTicks">When the pulse went out, on the same clock; 0 for none.</param>
    /// <param name="heldTicks">How long the neighbour had it.</param>
    public void Echo(TimeSpan now, long sentTicks, long heldTicks)
    {
        _isLate = false;
        if (sentTicks > 0 && sentTicks <= now.Ticks && heldTicks >= 0 && now.Ticks - sentTicks >= heldTicks)
        {
            var roundTrip = TimeSpan.FromTicks(now.Ticks - sentTicks - heldTicks);
            RoundTrip = roundTrip;
            if (_roundTrips.Count == Kept)
            {
                _roundTrips.Dequeue();
            }

            _roundTrips.Enqueue(roundTrip);
            _isLate = roundTrip - Shortest >= Noticed;
        }
    }

    /// <summary>It says what time it has; not read when it is further off than <see cref="ProtocolLimits.MaxClockMilliseconds"/>, nor,
    /// when another was read before, from a pulse whose echo shows that it lay about: one of the two nodes stood still.</summary>
    public void Read(ClusterTime now, long wallMilliseconds)
    {
        if (_isLate && IsRead)
        {
            _isLate = false;
            return;
        }

        var here = now.Wall.ToUnixTimeMilliseconds();
        const long Limit = ProtocolLimits.MaxClockMilliseconds;
        if (wallMilliseconds > here - Limit && wallMilliseconds < here + Limit)
        {
            _read = (DateTimeOffset.FromUnixTimeMilliseconds(wallMilliseconds) + (Shortest / 2), now.Monotonic);
        }
    }

    /// <summary>How far its wall clock is ahead of this node's; less than a second is none, as is a clock never read.</summary>
    public TimeSpan Ahead(ClusterTime now)
    {
        var ahead = Difference(now);
        return ahead.Duration() < Noticed ? TimeSpan.Zero : ahead;
    }

    /// <summary>The same, however little it is.</summary>
    public TimeSpan Difference(ClusterTime now) =>
        _read is { } read ? read.Theirs + (now.Monotonic - read.Here) - now.Wall : TimeSpan.Zero;
}
