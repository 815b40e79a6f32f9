using System.Runtime.InteropServices;
using Compeer.Platform.Errors;
using Compeer.Platform.Native;

namespace Compeer.Platform.Processes;

/// <summary>What can be done to another process.</summary>
public static class OtherProcess
{
    /// <summary>Sends SIGTERM; true also when the process has ended meanwhile, false when this user may not.</summary>
    public static bool TryTerminate(int pid) =>
        Libc.Kill(pid, Libc.SigTerm) == 0 || Marshal.GetLastPInvokeError() == Errno.NoProcess;
}
