using System.Globalization;
using System.Runtime.InteropServices;
using Compeer.Platform.Errors;
using Compeer.Platform.Native;
using Microsoft.Win32.SafeHandles;

namespace Compeer.Platform.Files;

/// <summary>A folder opened to lock it, and to make a rename in it durable.</summary>
public sealed class OpenFolder : IDisposable
{
    private readonly SafeFileHandle _handle;

    private OpenFolder(SafeFileHandle handle) => _handle = handle;

    /// <summary>Opens a folder; null, and why, when that cannot be done.</summary>
    public static OpenFolder? TryOpen(string path, out string problem)
    {
        var descriptor = LibcFiles.Open(path, LibcFiles.Directory | Libc.CloseOnExec, mode: 0);
        problem = descriptor < 0 ? SystemError.OfLastCall(path) : "";
        return descriptor < 0 ? null : new OpenFolder(new SafeFileHandle(descriptor, ownsHandle: true));
    }

    /// <summary>Waits for and takes the folder's lock; disposing lets it go.</summary>
    public bool TryLock() => LibcFiles.Flock(_handle, LibcFiles.LockExclusive) == 0;

    /// <summary>Takes the folder's lock unless another has it, which gives false. Where the file system has no such locks, nobody
    /// has one.</summary>
    public bool TryLockNow() =>
        LibcFiles.Flock(_handle, LibcFiles.LockExclusive | LibcFiles.LockNotWaiting) == 0
        || Marshal.GetLastPInvokeError() != Errno.Again;

    /// <summary>The process that has a folder's lock; null when none has, or none that this process may know of.</summary>
    public static int? HolderOf(string path)
    {
        if (!FileStatus.TryGetIdentity(path, out var identity))
        {
            return null;
        }

        try
        {
            return HolderIn(File.ReadLines("/proc/locks"), identity.Inode);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The same from the lines of <c>/proc/locks</c>, see proc(5): <c>1: FLOCK ADVISORY WRITE PID MAJOR:MINOR:INODE 0 EOF</c>.
    /// The device is not looked at: on some file systems it is another than a path shows.</summary>
    internal static int? HolderIn(IEnumerable<string> lines, ulong inode)
    {
        foreach (var line in lines)
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words is [_, "FLOCK", _, "WRITE", var pid, var file, ..]
                && file[(file.LastIndexOf(':') + 1)..] == inode.ToString(CultureInfo.InvariantCulture)
                && int.TryParse(pid, NumberStyles.None, CultureInfo.InvariantCulture, out var holder))
            {
                return holder;
            }
        }

        return null;
    }

    /// <summary>Makes what was renamed in the folder durable.</summary>
    public bool TrySync() => LibcFiles.Sync(_handle) == 0;

    /// <summary>Makes all that was written to the folder's file system durable: for many files at once cheaper than each by
    /// itself.</summary>
    public bool TrySyncAll() => LibcFiles.SyncFileSystem(_handle) == 0;

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();
}
