using Compeer.Platform.Files;
using Microsoft.Win32.SafeHandles;

namespace Compeer.Daemon.LogReading;

/// <summary>Where a log file is: by a path, and what it is whatever path leads to it. One that was moved since is sought in the folders
/// of the log.</summary>
/// <param name="Path">Where it was when it was found.</param>
/// <param name="Identity">Its device and its number there.</param>
/// <param name="Paths">All paths of the log as they are now.</param>
internal sealed record LogFilePlace(string Path, (ulong Device, ulong Inode) Identity, Func<IEnumerable<string>> Paths)
{
    /// <summary>Opens it; null when it is gone or cannot be read.</summary>
    public SafeFileHandle? Open()
    {
        if (OpenAt(Path) is { } file)
        {
            return file;
        }

        var moved = Paths().FirstOrDefault(path => FileStatus.TryGetIdentity(path, out var identity) && identity == Identity);
        return moved is null ? null : OpenAt(moved);
    }

    private SafeFileHandle? OpenAt(string path)
    {
        SafeFileHandle? file = null;
        try
        {
            file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (FileStatus.TryGetIdentity($"/proc/self/fd/{file.DangerousGetHandle()}", out var identity) && identity == Identity)
            {
                return file;
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Moved, removed, or not ours to read: its lines are not there.
        }

        file?.Dispose();
        return null;
    }
}
