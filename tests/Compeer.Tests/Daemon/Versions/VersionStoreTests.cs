using System.Text;
using Compeer.Api;
using Compeer.Cluster.Model;
using Compeer.Configuration.Text;
using Compeer.Configuration.Versions;
using Compeer.Daemon.Versions;
using Compeer.Tests.Configuration.Versions;

namespace Compeer.Tests.Daemon.Versions;

public sealed class VersionStoreTests : IDisposable
{
    private const string Root = "/etc";

    private readonly TemporaryFolder _folder = new();
    private readonly VersionStore _store;
    private int _minutes;

    public VersionStoreTests() => _store = new VersionStore(MonitorPaths.FromPrefix(_folder.Path));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Keep_IsThereForTheNextStart()
    {
        var one = Keep(1, "one", "same");
        var two = Keep(2, "two", "same");

        var again = new VersionStore(MonitorPaths.FromPrefix(_folder.Path));
        Assert.Equal([two.Hash, one.Hash], again.List().Select(version => version.Hash));
        Assert.Equal("two", TextOf(again, two, "a.cfg"));
        Assert.Equal(new NodeId(7), again.List()[0].Origin);
        Assert.Equal(2, again.List()[0].Number);
        Assert.Empty(new VersionStore(MonitorPaths.FromPrefix(_folder.File("nothing"))).List());
    }

    [Fact]
    public void Number_OfAKeptOne_IsWrittenDown()
    {
        var one = Keep(1, "one", "x");
        _store.Number(new ConfigurationVersion(9, one.Hash) { Origin = new NodeId(8) });
        _store.Number(new ConfigurationVersion(10, new string('0', 64)));

        var kept = Assert.Single(_store.List());
        Assert.Equal((9L, new NodeId(8)), (kept.Number, kept.Origin));
    }

    [Fact]
    public void Find_ByNumberOrHash_SaysWhenThereIsNoneOrMoreThanOne()
    {
        var one = Keep(1, "one", "x");
        Keep(0, "never taken up", "x");

        Assert.Equal(one.Hash, _store.Find("1", out _)!.Hash);
        Assert.Equal(one.Hash, _store.Find(one.Hash[..6], out _)!.Hash);
        Assert.Null(_store.Find("0", out _));
        Assert.Null(_store.Find("77", out var problem));
        Assert.Contains("mon oconf versions", problem, StringComparison.Ordinal);
        Assert.Null(_store.Find("", out _));

        Keep(1, "two of the same number", "x");
        Assert.Null(_store.Find("1", out problem));
        Assert.Contains("give the hash", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Keep_MoreThanAreKept_DropsTheOldestAndItsFiles()
    {
        var first = Keep(1, "first", "shared");
        for (var number = 2; number <= VersionStore.MaxVersions; number++)
        {
            Keep(number, $"text {number}", "shared");
        }

        Assert.Equal("first", TextOf(_store, first, "a.cfg"));
        var last = Keep(VersionStore.MaxVersions + 1, "last", "shared");

        Assert.Equal(VersionStore.MaxVersions, _store.List().Count);
        Assert.Null(_store.ManifestOf(first.Hash));
        Assert.False(_store.Content.Has(ConfigurationManifest.HashOf("first"u8)));
        Assert.Equal("shared", TextOf(_store, last, "b.cfg"));
    }

    [Fact]
    public void Keep_ManyThatAreNotInForce_NeverDropsTheOneThatIs()
    {
        var inForce = Keep(1, "in force", "shared");
        _store.InForce = inForce.Hash;
        for (var number = 0; number <= VersionStore.MaxVersions; number++)
        {
            Keep(0, $"refused {number}", "shared");
        }

        Assert.Equal("in force", TextOf(_store, inForce, "a.cfg"));
        Assert.Equal(VersionStore.MaxVersions, _store.List().Count);
    }

    [Fact]
    public void Keep_WhileAnotherIsHeld_DropsNothingOfIt()
    {
        var coming = Make("coming", "x");
        _store.Content.Write(coming.Hash, coming.Encode());
        _store.Content.Write(ConfigurationManifest.HashOf("coming"u8), "coming"u8);
        var half = ConfigurationManifest.HashOf("half"u8);
        using (_store.Hold(coming.Hash))
        using (_store.Hold(half))
        {
            _store.Content.Append(half, 0, "ha"u8);
            Keep(1, "one", "x");
            Assert.True(File.Exists(_store.Content.UnfinishedOf(half)));
            Assert.Equal("coming", TextOf(_store, coming, "a.cfg"));
        }

        Keep(2, "two", "x");
        Assert.False(_store.Content.Has(coming.Hash));
        Assert.False(File.Exists(_store.Content.UnfinishedOf(half)));
    }

    [Fact]
    public void Read_BrokenContent_CountsAsAbsent()
    {
        var one = Keep(1, "one", "x");
        var hash = ConfigurationManifest.HashOf("one"u8);
        var file = Directory.GetFiles(_folder.Path, hash, SearchOption.AllDirectories).Single();
        File.WriteAllText(file, "two");

        Assert.Null(_store.Content.Read(hash));
        Assert.False(_store.Content.Has(hash));
        Keep(1, "one", "x");
        Assert.NotNull(_store.ManifestOf(one.Hash));
    }

    [Fact]
    public void List_FilesThatAreNone_ArePassedOver()
    {
        Keep(1, "one", "x");
        File.WriteAllText(Path.Combine(_folder.Path, "var/configuration/versions", "x.json"), "{");
        Assert.Single(_store.List());
    }

    [Fact]
    public void Folders_AreTheOwnersOnly()
    {
        Keep(1, "one", "x");
        var files = Directory.EnumerateFileSystemEntries(_folder.File("var/configuration"), "*", SearchOption.AllDirectories).ToList();
        Assert.NotEmpty(files);
        Assert.All(files.Where(file => file.Contains("/content", StringComparison.Ordinal)), file => Assert.Equal(
            UnixFileMode.None,
            File.GetUnixFileMode(file) & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute)));
    }

    private static ConfigurationManifest Make(string first, string second) => ConfigurationManifestTests.Manifest(
        $"{Root}/naemon.cfg", "", ($"{Root}/a.cfg", first), ($"{Root}/b.cfg", second));

    private ConfigurationManifest Keep(long number, string first, string second)
    {
        var manifest = Make(first, second);
        _store.Keep(
            new StoredVersion
            {
                Number = number,
                Hash = manifest.Hash,
                Origin = new NodeId(7),
                KeptAt = DateTimeOffset.UnixEpoch.AddMinutes(++_minutes),
                Came = "in a test",
            },
            manifest,
            Root,
            [Source("a.cfg", first), Source("b.cfg", second)]);
        return manifest;
    }

    private static SourceFile Source(string name, string text) => new($"{Root}/{name}", Encoding.UTF8.GetBytes(text));

    private static string? TextOf(VersionStore store, ConfigurationManifest manifest, string name) =>
        store.Content.Read(manifest.Files.Single(file => file.Name == name).Hash) is { } content
            ? Encoding.UTF8.GetString(content.Span)
            : null;
}
