using Compeer.Platform.Processes;

namespace Compeer.Platform.Files;

/// <summary>
/// A file that several programs change. It is replaced whole: a reader sees the old file or the new one, also after a power cut. Two
/// changes at once wait for each other, so that neither is lost.
/// </summary>
public static class SharedFile
{
    private const UnixFileMode ModeOfNewFile =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Changes a file; its mode stays, and its owner where this user may keep that.</summary>
    /// <param name="path">The file; a link (to /etc, often) stays one, and its target is replaced. Missing folders are made.</param>
    /// <param name="change">Reads what is there, and gives what is to be there; null leaves the file alone.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Change(string path, Func<ReadOnlyMemory<byte>?> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        var target = new FileInfo(path).LinkTarget is null ? path : File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName;
        var folder = Path.GetDirectoryName(Path.GetFullPath(target))!;
        Directory.CreateDirectory(folder);
        using var open = OpenFolder.TryOpen(folder, out var problem) ?? throw new IOException(problem);
        open.TryLock();
        if (change() is { } content)
        {
            Replace(target, folder, content);
            open.TrySync();
        }
    }

    private static void Replace(string target, string folder, ReadOnlyMemory<byte> content)
    {
        var exists = File.Exists(target);
        var unfinished = $"{folder}/.{Path.GetFileName(target)}.{Environment.ProcessId}.new";
        try
        {
            var options = new FileStreamOptions
            {
                Mode = FileMode.Create,
                Access = FileAccess.Write,
                UnixCreateMode = exists ? File.GetUnixFileMode(target) : ModeOfNewFile,
            };
            using (var stream = new FileStream(unfinished, options))
            {
                stream.Write(content.Span);
                stream.Flush(flushToDisk: true);
            }

            if (exists)
            {
                // The mode again, because the creation mask may have taken some of it.
                File.SetUnixFileMode(unfinished, File.GetUnixFileMode(target));
            }

            KeepOwner(exists ? target : folder, unfinished);
            File.Move(unfinished, target, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    private static void KeepOwner(string of, string unfinished)
    {
        if (FileOwner.Of(of) is { } owner && owner != FileOwner.Of(unfinished) && !owner.TryGive(unfinished) && SystemUser.IsRoot)
        {
            throw new IOException($"the owner of {of} cannot be kept");
        }
    }
}
