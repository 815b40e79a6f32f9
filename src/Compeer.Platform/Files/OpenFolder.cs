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

    /// <summary>Makes what was renamed in the folder durable.</summary>
    public bool TrySync() => LibcFiles.Sync(_handle) == 0;

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();
}
