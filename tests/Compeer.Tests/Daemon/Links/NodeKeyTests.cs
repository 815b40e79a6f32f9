using Compeer.Daemon.Links;
using Compeer.Daemon.Platform;

namespace Compeer.Tests.Daemon.Links;

public sealed class NodeKeyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void LoadOrCreate_NoFile_MakesAKeyThatOnlyItsOwnerReads()
    {
        var file = _folder.File("merlin/node.key");
        using var made = NodeKey.LoadOrCreate(file);
        using var read = NodeKey.LoadOrCreate(file);
        Assert.Equal(made.Pin.Id, read.Pin.Id);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(file)!));
    }

    [Fact]
    public async Task LoadOrCreate_ManyAtOnce_AllGetTheSameKey()
    {
        var file = _folder.File("node.key");
        var ids = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            using var key = NodeKey.LoadOrCreate(file);
            return key.Pin.Id.ToString();
        })));
        Assert.Single(ids.Distinct());
    }

    [Theory]
    [InlineData("")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")]
    [InlineData("no key at all")]
    public void LoadOrCreate_DamagedFile_SaysWhatToDoAndKeepsIt(string content)
    {
        var file = _folder.Write("node.key", content);
        var exception = Assert.Throws<StartupException>(() => NodeKey.LoadOrCreate(file));
        Assert.Contains(file, exception.Message, StringComparison.Ordinal);
        Assert.Contains("remove it", exception.Message, StringComparison.Ordinal);
        Assert.Equal(content, File.ReadAllText(file));
    }

    [Fact]
    public void Read_WhatNodeKeyPrints_IsTheSamePin()
    {
        using var key = NodeKey.LoadOrCreate(_folder.File("node.key"));
        var read = PublicKeyPin.Read(_folder.Write("peer.pub", key.Pin.ToPem()), out var problem);
        Assert.Equal("", problem);
        Assert.Equal(key.Pin.Id, read?.Id);
    }

    [Fact]
    public void Read_MissingOrForeignFile_NamesItAndSaysWhatIsExpected()
    {
        Assert.Null(PublicKeyPin.Read(_folder.File("absent.pub"), out var absent));
        Assert.Contains("absent.pub", absent, StringComparison.Ordinal);
        Assert.Null(PublicKeyPin.Read(_folder.Write("foreign.pub", "ssh-ed25519 AAAA root@peer02\n"), out var foreign));
        Assert.Contains("mon node key", foreign, StringComparison.Ordinal);
    }
}
