using System.Collections.Concurrent;

namespace Compeer.Execution.Processes;

/// <summary>
/// The requests not yet started, in order, and the count of running plugins, which has a limit. Any thread. Whoever finds
/// nothing to take may sleep only after it said so and looked again; <see cref="Enqueue"/> is a full fence, and so is
/// <see cref="Release"/>, so that one of the two sides sees the other.
/// </summary>
internal sealed class PluginQueue(int limit)
{
    private readonly ConcurrentQueue<PluginRequest> _requests = new();
    private int _waiting;
    private int _running;
    private int _limit = limit;

    /// <summary>The most that run at a time. Lowering it ends nothing that runs.</summary>
    internal int Limit
    {
        get => Volatile.Read(ref _limit);
        set => Interlocked.Exchange(ref _limit, value);
    }

    internal int Running => Volatile.Read(ref _running);

    internal int Waiting => Volatile.Read(ref _waiting);

    internal bool CanTake => Waiting > 0 && Running < Limit;

    internal void Enqueue(in PluginRequest request)
    {
        _requests.Enqueue(request);
        Interlocked.Increment(ref _waiting);
    }

    /// <summary>Takes the oldest request and counts it as running until <see cref="Release"/>.</summary>
    internal bool TryTake(out PluginRequest request)
    {
        request = default;
        if (Waiting == 0 || !TryReserve())
        {
            return false;
        }

        if (!_requests.TryDequeue(out request))
        {
            Release();
            return false;
        }

        Interlocked.Decrement(ref _waiting);
        return true;
    }

    internal void Release() => Interlocked.Decrement(ref _running);

    private bool TryReserve()
    {
        var running = Running;
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
