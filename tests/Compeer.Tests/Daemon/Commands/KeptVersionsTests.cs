using System.Collections.Immutable;
using System.Text.Json;
using Compeer.Api;
using Compeer.Cluster.Model;
using Compeer.Daemon.Commands;
using Compeer.Daemon.Configuration;
using Compeer.Daemon.Platform;
using Compeer.Daemon.Versions;

namespace Compeer.Tests.Daemon.Commands;

/// <summary>What is kept can be looked at while no daemon runs.</summary>
public sealed class KeptVersionsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly MonitorPaths _paths;

    public KeptVersionsTests()
    {
        _paths = MonitorPaths.FromPrefix(_folder.Path);
        Directory.CreateDirectory(_paths.ConfigurationFolder);
        File.WriteAllText(_paths.MainConfiguration, "cfg_file=a.cfg\n");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void List_NothingKept_IsEmpty() => Assert.Empty(List());

    [Fact]
    public void List_TheOneThatTheFilesAre_HasTheStar()
    {
        var first = Keep("define host {\n}\n", number: 1);
        var second = Keep("define service {\n}\n", number: 2);
        Write("define host {\n}\n");

        Assert.Equal([(second, 2L, false), (first, 1L, true)], List().Select(kept => (kept.Hash, kept.Number, kept.InForce)));
        Assert.Equal("00000000000000000000000000000007", List()[0].Origin);
        Write("define contact {\n}\n");
        Assert.DoesNotContain(List(), kept => kept.InForce);
    }

    [Fact]
    public void Compare_OneVersion_IsWithTheFilesAsTheyStand()
    {
        Keep("one\n", number: 1);
        Write("never taken up\n");

        var file = Assert.Single(Compare("1", other: null).Files);
        Assert.Equal(new ChangedFile("a.cfg", "one\n", "never taken up\n"), file);
    }

    [Fact]
    public void Compare_TwoVersions_LeavesTheFilesOut()
    {
        Keep("one\n", number: 1);
        Keep("two\n", number: 2);
        Write("three\n");

        Assert.Equal(new ChangedFile("a.cfg", "two\n", "one\n"), Assert.Single(Compare("2", "1").Files));
    }

    [Theory]
    [InlineData("9", null, "there is no configuration '9'")]
    [InlineData("1", "9", "there is no configuration '9'")]
    public void Compare_UnknownVersion_SaysSo(string one, string? other, string expected)
    {
        Keep("one\n", number: 1);

        var fault = Assert.Throws<StartupException>(() => KeptVersions.Compare(_paths, one, other));
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_NoMainConfiguration_SaysSo()
    {
        Keep("one\n", number: 1);
        File.Delete(_paths.MainConfiguration);

        var fault = Assert.Throws<StartupException>(() => KeptVersions.Compare(_paths, "1", toVersion: null));
        Assert.Contains("naemon.cfg cannot be read; name two configurations", fault.Message, StringComparison.Ordinal);
    }

    private ImmutableArray<KeptConfiguration> List() =>
        JsonSerializer.Deserialize(KeptVersions.List(_paths), ApiJsonContext.Default.ImmutableArrayKeptConfiguration);

    private ConfigurationDifference Compare(string one, string? other) =>
        JsonSerializer.Deserialize(KeptVersions.Compare(_paths, one, other), ApiJsonContext.Default.ConfigurationDifference)!;

    private void Write(string objects) => File.WriteAllText(_paths.ConfigurationFolder + "/a.cfg", objects);

    private string Keep(string objects, long number)
    {
        Write(objects);
        var loaded = ConfigurationLoader.Load(_paths.MainConfiguration);
        new VersionStore(_paths).Keep(
            new StoredVersion
            {
                Number = number,
                Hash = loaded.Hash,
                Origin = new NodeId(7),
                KeptAt = DateTimeOffset.UnixEpoch.AddMinutes(number),
                Came = "changed here",
            },
            loaded.Manifest!,
            loaded.Folder,
            loaded.ObjectFiles);
        return loaded.Hash;
    }
}
