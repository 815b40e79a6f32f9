using System.Collections.Immutable;
using Compeer.Api;
using Compeer.Cluster.Model;
using Compeer.Daemon.Configuration;
using Compeer.Daemon.Log;
using Compeer.Daemon.Loop;
using Compeer.Daemon.Nodes;
using Compeer.Daemon.Reload;
using Compeer.Daemon.Versions;
using Compeer.Engine.Events;
using Compeer.Engine.TimePeriods;
using Compeer.Peer;

namespace Compeer.Tests.Daemon.Reload;

public sealed class ConfigurationReloaderTests : IDisposable
{
    private const string Command = "define command {\n command_name ok\n command_line /bin/true\n}\n";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _folder = new();
    private readonly MonitorPaths _paths;
    private readonly MonitoringLog _log;
    private readonly DaemonLoop _loop;
    private readonly Shell _shell = new();
    private readonly VersionStore _store;
    private readonly ConfigurationReloader _reloader;

    public ConfigurationReloaderTests()
    {
        _paths = MonitorPaths.FromPrefix(_folder.File("."));
        Write("h1");
        WriteMain("");
        var loaded = ConfigurationLoader.Load(_paths.MainConfiguration);
        var version = ConfigurationVersion.Unnumbered(loaded.Hash);
        var configuration = new PeerConfiguration(loaded.Main!, loaded.Objects!, ZoneRules.Utc, version);
        var id = new NodeId(1);
        _log = MonitoringLog.Open(_folder.File("naemon.log"));
        var log = new DaemonLog(_log, TimeProvider.System);
        var clock = new InstantSource(TimeProvider.System);
        var peer = new MonitoringPeer(configuration, new ClusterOptions { Self = id, Incarnation = 1 });
        _loop = new DaemonLoop(peer, clock, _shell, new LoopQueue());
        var nodes = NodeDirectory.Open(new NodeFiles(_paths.MerlinConfiguration, id), log, TimeProvider.System);
        _store = new VersionStore(_paths);
        var uptake = new ConfigurationUptake(configuration, _store, _loop, log, TimeProvider.System);
        _reloader = new ConfigurationReloader(
            _paths.FindMainConfiguration, loaded.Diagnostics, nodes, uptake, _store, log, TimeProvider.System);
        _loop.Start();
    }

    public void Dispose()
    {
        _loop.Dispose();
        _log.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Reload_NothingChanged_TakesNothingUp()
    {
        var reload = await ReloadAsync();

        Assert.Equal((true, true, "nothing changed"), (reload.Applied, reload.NodesApplied, reload.Summary));
        Assert.Empty(_shell.Followed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense=1\ncfg_file=/nonexistent\n")]
    public async Task Reload_WhateverComesOfIt_SaysWhenItBeginsAndEnds(string main)
    {
        WriteMain(main);
        var said = new List<bool>();
        _reloader.IsUnderWay = said.Add;

        await ReloadAsync();

        Assert.Equal([true, false], said);
    }

    [Fact]
    public async Task Reload_Changed_IsTakenUpByTheLoopAndByItsShell()
    {
        Write("h1", "h2");
        WriteMain("max_concurrent_checks=5\nservice_check_timeout=7\n");
        var reload = await ReloadAsync();

        Assert.True(reload.Applied);
        Assert.Equal(
            "hosts: 1 added, 0 removed, 0 changed; services: 0 added, 0 removed, 0 changed"
            + "; main configuration: max_concurrent_checks, service_check_timeout",
            reload.Summary);
        Assert.Equal(5, Assert.Single(_shell.Followed).Main.MaxConcurrentChecks);
        Assert.Equal(2, (await PeerAsync(peer => peer.Configuration)).Objects.Hosts.Length);
    }

    [Fact]
    public async Task NotTakenUp_Errors_NamesTheFirstUntilTheFilesAreGoodOrReplaced()
    {
        Write("h1", "h2");
        await ReloadAsync();
        Assert.Equal("", _reloader.NotTakenUp);
        File.WriteAllText(Write("h1"), "define host {\n nonsense x\n}\n");
        await ReloadAsync();
        Assert.Matches("^the files here were not taken up at [-0-9]{10} [:0-9]{8}: .*\\.cfg:[12]: ", _reloader.NotTakenUp);

        await _reloader.RestoreAsync(Assert.Single(_store.List()));
        Assert.Equal("", _reloader.NotTakenUp);

        WriteMain("nonsense=1\n");
        await ReloadAsync();
        Assert.Contains("nonsense", _reloader.NotTakenUp, StringComparison.Ordinal);
        WriteMain("");
        await ReloadAsync();
        Assert.Equal("", _reloader.NotTakenUp);
    }

    [Fact]
    public async Task Reload_OlderFilePutBack_IsANewerVersion()
    {
        var first = await VersionAsync();
        Write("h1", "h2");
        await ReloadAsync();
        var second = await VersionAsync();
        var file = Write("h1");
        File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch.AddDays(1));
        await ReloadAsync();
        var third = await VersionAsync();

        Assert.Equal(first.Hash, third.Hash);
        Assert.True(second > first);
        Assert.True(third > second);
    }

    [Fact]
    public async Task TakeUp_OfWhatIsOlderByNow_ChangesNothing()
    {
        await ReloadAsync();
        Write("h1", "h2");
        await ReloadAsync();
        var first = _store.List().Single(version => version.Hosts == 2);
        Write("h1", "h2", "h3");
        await ReloadAsync();
        var current = await VersionAsync();

        // Fetched, refused, and tried again when it is not the newest any more.
        var late = new ConfigurationVersion(current.Number - 1, first.Hash) { Origin = new NodeId(9), History = current.History };
        Assert.Equal("", await _reloader.TakeUpAsync(_store.ManifestOf(first.Hash)!, late, "late"));
        Assert.Equal(current, await VersionAsync());

        Assert.Equal("", await _reloader.TakeUpAsync(_store.ManifestOf(first.Hash)!, late with { Number = current.Number + 1 }, "newer"));
        Assert.Equal(first.Hash, (await VersionAsync()).Hash);
        Assert.Equal(2, (await PeerAsync(peer => peer.Configuration)).Objects.Hosts.Length);
    }

    [Fact]
    public async Task Reload_FileTouchedOnly_ChangesNothing()
    {
        Write("h1", "h2");
        await ReloadAsync();
        var first = await VersionAsync();
        File.SetLastWriteTimeUtc(Write("h1", "h2"), TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(1));
        var reload = await ReloadAsync();

        Assert.Equal("nothing changed", reload.Summary);
        Assert.Equal(first, await VersionAsync());
    }

    [Theory]
    [InlineData("interval_length=long\n", "interval_length")]
    [InlineData("resource_file=/nonexistent.cfg\n", "does not exist")]
    public async Task Reload_ErrorInTheMainConfiguration_IsRefused(string line, string problem)
    {
        var before = await PeerAsync(peer => peer.Configuration);
        Write("h1", "h2");
        WriteMain(line);
        var reload = await ReloadAsync();

        Assert.False(reload.Applied);
        Assert.Contains(reload.Diagnostics, finding =>
            finding.Severity == "error" && finding.Message.Contains(problem, StringComparison.Ordinal));
        Assert.Same(before, await PeerAsync(peer => peer.Configuration));
        WriteMain("");
        Assert.True((await ReloadAsync()).Applied);
        Assert.NotSame(before, await PeerAsync(peer => peer.Configuration));
    }

    [Fact]
    public async Task Reload_NameTooLongForTheWire_IsRefused()
    {
        Write("h1", new string('n', 1025));
        var reload = await ReloadAsync();

        Assert.False(reload.Applied);
        Assert.Contains(reload.Diagnostics, finding => finding.Message.Contains("1025 bytes", StringComparison.Ordinal));
        Assert.Empty(_shell.Followed);
    }

    [Fact]
    public async Task Reload_BrokenMerlinConf_KeepsTheNodesAndTakesUpTheRest()
    {
        _folder.Write("op5/merlin/merlin.conf", "peer broken {\n");
        Write("h1", "h2");
        var reload = await ReloadAsync();

        Assert.Equal((true, false), (reload.Applied, reload.NodesApplied));
        Assert.Contains(reload.Diagnostics, finding => finding.File == _paths.MerlinConfiguration && finding.Line > 0);
    }

    [Fact]
    public async Task Reload_AskedForWhileOneRuns_OneMoreFollowsForAllWhoAsked()
    {
        var held = new TaskCompletionSource();
        var hold = new ManualResetEventSlim();
        _loop.Post(new LoopInput(new PeerInput.View(), () =>
        {
            held.SetResult();
            hold.Wait();
        }));
        await held.Task.WaitAsync(Patience);
        Write("h1", "h2");
        var first = _reloader.ReloadAsync(isConfirmed: false);
        using var limit = new CancellationTokenSource(Patience);
        while (_loop.QueueLength == 0)
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        // The first has read its files and waits for the loop.
        Write("h1", "h2", "h3");
        var second = _reloader.ReloadAsync(isConfirmed: false);
        Assert.NotSame(first, second);
        Assert.Same(second, _reloader.ReloadAsync(isConfirmed: false));
        Assert.False(second.IsCompleted);
        hold.Set();

        Assert.StartsWith("hosts: 1 added", (await first.WaitAsync(Patience)).Summary, StringComparison.Ordinal);
        Assert.StartsWith("hosts: 1 added", (await second.WaitAsync(Patience)).Summary, StringComparison.Ordinal);
        Assert.Equal([2, 3], _shell.Followed.Select(configuration => configuration.Objects.Hosts.Length));
        hold.Dispose();
    }

    [Fact]
    public async Task Reload_LoopHasEnded_SaysSo()
    {
        Write("h1", "h2");
        _loop.Dispose();
        var reload = await ReloadAsync();

        Assert.False(reload.Applied);
        Assert.Contains("stopping", reload.Summary, StringComparison.Ordinal);
    }

    private Task<ConfigurationReload> ReloadAsync() => _reloader.ReloadAsync(isConfirmed: false).WaitAsync(Patience);

    private Task<T> PeerAsync<T>(Func<MonitoringPeer, T> take) =>
        _loop.ViewAsync((peer, _) => take(peer), CancellationToken.None).WaitAsync(Patience);

    private string Write(params string[] hosts) => _folder.Write("etc/objects/site.cfg", Command + string.Concat(hosts.Select(host =>
        $"define host {{\n host_name {host}\n check_command ok\n max_check_attempts 3\n}}\n")));

    private void WriteMain(string more) => _folder.Write("etc/naemon.cfg", "cfg_dir=objects\n" + more);

    private sealed class Shell : IPeerShell
    {
        private ImmutableList<PeerConfiguration> _followed = [];

        public IReadOnlyList<PeerConfiguration> Followed => Volatile.Read(ref _followed);

        public void Persist(DurableState state)
        {
        }

        public void StartCheck(in CheckToRun check)
        {
        }

        public void WritePerformance(in PerformanceLine line)
        {
        }

        public void LookFor(in DoubtfulCheck check)
        {
        }

        public void Order(ProgramOrder order)
        {
        }

        public void ReadCommands(in CommandFile file)
        {
        }

        public void RunCommand(CommandToRun command)
        {
        }

        public void WriteLog(in LogEntry entry)
        {
        }

        public void MarkLog(long mark)
        {
        }

        public void FetchEntries(StreamFetch fetch)
        {
        }

        public void Dial(NodeId neighbour)
        {
        }

        public void Store(UnstoredValues values)
        {
        }

        public void Send(LinkId link, ReadOnlyMemory<byte> frame)
        {
        }

        public void Close(LinkId link, string reason)
        {
        }

        public void Notify(NoticeLevel level, string text)
        {
        }

        public void Follow(PeerConfiguration configuration) => ImmutableInterlocked.Update(ref _followed, list => list.Add(configuration));

        public void Exchange(ClusterEffect effect)
        {
        }

        public void EndRound()
        {
        }

        public void Failed(Exception exception) => throw exception;
    }

    private Task<ConfigurationVersion> VersionAsync() => PeerAsync(peer => peer.ClusterSnapshot().Version);
}
