using System.ComponentModel;
using System.Globalization;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Compeer.Platform.Errors;

/// <summary>
/// The one table that says in words what an error of the operating system means: half a sentence that follows what was
/// tried and on what, and that ends, where something can be done, with what to do. What the C library or the runtime would say
/// ("Resource temporarily unavailable") helps nobody who has to mend it.
/// </summary>
public static class SystemError
{
    private const int LargestErrno = 4095; // MAX_ERRNO of the kernel

    private static readonly Dictionary<int, string> Table = new()
    {
        [Errno.NotPermitted] = "this user may not do that",
        [Errno.NoEntry] = "there is no such file or folder",
        [Errno.NoProcess] = "there is no such process",
        [Errno.Interrupted] = "a signal interrupted it",
        [5] = "the disk or device failed; the kernel's log (dmesg) says more",
        [6] = "nothing is at the other end of it",
        [Errno.TooBig] = "its arguments are longer than the kernel takes",
        [Errno.NotExecutableFormat] = "it is no program that this machine can run",
        [9] = "it is closed",
        [Errno.NoChild] = "it ended and something else took its exit code",
        [Errno.Again] = "there is no room for it now: a limit on processes is reached (TasksMax= of the unit, ulimit -u, pids.max "
            + "of the container), or another process holds it",
        [Errno.NoMemory] = "the machine has no memory left for it",
        [Errno.AccessDenied] = "this user has no permission for it",
        [16] = "something else uses it",
        [Errno.Exists] = "something is there already",
        [18] = "the two places are on different file systems",
        [19] = "there is no such device",
        [Errno.NotDirectory] = "a part of the path is no folder",
        [21] = "it is a folder",
        [Errno.Invalid] = "the system does not take it as it is given",
        [Errno.TooManyFilesInSystem] = "the whole machine has as many files open as it may; raise the limit (sysctl fs.file-max)",
        [Errno.TooManyFiles] = "this process has as many files open as it may; raise the limit (LimitNOFILE= of the unit, ulimit -n)",
        [26] = "it is being written or run at this moment",
        [27] = "the file would be larger than it may be",
        [Errno.NoSpace] = "no space is left on the disk (see df and df -i); make room",
        [30] = "the file system is mounted read-only",
        [31] = "the file has too many names",
        [29] = "it is a pipe or a terminal",
        [32] = "nobody reads at the other end",
        [Errno.NameTooLong] = "the name or path is longer than the system takes",
        [39] = "the folder is not empty",
        [40] = "its symbolic links lead in a circle",
        [95] = "the file system or kernel does not offer that",
        [97] = "this machine does not speak that kind of address",
        [98] = "another program has that address and port already",
        [99] = "this machine does not have that address",
        [100] = "the network is down",
        [101] = "there is no way to that network",
        [103] = "the connection was given up",
        [104] = "the other end broke the connection off",
        [105] = "the kernel has no memory left for connections",
        [107] = "it is not connected",
        [110] = "there was no answer in time",
        [111] = "nobody listens there (connection refused)",
        [112] = "that machine is down",
        [113] = "there is no way to that machine",
        [116] = "the file is gone from the file server",
        [122] = "the user's disk quota is used up",
    };

    /// <summary>What an errno means and what to do: half a sentence without a full stop.</summary>
    public static string Words(int errno) => Table.TryGetValue(errno, out var words)
        ? words
        : string.Create(CultureInfo.InvariantCulture, $"the system refuses it with error {errno}");

    /// <summary>What was tried, and why it failed: the errno of the last call of this thread that saves it.</summary>
    public static string OfLastCall(string tried) => $"{tried}: {Words(Marshal.GetLastPInvokeError())}";

    /// <summary>Why something failed, in the same words where the system is the reason; otherwise the exception's own.</summary>
    public static string Words(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return Of(exception) switch
        {
            _ when OfName(exception) is { } words => words,

            // Of a file it can only be a lock; of a process it would be a limit.
            Errno.Again when exception is IOException => "another process holds it, or it takes no more at the moment",
            { } errno => Words(errno),
            null => exception.Message,
        };
    }

    /// <summary>Why the name of a machine has no address: the resolver's errors share numbers with the kernel's.</summary>
    private static string? OfName(Exception exception) => (exception as SocketException)?.SocketErrorCode switch
    {
        SocketError.HostNotFound or SocketError.NoData => "no machine of that name is known (DNS, /etc/hosts)",
        SocketError.TryAgain => "its name cannot be looked up now: no name server answers (/etc/resolv.conf)",
        SocketError.NoRecovery => "its name cannot be looked up: the name server refuses",
        _ => null,
    };

    /// <summary>The errno behind an exception of the runtime; null when there is none.</summary>
    public static int? Of(Exception exception) => exception switch
    {
        // Also of a SocketException, which is one.
        Win32Exception native => native.NativeErrorCode,
        FileNotFoundException or DirectoryNotFoundException => Errno.NoEntry,
        PathTooLongException => Errno.NameTooLong,
        UnauthorizedAccessException { InnerException: { } inner } => Of(inner) ?? Errno.AccessDenied,
        UnauthorizedAccessException => Errno.AccessDenied,
        IOException { HResult: > 0 and <= LargestErrno } raw => raw.HResult,
        IOException { InnerException: { } inner } => Of(inner),
        AggregateException { InnerExceptions: [var only] } => Of(only),
        _ => null,
    };
}
