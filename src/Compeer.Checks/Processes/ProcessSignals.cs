using System.Runtime.InteropServices;
using Compeer.Checks.Native;

namespace Compeer.Checks.Processes;

/// <summary>Signal settings of this process that running plugins depends on.</summary>
public static unsafe class ProcessSignals
{
    private const nint Default = 0; // SIG_DFL
    private const nint Ignore = 1; // SIG_IGN

    /// <summary>
    /// Sets SIGCHLD back to its default if whoever started this process left it ignored. Call it first thing in Main: with
    /// SIGCHLD ignored, ended plugins vanish with their exit codes, and everything that waits for a child hangs.
    /// </summary>
    /// <returns>Whether SIGCHLD was ignored.</returns>
    public static bool Prepare()
    {
        // struct sigaction starts with the handler on every 64-bit Linux; it has 152 bytes.
        nint* current = stackalloc nint[32];
        if (Libc.SignalAction(Libc.SigChld, null, current) != 0 || current[0] != Ignore)
        {
            return false;
        }

        if (Libc.Signal(Libc.SigChld, Default) == -1)
        {
            throw new System.ComponentModel.Win32Exception(
                Marshal.GetLastPInvokeError(), "cannot set SIGCHLD back to its default");
        }

        return true;
    }
}
