using Compeer.Cli.Files;

namespace Compeer.Tests.Cli;

public sealed class TemporaryFolderTests
{
    [Fact]
    public void Folder_InUse_StaysAndIsGoneAfterwards()
    {
        string path;
        using (var first = TemporaryFolder.Make())
        {
            path = first.Path;
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(path));
            File.WriteAllText(path + "/kept", "");
            using var second = TemporaryFolder.Make();
            Assert.True(File.Exists(path + "/kept"));
            Assert.NotEqual(path, second.Path);
        }

        Assert.False(Directory.Exists(Path.GetDirectoryName(path)));
    }

    [Fact]
    public void Folder_WhoseCommandWasKilled_GoesWithTheNext()
    {
        var abandoned = Directory.CreateTempSubdirectory("mon-oconf-");
        var other = Directory.CreateTempSubdirectory("mon-oconf-");
        try
        {
            File.WriteAllText(abandoned.FullName + "/in-use", "");
            Directory.CreateDirectory(abandoned.FullName + "/content/objects");

            TemporaryFolder.Make().Dispose();

            Assert.False(Directory.Exists(abandoned.FullName));
            Assert.True(Directory.Exists(other.FullName));
        }
        finally
        {
            other.Delete(recursive: true);
        }
    }
}
