using Compeer.Platform.Files;
using Compeer.Platform.Processes;

namespace Compeer.Tests.Platform;

public sealed class FilesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("compeer-platform-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Owner_OwnFolderAndNone_AreTold()
    {
        var owner = FileOwner.Of(_folder.FullName)!;
        Assert.Equal(SystemUser.EffectiveId, owner.User);
        Assert.True(owner.TryGive(_folder.FullName));
        Assert.Null(FileOwner.Of("/nonexistent/x"));
    }

    [Fact]
    public void Status_SpecialAndPlainFiles_AreToldApart()
    {
        Assert.True(FileStatus.IsSpecial("/dev/null"));
        Assert.True(FileStatus.IsSpecial(_folder.FullName));
        Assert.False(FileStatus.IsSpecial(Write("plain")));
        Assert.False(FileStatus.IsSpecial("/nonexistent/x"));
    }

    [Fact]
    public void Identity_TwoNamesOfAFile_IsOne()
    {
        var first = Write("first");
        var second = Path.Combine(_folder.FullName, "second");
        Assert.True(FileName.TryLink(first, second));
        Assert.False(FileName.TryLink(first, second));
        Assert.True(FileStatus.TryGetIdentity(first, out var one));
        Assert.True(FileStatus.TryGetIdentity(second, out var two));
        Assert.True(FileStatus.TryGetIdentity(Write("third"), out var three));
        Assert.Equal(one, two);
        Assert.NotEqual(one, three);
    }

    [Fact]
    public void Lock_Taken_IsSeenByOthersUntilItIsClosed()
    {
        var file = Write("locked");
        using var other = File.OpenHandle(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        using (var holder = File.OpenHandle(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite))
        {
            Assert.True(FileLock.TryTake(holder));
            Assert.True(FileLock.IsTaken(other));
            Assert.False(FileLock.TryTake(other));
        }

        Assert.False(FileLock.IsTaken(other));
        Assert.True(FileLock.TryTake(other));
    }

    [Fact]
    public void Folder_OpenedAndMissing_IsLockedOrExplained()
    {
        using (var open = OpenFolder.TryOpen(_folder.FullName, out var none))
        {
            Assert.Equal("", none);
            Assert.True(open!.TryLock());
            Assert.True(open.TrySync());
        }

        Assert.Null(OpenFolder.TryOpen("/nonexistent", out var problem));
        Assert.Equal("/nonexistent: there is no such file or folder", problem);
        Assert.Null(OpenFolder.TryOpen(Write("file"), out problem));
        Assert.EndsWith("a part of the path is no folder", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Folder_Locked_ItsHolderIsKnownUntilItLetsGo()
    {
        using var first = OpenFolder.TryOpen(_folder.FullName, out _)!;
        using var second = OpenFolder.TryOpen(_folder.FullName, out _)!;
        Assert.True(first.TryLockNow());
        Assert.False(second.TryLockNow());
        Assert.Equal(Environment.ProcessId, OpenFolder.HolderOf(_folder.FullName));

        first.Dispose();

        Assert.Null(OpenFolder.HolderOf(_folder.FullName));
        Assert.True(second.TryLockNow());
    }

    [Fact]
    public void User_Root_IsKnownByNumberAndName()
    {
        var root = SystemUser.Find(0)!;
        Assert.Equal(("root", 0u, 0u), (root.Name, root.Id, root.Group));
        Assert.Equal(root, SystemUser.Find("root"));
        Assert.Null(SystemUser.Find("no such user"));
        Assert.Null(SystemUser.Find(3_999_999));
    }

    private string Write(string name)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, name);
        return path;
    }
}
