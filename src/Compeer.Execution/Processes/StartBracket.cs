namespace Compeer.Execution.Processes;

/// <summary>
/// Around the one call of a station that may never come back, the start of a process: when it has taken too long, the station is
/// taken away from the thread that is in it. Which of the two comes first, the end or the taking, is decided by one comparison.
/// </summary>
internal sealed class StartBracket
{
    private long _state; // odd while a start is under way; one more at each beginning and end
    private long _began;

    /// <summary>Whether a start is under way.</summary>
    internal bool IsOpen => (Volatile.Read(ref _state) & 1) != 0;

    /// <summary>Any thread: whether a start is under way that began as long ago as the limit, or longer.</summary>
    internal bool HasTaken(long now, long limit) => IsOpen && now - Volatile.Read(ref _began) >= limit;

    /// <summary>What is being started, by whom; written before <see cref="Begin"/>, read after <see cref="TryTakeAway"/>.</summary>
    internal StartAttempt Attempt { get; set; }

    /// <summary>The station's thread begins a start; a full fence.</summary>
    internal long Begin(long now)
    {
        Volatile.Write(ref _began, now);
        return Interlocked.Increment(ref _state);
    }

    /// <summary>The start came back; false if the station was taken away meanwhile.</summary>
    internal bool TryEnd(long begin) => Interlocked.CompareExchange(ref _state, begin + 1, begin) == begin;

    /// <summary>Another thread: takes the station if its start has taken longer than the limit.</summary>
    internal bool TryTakeAway(long now, long limit)
    {
        var state = Volatile.Read(ref _state);
        return (state & 1) != 0
            && now - Volatile.Read(ref _began) >= limit
            && Interlocked.CompareExchange(ref _state, state + 1, state) == state;
    }
}
