using Compeer.Platform.Processes;
using Microsoft.Win32.SafeHandles;

namespace Compeer.Platform.Files;

/// <summary>
/// A file that several programs change. It is replaced whole: a reader sees the old file or the new one, also after a power cut. Two
/// changes at once wait for each other, so that neither is lost.
/// </summary>
public static class SharedFile
{
    /// <summary>Links to links that are followed (MAXSYMLINKS).</summary>
    private const int MostLinks = 40;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode ModeOfNewFile =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Changes a file; its mode stays, and its owner where this user may keep that.</summary>
    /// <param name="path">The file; a link (to /etc, often) stays one, and its target is replaced, unless somebody made the link whom the
    /// target is not. Missing folders are made.</param>
    /// <param name="change">Reads what is there, and gives what is to be there; null leaves the file alone.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Change(string path, Func<ReadOnlyMemory<byte>?> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        var target = TargetOf(path);
        var folder = Path.GetDirectoryName(target)!;
        Directory.CreateDirectory(folder);
        using var open = OpenFolder.TryOpen(folder, out var problem) ?? throw new IOException(problem);
        open.TryLock();
        if (change() is { } content)
        {
            Replace(target, folder, content);
            open.TrySync();
        }
    }

    /// <summary>Where a path leads to. The folder may be the daemon's user's, and root changes the file: a link that this user made does
    /// not decide what root writes to, unless that is the user's own.</summary>
    private static string TargetOf(string path)
    {
        var target = Path.GetFullPath(path);
        List<FileOwner> makers = [];
        while (FileDetails.Of(target) is { Type: FileType.Link } link)
        {
            makers.Add(link.Owner);
            target = makers.Count <= MostLinks
                ? File.ResolveLinkTarget(target, returnFinalTarget: false)!.FullName
                : throw new IOException($"{path} is a link that leads to itself");
        }

        var owner = FileOwner.Of(target) ?? FileOwner.Of(Path.GetDirectoryName(target)!);
        return makers.TrueForAll(maker => maker.User == 0 || maker.User == SystemUser.EffectiveId || maker.User == owner?.User)
            ? target
            : throw new IOException($"{path} is a link to {target}, made by a user whom that does not belong to");
    }

    /// <summary>Writes beside it, and in its place then. Whoever may write in the folder could put something else, or a link, where the
    /// new file is being written: it is made here and handled by its handle.</summary>
    private static void Replace(string target, string folder, ReadOnlyMemory<byte> content)
    {
        var before = File.Exists(target) ? FileOwner.Of(target) : null;
        var unfinished = $"{folder}/.{Path.GetFileName(target)}.{Environment.ProcessId}.new";
        try
        {
            // One of a process that was killed and had the same number.
            File.Delete(unfinished);
            var options = new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                UnixCreateMode = before is null ? ModeOfNewFile : OwnerOnly,
            };
            using (var stream = new FileStream(unfinished, options))
            {
                stream.Write(content.Span);
                KeepOwner(before ?? FileOwner.Of(folder), stream.SafeFileHandle, target);
                if (before is not null)
                {
                    File.SetUnixFileMode(stream.SafeFileHandle, File.GetUnixFileMode(target));
                }

                stream.Flush(flushToDisk: true);
            }

            File.Move(unfinished, target, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
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
