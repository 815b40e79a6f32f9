using Compeer.Platform.Files;
using Compeer.Tests.Execution;

namespace Compeer.Tests.Platform;

/// <summary>Root changes files in a folder of the daemon's user; what that user puts there does not decide what root writes to.</summary>
public sealed class SharedFileTests : IDisposable
{
    private static readonly FileOwner Other = new(60_001, 60_001);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("compeer-shared-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Change_LinkWhereTheNewFileIsWritten_IsNotFollowed()
    {
        var path = Path.Combine(_folder.FullName, "merlin.conf");
        var victim = Path.Combine(_folder.FullName, "victim");
        File.WriteAllText(victim, "untouched");
        File.CreateSymbolicLink(Path.Combine(_folder.FullName, $".merlin.conf.{Environment.ProcessId}.new"), victim);

        SharedFile.Change(path, () => new byte[] { (byte)'x' });

        Assert.Equal("untouched", File.ReadAllText(victim));
        Assert.Equal("x", File.ReadAllText(path));
        Assert.Equal(["merlin.conf", "victim"], _folder.GetFiles().Select(file => file.Name).Order());
    }

    [RootFact]
    public void Change_LinkOfSomebodyElse_IsRefused()
    {
        var victim = Path.Combine(_folder.FullName, "victim");
        File.WriteAllText(victim, "root's");
        var link = Link("merlin.conf", victim);

        Assert.Contains(
            $"{link} is a link to {victim}",
            Assert.Throws<IOException>(() => SharedFile.Change(link, () => new byte[] { 1 })).Message,
            StringComparison.Ordinal);
        Assert.Equal("root's", File.ReadAllText(victim));
    }

    /// <summary>Also one after root's own.</summary>
    [RootFact]
    public void Change_LinkOfSomebodyElseOnTheWay_IsRefused()
    {
        var victim = Path.Combine(_folder.FullName, "victim");
        var link = Path.Combine(_folder.FullName, "merlin.conf");
        File.CreateSymbolicLink(link, Link("second", victim));

        Assert.Throws<IOException>(() => SharedFile.Change(link, () => new byte[] { 1 }));
        Assert.False(File.Exists(victim));
    }

    /// <summary>Links in the folders above do as much as one in the place of the file.</summary>
    [RootFact]
    public void Change_FolderThatIsALinkOfSomebodyElse_IsRefused()
    {
        var victim = _folder.CreateSubdirectory("victim");
        var folder = Link("etc", victim.FullName);

        Assert.Contains(
            $"{folder} is a link to {victim.FullName}, made by a user whom {victim.FullName}/merlin.conf does not belong to",
            Assert.Throws<IOException>(() => SharedFile.Change($"{folder}/merlin.conf", () => new byte[] { 1 })).Message,
            StringComparison.Ordinal);
        Assert.Throws<IOException>(() => SharedFile.Change($"{folder}/new/merlin.conf", () => new byte[] { 1 }));
        Assert.Empty(victim.GetFiles());
        Assert.True(Other.TryGive(victim.FullName));
        SharedFile.Change($"{folder}/merlin.conf", () => new byte[] { 1 });
        Assert.Equal(Other, FileOwner.Of($"{victim.FullName}/merlin.conf"));
    }

    [Fact]
    public void Change_OwnLinksOfFoldersAndUpwards_AreFollowedAndFoldersMade()
    {
        var real = _folder.CreateSubdirectory("srv/real");
        Directory.CreateSymbolicLink($"{_folder}/etc", "srv/./real/new/../below");
        real.CreateSubdirectory("new");
        File.CreateSymbolicLink($"{real}/merlin.conf", $"{_folder}/etc/deep/../target");

        SharedFile.Change($"{real}/merlin.conf", () => new byte[] { (byte)'x' });

        Assert.Equal("x", File.ReadAllText($"{real}/below/target"));
        Assert.True(Directory.Exists($"{real}/below/deep"));
        Assert.NotNull(new FileInfo($"{real}/merlin.conf").LinkTarget);
    }

    /// <summary>What the folders' names lead to afterwards changes nothing.</summary>
    [Fact]
    public void Change_FolderReplacedMeanwhile_WritesWhereItLooked()
    {
        var victim = _folder.CreateSubdirectory("victim");
        var folder = _folder.CreateSubdirectory("etc");

        SharedFile.Change($"{folder}/merlin.conf", () =>
        {
            Directory.Move(folder.FullName, $"{_folder}/moved");
            Directory.CreateSymbolicLink(folder.FullName, victim.FullName);
            return new byte[] { (byte)'x' };
        });

        Assert.Empty(victim.GetFiles());
        Assert.Equal("x", File.ReadAllText($"{_folder}/moved/merlin.conf"));
    }

    [RootFact]
    public void Change_LinkToAFileOfItsMaker_KeepsTheOwner()
    {
        var target = Path.Combine(_folder.FullName, "target");
        File.WriteAllText(target, "theirs");
        Assert.True(Other.TryGive(target));

        SharedFile.Change(Link("merlin.conf", target), () => new byte[] { (byte)'x' });

        Assert.Equal("x", File.ReadAllText(target));
        Assert.Equal(Other, FileOwner.Of(target));
    }

    [Fact]
    public void Change_LinkToItself_IsSaid()
    {
        var link = Path.Combine(_folder.FullName, "merlin.conf");
        File.CreateSymbolicLink(link, link);

        Assert.Contains(
            "leads to itself",
            Assert.Throws<IOException>(() => SharedFile.Change(link, () => new byte[] { 1 })).Message,
            StringComparison.Ordinal);
    }

    [RootFact]
    public void TryGive_Link_GivesTheLinkOnly()
    {
        var victim = Path.Combine(_folder.FullName, "victim");
        File.WriteAllText(victim, "root's");

        var link = Link("link", victim);

        Assert.Equal(Other, FileDetails.Of(link)!.Owner);
        Assert.Equal(0u, FileOwner.Of(victim)!.User);
    }

    private string Link(string name, string target)
    {
        var link = Path.Combine(_folder.FullName, name);
        File.CreateSymbolicLink(link, target);
        Assert.True(Other.TryGive(link));
        return link;
    }
}
