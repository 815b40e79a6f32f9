using System.Security.Cryptography;
using System.Text;
using Compeer.Cluster.Model;
using Compeer.Configuration.Synchronisation;

namespace Compeer.Daemon.Synchronisation;

/// <summary>
/// Remembers for each neighbour and path when both had the same last, and what that was: a file each, with the manifest, whose own
/// time is when. An unreadable one counts as none.
/// </summary>
/// <param name="folder">Where.</param>
internal sealed class SynchronisationRecords(string folder)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>What both had last; empty when they never had the same.</summary>
    public FileTree Before(NodeId neighbour, string path)
    {
        try
        {
            return FileManifest.Decode(File.ReadAllBytes(FileOf(neighbour, path, isSent: false)), out _) ?? FileTree.Empty;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return FileTree.Empty;
        }
    }

    /// <summary>When both had the same last.</summary>
    public DateTimeOffset? LastSame(NodeId neighbour, string path, bool isSent)
    {
        var file = new FileInfo(FileOf(neighbour, path, isSent));
        return file.Exists ? file.LastWriteTimeUtc : null;
    }

    /// <summary>Both have the same now.</summary>
    /// <exception cref="IOException">It cannot be kept.</exception>
    public void Keep(NodeId neighbour, string path, bool isSent, FileTree tree)
    {
        var file = FileOf(neighbour, path, isSent);
        Directory.CreateDirectory(folder, OwnerOnly);
        File.WriteAllBytes(file + ".new", FileManifest.Encode(tree));
        File.Move(file + ".new", file, overwrite: true);
    }

    /// <summary>Both still have the same.</summary>
    public void Touch(NodeId neighbour, string path, bool isSent, DateTimeOffset now)
    {
        var file = FileOf(neighbour, path, isSent);
        if (File.Exists(file))
        {
            File.SetLastWriteTimeUtc(file, now.UtcDateTime);
        }
    }

    /// <summary>Forgets all but these.</summary>
    public void KeepOnly(IEnumerable<(NodeId Neighbour, string Path, bool IsSent)> known)
    {
        var files = known.Select(one => FileOf(one.Neighbour, one.Path, one.IsSent)).ToHashSet(StringComparer.Ordinal);
        foreach (var file in Directory.Exists(folder) ? Directory.GetFiles(folder) : [])
        {
            if (!files.Contains(file))
            {
                File.Delete(file);
            }
        }
    }

    private string FileOf(NodeId neighbour, string path, bool isSent) => Path.Combine(
        folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{neighbour} {isSent} {path}"))));
}
