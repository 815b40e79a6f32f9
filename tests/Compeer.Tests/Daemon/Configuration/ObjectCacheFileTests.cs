using System.Diagnostics;
using Compeer.Daemon.Configuration;
using ConfigurationFiles = Compeer.Tests.Configuration.ConfigurationFiles;

namespace Compeer.Tests.Daemon.Configuration;

public sealed class ObjectCacheFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_NewFile_HasTheObjectsAndLeavesNothingElse()
    {
        Assert.Null(Write(_folder.File("objects.cache")));
        Assert.Contains("\thost_name\tweb1\n", File.ReadAllText(_folder.File("objects.cache")), StringComparison.Ordinal);
        Assert.Equal(["objects.cache"], Names());
    }

    [Fact]
    public void Write_LinkToElsewhere_ReplacesWhatItLeadsTo()
    {
        var target = _folder.Write("ramdisk/objects.cache", "old");
        File.CreateSymbolicLink(_folder.File("objects.cache"), target);
        Assert.Null(Write(_folder.File("objects.cache")));
        Assert.NotNull(new FileInfo(_folder.File("objects.cache")).LinkTarget);
        Assert.Contains("web1", File.ReadAllText(target), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_Folder_IsRefused()
    {
        Directory.CreateDirectory(_folder.File("objects.cache"));
        Assert.Contains("not a regular file", Write(_folder.File("objects.cache")), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_Pipe_IsRefusedAndStays()
    {
        using (var make = Process.Start("mkfifo", [_folder.File("objects.cache")]))
        {
            make.WaitForExit();
        }

        Assert.Contains("not a regular file", Write(_folder.File("objects.cache")), StringComparison.Ordinal);
        Assert.Equal(["objects.cache"], Names());
    }

    [Fact]
    public void Write_MissingFolder_SaysWhichFile()
    {
        var path = _folder.File("absent/objects.cache");
        Assert.StartsWith($"{path} cannot be written: ", Write(path), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_DevNull_WritesNothing()
    {
        Assert.Null(Write("/dev/null"));
        Assert.NotEqual(0, (int)File.GetUnixFileMode("/dev/null") & (int)UnixFileMode.OtherWrite);
        Assert.Equal(0, new FileInfo("/dev/null").Length);
    }

    [Fact]
    public void Write_LeftoversOfTheDead_AreRemovedAndThoseOfTheLivingKept()
    {
        // Process 1 lives as long as the machine does; no process has a number above the kernel's largest limit.
        _folder.Write("objects.cache.4194305.new", "half");
        _folder.Write("objects.cache.1.new", "half");
        _folder.Write("objects.cache.mine.new", "not ours");
        Assert.Null(Write(_folder.File("objects.cache")));
        Assert.Equal(["objects.cache", "objects.cache.1.new", "objects.cache.mine.new"], Names());
    }

    [Fact]
    public void Write_GivenUp_LeavesTheOldOne()
    {
        var path = _folder.Write("objects.cache", "old");
        using var giveUp = new CancellationTokenSource();
        giveUp.Cancel();
        Assert.Throws<OperationCanceledException>(() => Write(path, giveUp.Token));
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal(["objects.cache"], Names());
    }

    private static string? Write(string path, CancellationToken cancellation = default) => ObjectCacheFile.Write(
        path,
        ConfigurationFiles.MainFrom(""),
        ConfigurationFiles.Compile(SampleObjects.OneHost).Configuration!,
        DateTimeOffset.UnixEpoch,
        cancellation);

    private IEnumerable<string?> Names() =>
        Directory.GetFileSystemEntries(_folder.File(".")).Select(Path.GetFileName).Order(StringComparer.Ordinal);
}
