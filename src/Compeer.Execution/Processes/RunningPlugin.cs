namespace Compeer.Execution.Processes;

/// <summary>One place for a running plugin, used again for the next one; belongs to one runner thread.</summary>
internal sealed class RunningPlugin(int slot)
{
    /// <summary>Number of the place.</summary>
    internal int Slot { get; } = slot;

    /// <summary>Counts the plugins that used the place, so that a late event of an earlier one is known as such.</summary>
    internal uint Generation { get; private set; }

    internal bool IsActive { get; private set; }

    /// <summary>Whether its result was already given: it was killed at its time limit and is only waited for.</summary>
    internal bool IsReported { get; set; }

    internal long Token { get; private set; }

    internal int Pid { get; private set; }

    internal int PidFd { get; private set; }

    internal OutputPipe StandardOutput { get; } = new();

    internal OutputPipe StandardError { get; } = new();

    internal DateTimeOffset StartedAt { get; private set; }

    /// <summary>Monotonic timestamp of the start.</summary>
    internal long Started { get; private set; }

    /// <summary>Monotonic timestamp at which it is killed.</summary>
    internal long TimeLimit { get; private set; }

    internal void Begin(long token, in PluginProcess process, DateTimeOffset startedAt, long started, long timeLimit)
    {
        Generation++;
        IsActive = true;
        IsReported = false;
        Token = token;
        Pid = process.Pid;
        PidFd = process.PidFd;
        StandardOutput.Attach(process.StandardOutput);
        StandardError.Attach(process.StandardError);
        StartedAt = startedAt;
        Started = started;
        TimeLimit = timeLimit;
    }

    internal void End() => IsActive = false;
}
