namespace Compeer.EndToEnd.Harness;

/// <summary>A folder in which nothing can be made or replaced for a while, as on a file system that is mounted read-only. What is open
/// stays open. Needs root.</summary>
internal sealed class ReadOnlyFolder : IDisposable
{
    private readonly string _folder;

    public ReadOnlyFolder(string folder)
    {
        Assert.True(Environment.IsPrivilegedProcess, "this test mounts a folder read-only: run it as root");
        _folder = folder;
        Assert.Equal(0, SmallDisk.Run("mount", "--bind", folder, folder));
        Assert.Equal(0, SmallDisk.Run("mount", "-o", "remount,bind,ro", folder));
    }

    public void Dispose() => SmallDisk.Run("umount", "-l", _folder);
}
