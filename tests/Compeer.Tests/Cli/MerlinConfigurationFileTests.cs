using Compeer.Cli.Files;
using Compeer.Cli.Outcome;

namespace Compeer.Tests.Cli;

public sealed class MerlinConfigurationFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("compeer-merlin-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Change_ExistingFile_KeepsModeAndLeavesNothingBehind()
    {
        var path = Path.Combine(_folder.FullName, "merlin.conf");
        File.WriteAllText(path, "old");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupWrite);

        new MerlinConfigurationFile(path).Change(old => (byte[])[.. old, (byte)'!']);

        Assert.Equal("old!", File.ReadAllText(path));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupWrite, File.GetUnixFileMode(path));
        Assert.Equal(["merlin.conf"], _folder.GetFiles().Select(f => f.Name));
    }

    [Fact]
    public void Change_Link_StaysALink()
    {
        var target = Path.Combine(_folder.FullName, "target");
        var link = Path.Combine(_folder.FullName, "link");
        File.CreateSymbolicLink(link, target);

        new MerlinConfigurationFile(link).Change(_ => new byte[] { (byte)'x' });

        Assert.Equal(target, new FileInfo(link).LinkTarget);
        Assert.Equal("x", File.ReadAllText(target));
    }

    [Fact]
    public void Change_NoFolder_MakesIt()
    {
        var path = Path.Combine(_folder.FullName, "a/b/merlin.conf");

        new MerlinConfigurationFile(path).Change(_ => new byte[] { 1 });

        Assert.True(File.Exists(path));
    }

    [Fact]
    public void Change_Refused_WritesNothing()
    {
        var path = Path.Combine(_folder.FullName, "merlin.conf");

        new MerlinConfigurationFile(path).Change(_ => null);

        Assert.False(File.Exists(path));
    }

    [Fact]
    public void Change_TwoWritersAtOnce_LoseNothing()
    {
        var path = Path.Combine(_folder.FullName, "merlin.conf");

        Parallel.For(0, 40, i => new MerlinConfigurationFile(path).Change(old => (byte[])[.. old, (byte)i]));

        Assert.Equal(Enumerable.Range(0, 40).Select(i => (byte)i), File.ReadAllBytes(path).Order());
    }

    [Fact]
    public void Read_Directory_IsOneLine() =>
        Assert.EndsWith(
            "is a directory",
            Assert.Throws<MonException>(() => new MerlinConfigurationFile(_folder.FullName).Read()).Message,
            StringComparison.Ordinal);
}
