namespace Compeer.Daemon.StatusFiles;

/// <summary>What a counter rose by in the last 1, 5 and 15 minutes, from what it was whenever somebody looked. One thread at a
/// time.</summary>
internal sealed class RecentCounts
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    private readonly Queue<(TimeSpan At, long Total)> _seen = [];

    /// <summary>The counter has this value now.</summary>
    /// <param name="now">The time, on a clock that never goes back.</param>
    /// <param name="total">The value; it only rises.</param>
    public (long One, long Five, long Fifteen) See(TimeSpan now, long total)
    {
        // The one that is old enough stays, with those after it.
        while (_seen.Count > 1 && now - _seen.ElementAt(1).At >= Longest)
        {
            _seen.Dequeue();
        }

        _seen.Enqueue((now, total));
        return (Since(now, total, TimeSpan.FromMinutes(1)), Since(now, total, TimeSpan.FromMinutes(5)), Since(now, total, Longest));
    }

    /// <summary>From the last look that is that long ago; when it is longer ago, as much of the rise as falls into the time.</summary>
    private long Since(TimeSpan now, long total, TimeSpan window)
    {
        (var at, var before) = _seen.LastOrDefault(seen => now - seen.At >= window, _seen.Peek());
        var share = now - at > window ? window / (now - at) : 1;
        return (long)Math.Round((total - before) * share);
    }
}
