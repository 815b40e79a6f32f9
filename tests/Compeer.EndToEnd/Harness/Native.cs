using System.Runtime.InteropServices;

namespace Compeer.EndToEnd.Harness;

/// <summary>What POSIX has and .NET does not offer.</summary>
internal static partial class Native
{
    public const int Hangup = 1;
    public const int Kill = 9;
    public const int UserSignal1 = 10;
    public const int Terminate = 15;
    public const int Continue = 18;
    public const int Stop = 19;

    /// <summary>Sends a signal to one process; false when it is gone.</summary>
    public static bool Signal(int pid, int signal)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(pid, 1);
        return SendSignal(pid, signal) == 0;
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SendSignal(int pid, int signal);
}
