using System.Globalization;
using Compeer.Platform.Processes;
using Microsoft.Win32.SafeHandles;

namespace Compeer.Platform.Files;

/// <summary>
/// A file that several programs change. It is replaced whole: a reader sees the old file or the new one, also after a power cut. Two
/// changes at once wait for each other, so that neither is lost.
/// </summary>
public static class SharedFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode ModeOfNewFile =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Changes a file; its mode stays, and its owner where this user may keep that.</summary>
    /// <param name="path">The file; a link (to /etc, often) stays one, and its target is replaced, unless somebody made a link on the way
    /// whom the target is not: see <see cref="GuardedPath"/>. Missing folders are made.</param>
    /// <param name="change">Reads what is there, and gives what is to be there; null leaves the file alone.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Change(string path, Func<ReadOnlyMemory<byte>?> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        using var place = GuardedPath.Open(path, makeFolders: true);
        using var open = OpenFolder.TryOpen(place.Folder.RuntimePath, out var problem) ?? throw new IOException(problem);
        open.TryLock();
        if (change() is { } content)
        {
            Replace(place, content);
            open.TrySync();
        }
    }

    /// <summary>Writes beside it, and in its place then. Whoever may write in the folder could put something else, or a link, where the
    /// new file is being written: it is made here and handled by its handle.</summary>
    private static void Replace(GuardedPath place, ReadOnlyMemory<byte> content)
    {
        var folder = place.Folder;
        var before = folder.DetailsOf(place.Name) is { Type: FileType.File } file ? file : null;
        var unfinished = string.Create(CultureInfo.InvariantCulture, $".{place.Name}.{Environment.ProcessId}.new");
        try
        {
            // One of a process that was killed and had the same number.
            File.Delete(folder.PathOf(unfinished));
            var options = new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                UnixCreateMode = before is null ? ModeOfNewFile : OwnerOnly,
            };
            using (var stream = new FileStream(folder.PathOf(unfinished), options))
            {
                stream.Write(content.Span);
                KeepOwner((before ?? folder.Details)?.Owner, stream.SafeFileHandle, place.Target);
                if (before is not null)
                {
                    File.SetUnixFileMode(stream.SafeFileHandle, (UnixFileMode)before.Mode);
                }

                stream.Flush(flushToDisk: true);
            }

            folder.Rename(unfinished, place.Name);
        }
        finally
        {
            File.Delete(folder.PathOf(unfinished));
        }
    }

    private static void KeepOwner(FileOwner? owner, SafeFileHandle unfinished, string target)
    {
        if (owner is not null && !owner.TryGive(unfinished) && SystemUser.IsRoot)
        {
            throw new IOException($"the owner of {target} cannot be kept");
        }
    }
}
