using System.Text;
using Compeer.Api;
using Compeer.Cluster.Model;
using Compeer.Configuration.Nodes;
using Compeer.Configuration.Nodes.Reading;
using Compeer.Configuration.Versions;
using Compeer.Daemon.Configuration;
using Compeer.Daemon.Log;
using Compeer.Daemon.Nodes;
using Compeer.Daemon.Synchronisation;

namespace Compeer.Tests.Daemon.Nodes;

public sealed class PollerPartsTests : IDisposable
{
    private const string Objects = "define host {\n  host_name falcon\n  max_check_attempts 3\n}\n"
        + "define hostgroup {\n  hostgroup_name hyperdrive\n  members falcon\n}\n";

    private readonly TemporaryFolder _folder = new();
    private readonly MonitorPaths _paths;

    public PollerPartsTests() => _paths = MonitorPaths.FromPrefix(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Follow_ConfigurationOrNodes_WritesWhatPollersGetAndLeavesWhatIsTheSame()
    {
        var file = await FollowAsync("poller solo {\n hostgroup = hyperdrive\n}\npeer obi1 {\n}\n", Objects);
        var before = File.ReadAllText(file);
        Assert.Contains("falcon", before, StringComparison.Ordinal);
        File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch);

        await FollowAsync("poller solo {\n hostgroup = hyperdrive\n}\n", Objects);
        Assert.Equal(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(file));
        await FollowAsync("poller solo {\n hostgroup = hyperdrive\n}\n", Objects.Replace("falcon", "engine", StringComparison.Ordinal));
        Assert.Contains("engine", File.ReadAllText(file), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Follow_HostGroupThatIsNotThere_IsSaidAndWritesNothing()
    {
        Assert.False(File.Exists(await FollowAsync("poller solo {\n hostgroup = hyperride\n}\n", Objects)));
        Assert.Contains("there is no host group 'hyperride'", File.ReadAllText(_folder.File("log")), StringComparison.Ordinal);
    }

    /// <summary>Also where there is no poller at all.</summary>
    [Fact]
    public async Task Follow_BlockedHostGroups_AreSaid()
    {
        await FollowAsync("module {\n ipc_blocked_hostgroups = hyperdrive, hyperride\n}\n", Objects);
        var said = File.ReadAllText(_folder.File("log"));
        Assert.Contains("this node does not check the 1 hosts of 'hyperdrive' and their 0 services", said, StringComparison.Ordinal);
        Assert.Contains("there is no host group 'hyperride'", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("poller solo {\n hostgroup = x\n}\n", "/var/cache/config/solo.cfg")]
    [InlineData("poller solo {\n hostgroup = x\n object_config {\n  push = no\n }\n}\n", null)]
    [InlineData("poller solo {\n hostgroup = x\n object_config {\n  source = /a\n }\n}\n", "/a")]
    [InlineData("oconfsplit_dir = parts\npoller solo {\n hostgroup = x\n}\n", "/op5/merlin/parts/solo.cfg")]
    [InlineData("peer solo {\n}\n", null)]
    public void FileOf_ANode_IsWhatItGets(string merlin, string? expected)
    {
        var configuration = Merlin(merlin);

        Assert.Equal(expected, PollerParts.FileOf(_paths, configuration, configuration.Nodes[0])?.Replace(
            _folder.Path, "", StringComparison.Ordinal));
    }

    [Fact]
    public void Offer_PartOfAPoller_IsNoneOfTheFilesThatAreNeverSent()
    {
        var file = _folder.Write("var/cache/config/solo.cfg", "objects");
        var outgoing = new Outgoing(
            new NodeId(7),
            new TreeScanner(TimeProvider.System),
            new SynchronisationRecords(_folder.File("records")),
            new PathRules(_paths),
            _ => null);
        outgoing.Follow([new SyncEntry(file, PollerMainFile.ObjectFile), new SyncEntry(file, file)]);

        Assert.Equal(PollerMainFile.ObjectFile, Assert.Single(outgoing.Look()!).Path);
    }

    /// <summary>The number on a file is that of the configuration in it: what is in force does not count until it is written.</summary>
    [Fact]
    public async Task OriginOf_APart_IsWhatItWasMadeOf()
    {
        var file = _paths.SplitFolder + "/solo.cfg";
        using var log = MonitoringLog.Open(_folder.File("log"));
        var parts = new PollerParts(_paths, new DaemonLog(log, TimeProvider.System));
        _folder.Write("etc/objects.cfg", Objects);
        var loaded = ConfigurationLoader.Load(_folder.Write("etc/naemon.cfg", "cfg_file=objects.cfg\n"));
        var version = new ConfigurationVersion(3, loaded.Hash) { History = new HistoryId(7), Ancestors = [1, 2] };
        Assert.Null(parts.OriginOf(file));

        parts.Follow(loaded.Main!, loaded.Objects!, loaded.Hash);
        parts.Follow(Merlin("poller solo {\n hostgroup = hyperdrive\n}\n"));
        await parts.DisposeAsync();
        Assert.Equal(new PartOrigin(Version: null), parts.OriginOf(file));
        parts.Follow(version);
        Assert.Equal(version, parts.OriginOf(file)!.Version);
        Assert.Empty(parts.OriginOf(file)!.Version!.Ancestors);

        // Another one is in force, and its part not written.
        parts.Follow(new ConfigurationVersion(4, "other") { History = new HistoryId(7) });
        Assert.Equal(version, parts.OriginOf(file)!.Version);
        Offered(version);
        Offered(null);

        void Offered(ConfigurationVersion? expected)
        {
            var outgoing = new Outgoing(
                new NodeId(7),
                new TreeScanner(TimeProvider.System),
                new SynchronisationRecords(_folder.File("records")),
                new PathRules(_paths),
                expected is null ? _ => new PartOrigin(Version: null) : parts.OriginOf);
            outgoing.Follow([new SyncEntry(file, PollerMainFile.ObjectFile)]);
            Assert.Equal(expected, outgoing.Look()?.Single().Version);
        }
    }

    private async Task<string> FollowAsync(string merlin, string objects)
    {
        _folder.Write("etc/objects.cfg", objects);
        var loaded = ConfigurationLoader.Load(_folder.Write("etc/naemon.cfg", "cfg_file=objects.cfg\n"));
        using var log = MonitoringLog.Open(_folder.File("log"));
        await using (var parts = new PollerParts(_paths, new DaemonLog(log, TimeProvider.System)))
        {
            parts.Follow(loaded.Main!, loaded.Objects!, loaded.Hash);
            parts.Follow(Merlin(merlin));
        }

        return _paths.SplitFolder + "/solo.cfg";
    }

    private static MerlinConfiguration Merlin(string text) =>
        MerlinConfigurationReader.Read("merlin.conf", Encoding.UTF8.GetBytes(text)).Configuration!;
}
