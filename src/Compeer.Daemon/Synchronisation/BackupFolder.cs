using System.Globalization;
using Compeer.Platform.Files;

namespace Compeer.Daemon.Synchronisation;

/// <summary>
/// Keeps what a synchronisation overwrites or deletes: a folder for each time, with the files under their whole paths. How
/// many stay says <see cref="BackupSets"/>.
/// </summary>
/// <param name="folder">Where.</param>
/// <param name="time">The time of day, for the names.</param>
internal sealed class BackupFolder(string folder, TimeProvider time)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private string? _set;

    /// <summary>Where the next ones go: a new folder, made when the first of them comes.</summary>
    /// <param name="node">The node on whose behalf files are replaced.</param>
    public void Begin(string node)
    {
        var name = time.GetUtcNow().ToString("yyyyMMdd'T'HHmmss.fff'Z'", CultureInfo.InvariantCulture);
        _set = Path.Combine(folder, $"{name}-{node.Replace('/', '_')}");
    }

    /// <summary>Keeps a file or link.</summary>
    /// <param name="from">The folder that it is in.</param>
    /// <param name="name">Its name there.</param>
    /// <param name="details">What it is.</param>
    /// <param name="path">Its whole path.</param>
    /// <exception cref="IOException">It cannot be kept: then it must not be replaced.</exception>
    public void Keep(HeldFolder from, string name, FileDetails details, string path)
    {
        var kept = _set + path;
        Directory.CreateDirectory(Path.GetDirectoryName(kept)!, OwnerOnly);
        if (details.Type == FileType.Link)
        {
            File.CreateSymbolicLink(kept, new FileInfo(from.PathOf(name)).LinkTarget ?? "");
            return;
        }

        using var source = new FileStream(from.OpenFile(name), FileAccess.Read, bufferSize: 0);
        using var target = new FileStream(kept, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            BufferSize = 0,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        source.CopyTo(target);
        target.Flush(flushToDisk: true);
        File.SetLastWriteTimeUtc(target.SafeFileHandle, new DateTime(details.Modified, DateTimeKind.Utc));
    }

    /// <summary>Lets the oldest go.</summary>
    public void Prune() => BackupSets.Prune(folder, _ => true);
}
