using System.Runtime.InteropServices;
using System.Text;
using Compeer.Daemon.Platform;
using Microsoft.Win32.SafeHandles;

namespace Compeer.Daemon.Hosting;

/// <summary>
/// Leaves the terminal that started the daemon. The process is not forked (a runtime with threads cannot be): whoever
/// starts it waits for the end of its output, which comes when the daemon, ready, turns its output to a file.
/// </summary>
internal static partial class Detachment
{
    private const int StandardInput = 0;
    private const int StandardOutput = 1;
    private const int StandardError = 2;
    private const int WriteOnly = 0x1;
    private const int ReadWrite = 0x2;
    private const int Create = 0x40;
    private const int Append = 0x400;
    private const int OwnerAndGroup = 0x1A0;
    private const uint GroupAndOthersWrite = 0x12;

    /// <summary>A session of its own, so that no terminal's Ctrl-C or hang-up reaches the daemon. Fails harmlessly when
    /// the process leads a session already.</summary>
    public static void LeaveSession() => _ = SetSession();

    /// <summary>Files that the daemon makes can be written by nobody else (umask 022), whatever its starter had set.</summary>
    public static void SetFileCreationMask() => _ = SetMask(GroupAndOthersWrite);

    /// <summary>Sends output to <paramref name="logFile"/> and input to nowhere.</summary>
    /// <exception cref="StartupException">The file cannot be opened.</exception>
    public static void RedirectOutput(string logFile)
    {
        var log = Open(logFile, WriteOnly | Create | Append, OwnerAndGroup);
        var nowhere = Open("/dev/null", ReadWrite, 0);
        if (log < 0 || nowhere < 0)
        {
            throw new StartupException($"{logFile}: cannot be opened for the daemon's output, errno {Marshal.GetLastPInvokeError()}");
        }

        Duplicate(nowhere, StandardInput);
        Duplicate(log, StandardOutput);
        Duplicate(log, StandardError);
        _ = CloseDescriptor(log);
        _ = CloseDescriptor(nowhere);
    }

    /// <summary>Tells the starter something without <see cref="Console"/>, which would keep a duplicate of the pipe open:
    /// the starter waits for its end.</summary>
    public static void Tell(string line)
    {
        using var output = new FileStream(new SafeFileHandle(StandardOutput, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        output.Write(Encoding.UTF8.GetBytes(line + "\n"));
    }

    private static void Duplicate(int from, int to)
    {
        if (DuplicateTo(from, to) < 0)
        {
            throw new StartupException($"dup2 failed, errno {Marshal.GetLastPInvokeError()}");
        }
    }

    [LibraryImport("libc", EntryPoint = "setsid", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetSession();

    [LibraryImport("libc", EntryPoint = "umask")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial uint SetMask(uint mask);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "dup2", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int DuplicateTo(int from, int to);

    [LibraryImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int CloseDescriptor(int descriptor);
}
