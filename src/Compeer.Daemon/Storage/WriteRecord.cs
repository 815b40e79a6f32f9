namespace Compeer.Daemon.Storage;

/// <summary>When the database was last written, and what last went wrong with it, also when that is over. For any thread.</summary>
internal sealed class WriteRecord(TimeProvider time)
{
    private readonly Lock _gate = new();
    private (DateTimeOffset? Written, (string Text, DateTimeOffset At)? Fault) _last;

    /// <summary>When it was last written, and the last fault; null for never and none since the start.</summary>
    public (DateTimeOffset? Written, (string Text, DateTimeOffset At)? Fault) Last
    {
        get
        {
            lock (_gate)
            {
                return _last;
            }
        }
    }

    /// <summary>It was written.</summary>
    public void Written()
    {
        lock (_gate)
        {
            _last.Written = time.GetUtcNow();
        }
    }

    /// <summary>It could not be used.</summary>
    public void Failed(string fault)
    {
        lock (_gate)
        {
            _last.Fault = (fault, time.GetUtcNow());
        }
    }
}
