namespace Compeer.Execution.Processes;

/// <summary>One place for a request that was taken up, used again for the next one; belongs to one station.</summary>
internal sealed class RunningPlugin(int slot)
{
    private static readonly PluginProcess None = new(Pid: 0, PidFd: -1, StandardOutput: -1, StandardError: -1);

    /// <summary>Number of the place.</summary>
    internal int Slot { get; } = slot;

    /// <summary>Counts the requests that used the place, so that a late event of an earlier one is known as such.</summary>
    internal uint Generation { get; private set; }

    internal PluginPhase Phase { get; set; }

    /// <summary>Whether there is a process.</summary>
    internal bool HasProcess => Phase is PluginPhase.Running or PluginPhase.Killed;

    /// <summary>Whether its result was already given.</summary>
    internal bool IsReported { get; set; }

    /// <summary>What was asked for.</summary>
    internal PluginRequest Request { get; private set; }

    /// <summary>The thread that hangs in its start; only in that phase.</summary>
    internal Starter? Starter { get; private set; }

    /// <summary>The program that it waits for; only while it is held.</summary>
    internal string Program { get; private set; } = "";

    internal int Pid { get; private set; }

    internal int PidFd { get; private set; } = -1;

    internal OutputPipe StandardOutput { get; } = new();

    internal OutputPipe StandardError { get; } = new();

    internal DateTimeOffset StartedAt { get; private set; }

    /// <summary>Monotonic timestamp of the start.</summary>
    internal long Started { get; private set; }

    /// <summary>Monotonic timestamp at which it is killed.</summary>
    internal long TimeLimit { get; private set; }

    /// <summary>A start has come back with a process.</summary>
    internal void Begin(in StartAttempt attempt, in PluginProcess process, long timeLimit)
    {
        Begin(attempt, PluginPhase.Running, timeLimit);
        Attach(process);
    }

    /// <summary>A start does not come back.</summary>
    internal void Hang(in StartAttempt attempt, long timeLimit)
    {
        Begin(attempt, PluginPhase.Hanging, timeLimit);
        Attach(None);
        Starter = attempt.Starter;
    }

    /// <summary>A start is not tried.</summary>
    internal void Hold(in StartAttempt attempt, string program, long timeLimit)
    {
        Begin(attempt, PluginPhase.Held, timeLimit);
        Attach(None);
        Program = program;
    }

    /// <summary>The start that hung has come back with a process.</summary>
    internal void ComeBack(in PluginProcess process)
    {
        Phase = PluginPhase.Running;
        Starter = null;
        Attach(process);
    }

    internal void End()
    {
        Phase = PluginPhase.Free;
        PidFd = -1;
        Request = default;
        Starter = null;
        Program = "";
    }

    private void Begin(in StartAttempt attempt, PluginPhase phase, long timeLimit)
    {
        Generation++;
        Phase = phase;
        IsReported = false;
        Request = attempt.Request;
        StartedAt = attempt.StartedAt;
        Started = attempt.Started;
        TimeLimit = timeLimit;
    }

    private void Attach(in PluginProcess process)
    {
        Pid = process.Pid;
        PidFd = process.PidFd;
        StandardOutput.Attach(process.StandardOutput);
        StandardError.Attach(process.StandardError);
    }
}
