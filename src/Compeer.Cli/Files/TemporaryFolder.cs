using Compeer.Platform.Files;
using Compeer.Platform.Processes;

namespace Compeer.Cli.Files;

/// <summary>
/// A folder for what a command puts together before it sends it, in the system's folder for temporary files; nobody else can reach it.
/// It goes with this object. What a command left that was killed goes when the next one makes its folder.
/// </summary>
internal sealed class TemporaryFolder : IDisposable
{
    private const string Prefix = "mon-oconf-";
    private const string LockName = "in-use";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly string _above;
    private readonly FileStream _held;

    private TemporaryFolder(string above, FileStream held)
    {
        _above = above;
        _held = held;
        Path = Directory.CreateDirectory($"{above}/content", OwnerOnly).FullName;

        // What rsync puts there may become the daemon's, who has to get to it.
        File.SetUnixFileMode(above, OwnerOnly | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>Makes one.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    public static TemporaryFolder Make()
    {
        RemoveAbandoned();
        var above = Directory.CreateTempSubdirectory(Prefix).FullName;
        try
        {
            var held = new FileStream($"{above}/{LockName}", FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite);
            FileLock.TryTake(held.SafeFileHandle);
            return new TemporaryFolder(above, held);
        }
        catch
        {
            Directory.Delete(above, recursive: true);
            throw;
        }
    }

    public void Dispose()
    {
        Directory.Delete(_above, recursive: true);
        _held.Dispose();
    }

    /// <summary>Removes this user's folders whose command is not there any more. One without the lock's file is just being made.</summary>
    private static void RemoveAbandoned()
    {
        foreach (var folder in new DirectoryInfo(System.IO.Path.GetTempPath()).EnumerateDirectories($"{Prefix}*"))
        {
            var name = $"{folder.FullName}/{LockName}";
            if (folder.LinkTarget is not null || FileOwner.Of(folder.FullName)?.User != SystemUser.EffectiveId || !File.Exists(name))
            {
                continue;
            }

            try
            {
                using var file = new FileStream(name, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
                if (FileLock.TryTake(file.SafeFileHandle))
                {
                    Directory.Delete(folder.FullName, recursive: true);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Its command has just removed it, or it is somebody else's problem: nothing depends on it.
            }
        }
    }
}
