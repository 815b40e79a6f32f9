namespace Compeer.Engine.Scheduling;

/// <summary>
/// What is due at times of the wall clock. The times stay as they were given, so that a jump of the clock needs no reckoning: what is
/// due is found by what the clock says when it is looked at.
/// </summary>
/// <typeparam name="TKey">What is due.</typeparam>
internal sealed class WallClockQueue<TKey>
    where TKey : struct, IComparable<TKey>
{
    private readonly Dictionary<TKey, long> _ticks = [];
    private readonly SortedSet<(long Ticks, TKey Key)> _queue = [];

    /// <summary>When the first is due, UTC ticks; null when nothing is.</summary>
    public long? Next => _queue.Count == 0 ? null : _queue.Min.Ticks;

    /// <summary>Sets when something is due; null for never.</summary>
    public void Set(TKey key, long? ticks)
    {
        if (_ticks.Remove(key, out var before))
        {
            _queue.Remove((before, key));
        }

        if (ticks is { } due)
        {
            _ticks[key] = due;
            _queue.Add((due, key));
        }
    }

    /// <summary>The first that is due by a time; it stays.</summary>
    public bool TryPeek(DateTimeOffset wall, out TKey key)
    {
        key = _queue.Count == 0 ? default : _queue.Min.Key;
        return _queue.Count > 0 && _queue.Min.Ticks <= wall.UtcTicks;
    }
}
