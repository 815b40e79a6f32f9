namespace Compeer.Execution.Processes;

/// <summary>What the stations of one runner have in common. Any thread.</summary>
internal sealed class RunnerShared(
    LaneSet lanes, SpawnSettings settings, int outputLimit, TimeProvider time, Action<PluginResult> completed, Action<RunnerNotice> notice)
{
    private int _held;
    private int _killed;
    private int _shortage;

    internal LaneSet Lanes { get; } = lanes;

    internal SpawnSettings Settings { get; } = settings;

    internal int OutputLimit { get; } = outputLimit;

    internal TimeProvider Time { get; } = time;

    internal Action<PluginResult> Completed { get; } = completed;

    internal StuckPrograms Stuck { get; } = new();

    /// <summary>Requests whose program hangs in another start.</summary>
    internal int Held => Volatile.Read(ref _held);

    /// <summary>Plugins that were killed a while ago and run on.</summary>
    internal int Killed => Volatile.Read(ref _killed);

    /// <summary>The errno for which starts wait; 0 when there is room.</summary>
    internal int Shortage => Volatile.Read(ref _shortage);

    internal long Now => Time.GetTimestamp();

    internal void Hold() => Interlocked.Increment(ref _held);

    internal void Unhold() => Interlocked.Decrement(ref _held);

    internal void AddKilled(in PluginRequest request, int pid)
    {
        Interlocked.Increment(ref _killed);
        Tell(RunnerNoticeKind.CannotBeKilled, pid, PluginLauncher.ProgramOf(request.CommandLine.Span));
    }

    internal void TakeKilled(int count)
    {
        if (count > 0 && Interlocked.Add(ref _killed, -count) == 0)
        {
            Tell(RunnerNoticeKind.AllKilled);
        }
    }

    internal void StartFailed(int errno)
    {
        if (Interlocked.Exchange(ref _shortage, errno) == 0)
        {
            Tell(RunnerNoticeKind.StartsWait, errno);
        }
    }

    internal void StartSucceeded()
    {
        if (Shortage != 0 && Interlocked.Exchange(ref _shortage, 0) != 0)
        {
            Tell(RunnerNoticeKind.StartsGoOn);
        }
    }

    internal void Tell(RunnerNoticeKind kind, int number = 0, string program = "") => notice(new RunnerNotice(kind, number, program));

    internal long Timestamps(TimeSpan span) =>
        (long)Math.Min(span.TotalSeconds * Time.TimestampFrequency, long.MaxValue / 2);
}
