using Compeer.Cli.Remote;
using Compeer.Cli.Transfer;

namespace Compeer.Tests.Cli.Transfer;

public sealed class RsyncCommandLineTests
{
    [Fact]
    public void Ssh_SettingsOfTheNode_AreWordsOfOneLine()
    {
        var node = new RemoteNode("peer02", "10.0.0.2", "monitor", "/a key", "23");

        Assert.Equal(
            "ssh -o ConnectTimeout=10 -o ServerAliveInterval=5 -o ServerAliveCountMax=3 -o ControlMaster=no -o BatchMode=yes "
            + "-o IdentitiesOnly=yes -i \"/a key\" -p 23 -l monitor",
            RsyncCommandLine.Ssh("ssh", node));
    }

    [Theory]
    [InlineData("10.0.0.2", "10.0.0.2:/x")]
    [InlineData("fe80::1", "[fe80::1]:/x")]
    public void At_Address_IsTakenForOne(string address, string expected) =>
        Assert.Equal(expected, RsyncCommandLine.At(RemoteNode.Of(address), "/x"));

    [Fact]
    public void ForPath_FolderOrFile_DeletesInFoldersOnlyAndKeepsWhatGoes()
    {
        var folder = RsyncCommandLine.ForPath("ssh", "/b", isFolder: true, isDryRun: true, "/from", "n:/to");
        var file = RsyncCommandLine.ForPath("ssh", "/b", isFolder: false, isDryRun: false, "/from", "n:/to");

        Assert.Equal(["--", "/from/", "n:/to/"], folder.ToArray()[^3..]);
        Assert.Equal(["--", "/from", "n:/to"], file.ToArray()[^3..]);
        Assert.Contains("--delete", folder);
        Assert.Contains("--dry-run", folder);
        Assert.DoesNotContain("--delete", file);
        Assert.DoesNotContain("--dry-run", file);
        Assert.All([folder, file], arguments => Assert.Contains("--backup-dir=/b", arguments));
    }
}
