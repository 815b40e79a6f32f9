namespace Compeer.Execution.Processes;

/// <summary>The threads that serve stations: one for each, and one more for each start that is left behind. Any thread.</summary>
internal sealed class StarterPool(SpawnSettings settings)
{
    private readonly Lock _lock = new();
    private readonly List<Starter> _all = [];
    private readonly Stack<Starter> _spare = new();
    private bool _isStopping;

    /// <summary>Lets a thread serve a station.</summary>
    internal void Serve(Station station)
    {
        lock (_lock)
        {
            if (!_spare.TryPop(out var starter))
            {
                starter = new Starter(_all.Count, this, settings);
                _all.Add(starter);
                starter.Start();
            }

            starter.Call(station);
        }
    }

    /// <summary>A thread has no station any more.</summary>
    internal void Return(Starter starter)
    {
        lock (_lock)
        {
            if (_isStopping)
            {
                starter.Call(station: null);
            }
            else
            {
                _spare.Push(starter);
            }
        }
    }

    /// <summary>Ends all threads and waits for them; false if one is still in a start that does not come back, for which nothing
    /// that it uses may be freed.</summary>
    internal bool Stop(TimeSpan limit, TimeProvider time)
    {
        Starter[] all;
        lock (_lock)
        {
            _isStopping = true;
            all = [.. _all];
            while (_spare.TryPop(out var spare))
            {
                spare.Call(station: null);
            }
        }

        var started = time.GetTimestamp();
        var haveEnded = true;
        foreach (var starter in all)
        {
            var left = limit - time.GetElapsedTime(started);
            if (starter.Join(left > TimeSpan.Zero ? left : TimeSpan.Zero))
            {
                starter.Dispose();
            }
            else
            {
                haveEnded = false;
            }
        }

        return haveEnded;
    }
}
