using System.Collections.Concurrent;

namespace Compeer.Execution.Processes;

/// <summary>
/// One lane: the requests not yet started, in order, and the count of its running plugins, which has a limit. Any thread.
/// Whoever finds nothing to take may sleep only after it said so and looked again; <see cref="Enqueue"/> is a full fence, and so
/// is <see cref="Release"/>, so that one of the two sides sees the other.
/// </summary>
internal sealed class LaneQueue(int limit)
{
    private readonly ConcurrentQueue<(PluginRequest Request, long Since)> _requests = new();
    private int _waiting;
    private int _running;
    private int _held;
    private int _limit = limit;

    /// <summary>The most that run at a time. Lowering it ends nothing that runs.</summary>
    internal int Limit
    {
        get => Volatile.Read(ref _limit);
        set => Interlocked.Exchange(ref _limit, value);
    }

    /// <summary>How many run.</summary>
    internal int Running => Math.Max(0, Volatile.Read(ref _running) - Volatile.Read(ref _held));

    /// <summary>How many have not been started, those included whose start the system had no room for.</summary>
    internal int Waiting => Volatile.Read(ref _waiting) + Volatile.Read(ref _held);

    internal bool CanTake => Volatile.Read(ref _waiting) > 0 && Volatile.Read(ref _running) < Limit;

    /// <summary>Since when the oldest request waits, as it was given to <see cref="Enqueue"/>; null when none does.</summary>
    internal long? OldestSince => _requests.TryPeek(out var oldest) ? oldest.Since : null;

    internal void Enqueue(in PluginRequest request, long now)
    {
        _requests.Enqueue((request, now));
        Interlocked.Increment(ref _waiting);
    }

    /// <summary>Takes the oldest request and counts it as running until <see cref="Release"/>.</summary>
    internal bool TryTake(out PluginRequest request)
    {
        request = default;
        if (Volatile.Read(ref _waiting) == 0 || !TryReserve())
        {
            return false;
        }

        if (!_requests.TryDequeue(out var oldest))
        {
            Release();
            return false;
        }

        Interlocked.Decrement(ref _waiting);
        request = oldest.Request;
        return true;
    }

    /// <summary>One that was taken ends, or never begins.</summary>
    internal void Release() => Interlocked.Decrement(ref _running);

    /// <summary>One that was taken is to be shown as waiting: it could not be started yet.</summary>
    internal void Hold() => Interlocked.Increment(ref _held);

    /// <summary>The end of <see cref="Hold"/>.</summary>
    internal void Unhold() => Interlocked.Decrement(ref _held);

    private bool TryReserve()
    {
        var running = Volatile.Read(ref _running);
        while (running < Limit)
        {
            var seen = Interlocked.CompareExchange(ref _running, running + 1, running);
            if (seen == running)
            {
                return true;
            }

            running = seen;
        }

        return false;
    }
}
