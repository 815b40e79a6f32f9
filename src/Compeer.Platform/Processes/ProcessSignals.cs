using Compeer.Platform.Errors;
using Compeer.Platform.Native;

namespace Compeer.Platform.Processes;

/// <summary>Signal settings that this process may have inherited and that it cannot live with.</summary>
public static unsafe class ProcessSignals
{
    private const nint Default = 0; // SIG_DFL
    private const nint Ignore = 1; // SIG_IGN

    /// <summary>
    /// Sets SIGCHLD back to its default if whoever started this process left it ignored. Call it first thing in Main: with
    /// SIGCHLD ignored, ended plugins vanish with their exit codes, and everything that waits for a child hangs.
    /// </summary>
    /// <returns>Whether SIGCHLD was ignored.</returns>
    public static bool Prepare() => SetBack(Libc.SigChld, "SIGCHLD");

    /// <summary>
    /// Sets SIGHUP, SIGUSR1 and SIGTERM back to their defaults if whoever started this process left them ignored, as nohup
    /// does. Call it before handlers of them are made: the runtime leaves a signal alone that is ignored.
    /// </summary>
    public static void Heed()
    {
        SetBack(Libc.SigHup, "SIGHUP");
        SetBack(Libc.SigUsr1, "SIGUSR1");
        SetBack(Libc.SigTerm, "SIGTERM");
    }

    private static bool SetBack(int signal, string name)
    {
        // struct sigaction starts with the handler on every 64-bit Linux; it has 152 bytes.
        var current = stackalloc nint[32];
        if (Libc.SignalAction(signal, null, current) != 0 || current[0] != Ignore)
        {
            return false;
        }

        if (Libc.Signal(signal, Default) == -1)
        {
            throw new InvalidOperationException(SystemError.OfLastCall($"cannot set {name} back to its default"));
        }

        return true;
    }
}
