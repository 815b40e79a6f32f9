using Compeer.Platform.Native;

namespace Compeer.Platform.Processes;

/// <summary>A process that leads a group (setsid, setpgid), with all that it started and that did not leave the group.</summary>
public static class ProcessGroup
{
    /// <summary>Asks all of it to stop (SIGTERM); nothing happens when it is gone.</summary>
    public static void Terminate(int leader) => Signal(leader, Libc.SigTerm);

    /// <summary>Ends all of it (SIGKILL); nothing happens when it is gone.</summary>
    public static void Kill(int leader) => Signal(leader, Libc.SigKill);

    private static void Signal(int leader, int signal)
    {
        // -1 would be everybody.
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(leader, 1);
        _ = Libc.Kill(-leader, signal);
    }
}
