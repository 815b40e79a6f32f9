namespace Compeer.Engine.Scheduling;

/// <summary>The checks in flight here, at most one of each object.</summary>
internal sealed class RunningChecks
{
    private readonly Dictionary<int, RunningCheck> _running = [];
    private long _lastRun;

    /// <summary>How many.</summary>
    public int Count => _running.Count;

    /// <summary>Whether one of this object is in flight.</summary>
    public bool Contains(int id) => _running.ContainsKey(id);

    /// <summary>Notes a start.</summary>
    public RunningCheck Start(int id, TimeSpan due, TimeSpan now)
    {
        var check = new RunningCheck(++_lastRun, due, now);
        _running.Add(id, check);
        return check;
    }

    /// <summary>Forgets a check without a result.</summary>
    public void Discard(int id) => _running.Remove(id);

    /// <summary>Ends the run that a result belongs to; a result that does not say its run belongs to the one in flight.</summary>
    public CompletionStatus End(int id, long run, out RunningCheck check)
    {
        if (!_running.TryGetValue(id, out check))
        {
            return CompletionStatus.NotRunning;
        }

        if (run != 0 && run != check.Run)
        {
            return CompletionStatus.Superseded;
        }

        _running.Remove(id);
        return CompletionStatus.Taken;
    }
}
