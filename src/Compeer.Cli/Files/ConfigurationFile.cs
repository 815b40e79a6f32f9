using Compeer.Cli.Outcome;
using Compeer.Platform.Files;
using Compeer.Platform.Processes;

namespace Compeer.Cli.Files;

/// <summary>
/// A configuration file on disk. It is replaced whole: a reader sees the old file or the new one, also after a power cut.
/// </summary>
internal class ConfigurationFile(string path)
{
    private const int MaximumBytes = 16 << 20;

    private const UnixFileMode ModeOfNewFile =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>The file's path.</summary>
    public string Path { get; } = path;

    /// <summary>The bytes; none when there is no file.</summary>
    /// <exception cref="MonException">It is there but cannot be read.</exception>
    public byte[] Read()
    {
        try
        {
            var info = new FileInfo(Path);
            return info.Exists && info.Length > MaximumBytes
                ? throw new MonException($"{Path} has {info.Length} bytes; at most {MaximumBytes} are read")
                : File.ReadAllBytes(Path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw MonException.FromFile(Path, e);
        }
    }

    /// <summary>
    /// Changes the file. Two changes at once wait for each other, so that neither is lost.
    /// </summary>
    /// <param name="change">From the old bytes to the new; null leaves the file alone.</param>
    /// <exception cref="MonException">It cannot be read or written.</exception>
    public void Change(Func<byte[], ReadOnlyMemory<byte>?> change)
    {
        try
        {
            // A link (to /etc, often) stays one; its target is replaced.
            var target = new FileInfo(Path).LinkTarget is null
                ? Path
                : File.ResolveLinkTarget(Path, returnFinalTarget: true)!.FullName;
            var folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(target))!;
            Directory.CreateDirectory(folder);
            using var open = OpenFolder.TryOpen(folder, out var problem) ?? throw new MonException(problem);
            open.TryLock();
            if (change(Read()) is { } content)
            {
                Replace(target, folder, content);
                open.TrySync();
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw MonException.FromFile(Path, e);
        }
    }

    private static void Replace(string target, string folder, ReadOnlyMemory<byte> content)
    {
        var exists = File.Exists(target);
        var temporary = $"{folder}/.{System.IO.Path.GetFileName(target)}.{Environment.ProcessId}.new";
        try
        {
            var options = new FileStreamOptions
            {
                Mode = FileMode.Create,
                Access = FileAccess.Write,
                UnixCreateMode = exists ? File.GetUnixFileMode(target) : ModeOfNewFile,
            };
            using (var stream = new FileStream(temporary, options))
            {
                stream.Write(content.Span);
                stream.Flush(flushToDisk: true);
            }

            if (exists)
            {
                // The mode again, because the creation mask may have taken some of it.
                File.SetUnixFileMode(temporary, File.GetUnixFileMode(target));
            }

            KeepOwner(exists ? target : folder, temporary);
            File.Move(temporary, target, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static void KeepOwner(string of, string temporary)
    {
        if (FileOwner.Of(of) is { } owner && owner != FileOwner.Of(temporary) && !owner.TryGive(temporary) && SystemUser.IsRoot)
        {
            throw new MonException($"the owner of {of} cannot be kept");
        }
    }
}
