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
