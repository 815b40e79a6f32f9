using System.Security.Cryptography;
using Compeer.Cli.Keys;
using Compeer.Configuration.Nodes;

namespace Compeer.Tests.Cli.Keys;

public sealed class LinkKeyStoreTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("compeer-keys-");
    private readonly LinkKeyStore _store;
    private readonly LinkKey _key = NewKey();

    public LinkKeyStoreTests() => _store = new LinkKeyStore(_folder.FullName);

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Keep_First_IsTakenAndThenKnown()
    {
        Assert.Equal(new KeptLinkKey(KeptLinkKeyState.Taken, _key), Keep("peer02", _key));
        Assert.Equal(new KeptLinkKey(KeptLinkKeyState.Known, _key), Keep("peer02", _key));
        Assert.Equal(new KeptLinkKey(KeptLinkKeyState.Known, _key), Keep("peer02", _key, "10.0.0.2"));
        Assert.Equal(_key, _store.Claim("peer02", []));
        Assert.Equal(["peer02.pem"], Names());
    }

    [Fact]
    public void Keep_Another_IsRefusedUnlessItMayReplace()
    {
        Keep("peer02", _key);
        var other = NewKey();

        Assert.Equal(new KeptLinkKey(KeptLinkKeyState.Refused, _key), _store.Keep("keys/peer02.pem", other, ["peer02"], replace: false));
        Assert.Equal(_key, _store.Claim("peer02", []));
        Assert.Equal(new KeptLinkKey(KeptLinkKeyState.Replaced, _key), _store.Keep("keys/peer02.pem", other, ["peer02"], replace: true));
        Assert.Equal(other, _store.Claim("peer02", []));
    }

    [Theory]
    [InlineData("peer02", "x", true)]
    [InlineData("east", "peer02", true)]
    [InlineData("east", "10.0.0.2", true)]
    [InlineData("EAST", "PEER02", true)]
    [InlineData("east", "peer03", false)]
    public void Claim_NodeThatWasNotConfigured_IsFoundByWhatItWasCalled(string name, string address, bool found)
    {
        Keep("peer02", _key, "10.0.0.2");
        Keep("peer04", NewKey());

        Assert.Equal(found ? _key : null, _store.Claim(name, [address]));
        Assert.Equal(found, File.Exists(Path.Combine(_folder.FullName, NodeKeyFile.Of(name == "peer02" ? "peer02" : name))));
    }

    [Fact]
    public void Keep_FileThatIsDamaged_IsReplaced()
    {
        _folder.CreateSubdirectory("keys");
        File.WriteAllText(Path.Combine(_folder.FullName, "keys/peer02.pem"), "-----BEGIN PUBLIC");

        Assert.Equal(KeptLinkKeyState.Taken, Keep("peer02", _key).State);
    }

    [Fact]
    public void LinkKey_Forms_AreTheSameKey()
    {
        Assert.Equal(_key, LinkKey.Parse(_key.ToString()));
        Assert.Equal(_key, LinkKey.FromPem("names = a b\n" + _key.ToPem()));
        Assert.Equal(32, _key.Fingerprint.Length);
        Assert.Null(LinkKey.Parse("AAAA"));
        Assert.Null(LinkKey.Parse("?"));
        Assert.Null(LinkKey.FromPem("peer02"));
    }

    [Theory]
    [InlineData("peer02", "keys/peer02.pem")]
    [InlineData("a.b_c-d", "keys/a.b_c-d.pem")]
    [InlineData("../x", "keys/%2E.%2Fx.pem")]
    [InlineData(".hidden", "keys/%2Ehidden.pem")]
    [InlineData("ä", "keys/%C3%A4.pem")]
    public void FileOf_Name_StaysInTheFolder(string name, string file) => Assert.Equal(file, NodeKeyFile.Of(name));

    private KeptLinkKey Keep(string name, LinkKey key, params string[] others) =>
        _store.Keep(NodeKeyFile.Of(name), key, [name, .. others], replace: false);

    private string[] Names() => [.. _folder.GetDirectories("keys")[0].GetFiles().Select(file => file.Name)];

    private static LinkKey NewKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return LinkKey.FromPem(key.ExportSubjectPublicKeyInfoPem())!;
    }
}
