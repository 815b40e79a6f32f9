using Compeer.Api;
using Compeer.Cluster;
using Compeer.Cluster.Model;
using Compeer.Configuration.Main;
using Compeer.Daemon.CheckResults;
using Compeer.Daemon.Configuration;
using Compeer.Daemon.Execution;
using Compeer.Daemon.ExternalCommands;
using Compeer.Daemon.Http;
using Compeer.Daemon.Instance;
using Compeer.Daemon.Links;
using Compeer.Daemon.Livestatus;
using Compeer.Daemon.Log;
using Compeer.Daemon.Loop;
using Compeer.Daemon.Nodes;
using Compeer.Daemon.Nrdp;
using Compeer.Daemon.Nsca;
using Compeer.Daemon.Passive;
using Compeer.Daemon.PerformanceData;
using Compeer.Daemon.Platform;
using Compeer.Daemon.Reload;
using Compeer.Daemon.StatusFiles;
using Compeer.Daemon.Storage;
using Compeer.Daemon.Synchronisation;
using Compeer.Daemon.Testing;
using Compeer.Daemon.Versions;
using Compeer.Engine.Import;
using Compeer.Engine.Model;
using Compeer.Engine.Snapshot;
using Compeer.Peer;

namespace Compeer.Daemon.Hosting;

/// <summary>
/// Makes the parts of a daemon in the order in which they need each other and starts them; what each needs exists before
/// it. Nothing listens before everything that a request could touch is there.
/// </summary>
internal static class Composition
{
    /// <summary>Starts a daemon.</summary>
    /// <param name="paths">Where everything is.</param>
    /// <param name="loaded">A configuration without errors.</param>
    /// <param name="store">The configurations that are kept.</param>
    /// <param name="ahead">The database, if it is being read already.</param>
    /// <param name="notes">What the log is to say of how it came to be this one.</param>
    /// <param name="ended">Called when the daemon cannot go on, with the fault, and with null when a command says that it is to
    /// stop.</param>
    /// <param name="stopping">Gives up.</param>
    /// <exception cref="StartupException">A part cannot start; what was started is stopped again.</exception>
    /// <exception cref="OperationCanceledException">It was told to stop before it had started; likewise.</exception>
    public static async Task<Daemon> StartAsync(
        MonitorPaths paths,
        LoadedConfiguration loaded,
        VersionStore store,
        DatabaseAhead ahead,
        IReadOnlyList<string> notes,
        Action<Exception?> ended,
        CancellationToken stopping)
    {
        if (loaded.Main is not { } main)
        {
            throw new ArgumentException("a configuration with errors is not started", nameof(loaded));
        }

        var monitoringLog = MonitoringLog.Open(LogFileOf(main, paths));
        monitoringLog.Follow(main);
        var log = new DaemonLog(monitoringLog, TimeProvider.System);
        var parts = new PartStack((part, fault) => log.Error($"{part} did not stop as it should: {fault}"));
        parts.Push(monitoringLog);
        parts.Push("last words", () => StartupLines.WriteStop(log));
        try
        {
            foreach (var note in notes)
            {
                log.Warning(note);
            }

            return await ComposeAsync(paths, loaded, store, ahead, parts, monitoringLog, log, ended, stopping).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            if (exception is OperationCanceledException)
            {
                log.Information("told to stop while starting");
            }
            else
            {
                log.Error($"the start failed: {exception.Message}");
            }

            await parts.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static async Task<Daemon> ComposeAsync(
        MonitorPaths paths,
        LoadedConfiguration loaded,
        VersionStore store,
        DatabaseAhead ahead,
        PartStack parts,
        MonitoringLog monitoringLog,
        DaemonLog log,
        Action<Exception?> ended,
        CancellationToken stopping)
    {
        var clock = new InstantSource(TimeProvider.System);
        var startedAt = clock.Now;

        // The two that take longest, beside each other; what a stop finds unfinished ends with the process.
        var preparingApi = Task.Run(() => ApiServer.Create(paths.ApiSocket, log), CancellationToken.None);
        var stateFile = parts.Push(DurableStateFile.Open(DurableStateFile.FileIn(paths), log, TimeProvider.System));
        var openingDatabase = Task.Run(() => NodeDatabase.Open(paths, loaded, ahead, log), CancellationToken.None);
        var version = store.Pushed.Of(loaded.Hash, stateFile.State.Configuration) ?? ConfigurationVersion.Unnumbered(loaded.Hash);
        var preparing = Task.Run(() => Prepare(loaded, version), CancellationToken.None);
        StartupLines.WriteStart(log, loaded, startedAt);
        WriteLockFile(loaded, parts, log);
        var key = parts.Push(NodeKey.LoadOrCreate(NodeKey.FileIn(paths)));
        var nodes = NodeDirectory.Open(new NodeFiles(paths.MerlinConfiguration, key.Pin.Id), log, TimeProvider.System);
        var options = NodeOptions.Of(nodes.Current.Configuration, key, startedAt) with { Durable = stateFile.State };
        var configuration = await preparing.WaitAsync(stopping).ConfigureAwait(false);
        var keeper = await openingDatabase.WaitAsync(stopping).ConfigureAwait(false);
        var staged = new StagedRetention(paths.StagedRetention, log);
        var (peer, takingUp) = MakePeer(
            configuration, options, keeper, staged, startedAt, LogFileOf(configuration.Main, paths), parts);
        var cache = parts.Push(new ObjectCache(paths.ObjectCacheFile, log, TimeProvider.System));
        var queue = parts.Push(new LoopQueue());
        var executor = parts.Push(new CheckExecutor(
            configuration, TimeProvider.System, queue.Post, new RunnerLog(log, TimeProvider.System)));
        var links = parts.Push(new LinkHub(key, queue.Post, log));
        var versions = parts.Push(new VersionKeeper(store, log));
        var shell = new DaemonShell(monitoringLog, log, executor, links, cache, stateFile, keeper, versions, ended);
        var loop = new DaemonLoop(peer, clock, shell, queue);
        parts.Push("last values", () => StoreLast(loop, takingUp));
        parts.Push(loop);
        var uptake = parts.Push(new ConfigurationUptake(configuration, store, loop, log, TimeProvider.System));
        var reloader = new ConfigurationReloader(
            paths.FindMainConfiguration, loaded.Diagnostics, nodes, uptake, store, log, TimeProvider.System);
        shell.Follower = parts.Push(new ConfigurationFollower(store, reloader, input => loop.Post(new PeerInput.Exchange(input)), log));
        var self = new DaemonIdentity(paths, startedAt.Wall, key.Pin.Id);
        await OpenLivestatusAsync(shell, parts, configuration, self, executor, nodes, loop, monitoringLog, log).ConfigureAwait(false);
        shell.Tests = new CheckTestDesk(loop, nodes, executor, log);
        shell.Queries = QueryParts.Make(
            parts, self, loop, nodes, reloader, executor, links, store, options.DataTimeout, shell.Tests, log);
        var ways = OpenPaths(shell, parts, configuration, self, executor, queue, loop, reloader, log);
        var api = parts.Push(await preparingApi.WaitAsync(stopping).ConfigureAwait(false));
        var versioning = new VersionEndpoints(paths, key.Pin.Id, store, reloader, nodes, uptake);
        var routes = new ApiEndpoints(
            self, loop, nodes, reloader, executor, links, monitoringLog, versioning, shell.Synchroniser!, keeper, ways, shell.Tests);
        await api.StartAsync(routes.Map).ConfigureAwait(false);
        var gate = OpenGate(parts, links, nodes, log);
        await takingUp.WaitAsync(stopping).ConfigureAwait(false);
        WriteStates(monitoringLog, peer, queue, clock);
        // Before the loop, which is where a reload follows: the later must not be replaced by the earlier.
        cache.Follow(configuration.Main, configuration.Objects);
        Start(loop, queue, keeper, shell, peer, staged);
        shell.Follower.Start();
        reloader.KeepFirst(loaded, stateFile.State.Configuration?.Hash ?? "");
        shell.Synchroniser!.Start();
        parts.Push(nodes).Start(set => Follow(set, shell, links, gate, loop, log));
        StartLater(cache, parts, nodes, paths, executor, loop, log);
        await ways.StartAsync().ConfigureAwait(false);
        StartupLines.WriteReady(log);
        return new Daemon(parts, log, monitoringLog, loop, reloader);
    }

    private static LinkGate OpenGate(PartStack parts, LinkHub links, NodeDirectory nodes, DaemonLog log)
    {
        var gate = parts.Push(new LinkGate(links, log));
        gate.Follow(nodes.Current.EndPoint);
        return gate;
    }

    /// <summary>What nobody waits for: writes the object cache when the first checks were started, looks after pollers that are away
    /// for too long and after what merlin.conf lacks.</summary>
    private static void StartLater(
        ObjectCache cache, PartStack parts, NodeDirectory nodes, MonitorPaths paths, CheckExecutor executor, DaemonLoop loop, DaemonLog log)
    {
        cache.BeginAfter(UncollectedStart.EndAfterAsync(loop.FirstChecksAsync()));
        parts.Push(new PollerRemoval(nodes, paths.MerlinConfiguration, LookAsync, log, TimeProvider.System)).Start();
        parts.Push(new ClusterUpdate(
            nodes, LookAsync, (command, limit) => executor.RunOnceAsync(command, limit), log, TimeProvider.System)).Start();

        Task<ClusterSnapshot> LookAsync(CancellationToken stop) => loop.ViewAsync((peer, _) => peer.ClusterSnapshot(), stop);
    }

    private static void WriteLockFile(LoadedConfiguration loaded, PartStack parts, DaemonLog log)
    {
        if (loaded.Main?.LockFile is { } lockFile)
        {
            parts.Push(new LockFile(lockFile, log));
        }
    }

    /// <summary>The loop, and what needs its answers.</summary>
    private static void Start(
        DaemonLoop loop, LoopQueue queue, ValueKeeper? keeper, DaemonShell shell, MonitoringPeer peer, StagedRetention staged)
    {
        shell.Parts!.Follow(peer.ClusterSnapshot().Version);
        keeper?.Start(queue.Post);
        loop.Start();
        shell.StateFiles!.Start();
        _ = staged.RemoveAsync(async () =>
        {
            var end = new PeerInput.Import(new RetentionImport { IsDryRun = false }, [], IsLast: true);
            await loop.TakeAsync(end, CancellationToken.None).ConfigureAwait(false);
            await WaitUntilStoredAsync(loop).ConfigureAwait(false);
        });
    }

    /// <summary>Waits until the database has what nobody may forget by now, however long it fails.</summary>
    private static async Task WaitUntilStoredAsync(DaemonLoop loop)
    {
        var mark = await loop.ViewAsync((peer, _) => peer.UnforgettableMark, CancellationToken.None).ConfigureAwait(false);
        while (!await loop.ViewAsync((peer, _) => peer.IsStored(mark), CancellationToken.None).ConfigureAwait(false))
        {
            await Task.Delay(ValueKeeper.TryAgainAfter, TimeProvider.System).ConfigureAwait(false);
        }
    }

    /// <summary>Where questions are answered.</summary>
    private static async Task OpenLivestatusAsync(
        DaemonShell shell,
        PartStack parts,
        PeerConfiguration configuration,
        DaemonIdentity self,
        CheckExecutor executor,
        NodeDirectory nodes,
        DaemonLoop loop,
        MonitoringLog monitoringLog,
        DaemonLog log)
    {
        var counters = new LivestatusCounters();
        var source = new MomentSource(self, loop, nodes, executor, monitoringLog, counters, TimeProvider.System);
        var options = BrokerModules.Read(configuration.Main).Livestatus;
        source.Follow(options);
        var server = await LivestatusServer.OpenAsync(
            self.Paths.LivestatusSocket, self.Paths.LivestatusCertificate, options, source, counters, log, TimeProvider.System)
            .ConfigureAwait(false);
        parts.Push(server);
        shell.Livestatus = changed => server.Follow(() =>
        {
            var followed = BrokerModules.Read(changed).Livestatus;
            source.Follow(followed);
            return followed;
        });
    }

    /// <summary>Where scripts and other programs bring commands and results, and find performance data.</summary>
    private static PassiveWays OpenPaths(
        DaemonShell shell,
        PartStack parts,
        PeerConfiguration configuration,
        DaemonIdentity self,
        CheckExecutor executor,
        LoopQueue queue,
        DaemonLoop loop,
        ConfigurationReloader reloader,
        DaemonLog log)
    {
        shell.Queries!.Follow(configuration.Main);
        shell.Reload = () => reloader.ReloadAsync(isConfirmed: false);
        shell.Parts = parts.Push(new PollerParts(self.Paths, log));
        shell.Synchroniser = parts.Push(FileSynchroniser.In(
            self.Paths, input => loop.Post(new PeerInput.Exchange(input)), reloader.TakePartAsync, shell.Parts, log));
        OpenPerformanceFiles(shell, parts, configuration, executor, log);
        shell.StateFiles = parts.Push(new StateFiles(
            token => loop.ViewAsync((peer, now) => peer.EngineSnapshot(now), token), self.StartedAt, log, TimeProvider.System));
        shell.StateFiles.Follow(configuration.Main);
        shell.Parts.Follow(configuration.Main, configuration.Objects, configuration.Version.Hash);
        shell.CommandFiles = parts.Push(new CommandFiles(queue, log));
        shell.Commands = parts.Push(CommandPipe.Of(configuration.Main, queue, log));
        shell.CheckResults = parts.Push(new CheckResultFolder(configuration.Main, queue, log, TimeProvider.System));

        // Each has places of its own: results of one may wait for an owner that is not reached, those of the other never do.
        var (nsca, nrdp) = (new PassiveDesk(queue, TimeProvider.System), new PassiveDesk(queue, TimeProvider.System));
        return parts.Push(new PassiveWays(
            [new NscaWay(self.Paths, nsca, log, TimeProvider.System), new NrdpWay(self.Paths, nrdp, log, TimeProvider.System)],
            TimeProvider.System));
    }

    /// <summary>A peer that takes up what the last run left on a thread of its own, while the end of the log is read and everything else is
    /// made. It is nobody else's before that has ended.</summary>
    private static (MonitoringPeer Peer, Task TakingUp) MakePeer(
        PeerConfiguration configuration,
        ClusterOptions options,
        ValueKeeper? keeper,
        StagedRetention staged,
        Instant startedAt,
        string logFile,
        PartStack parts)
    {
        // Not kept: it is as much as all states once more.
        var found = keeper?.TakeFound();
        var streams = found?.Streams;
        var readingLog = Task.Run(() => LogTailReader.Read(logFile, streams), CancellationToken.None);
        var peer = new MonitoringPeer(configuration, options with { KeepsValues = keeper is not null });
        if (keeper is not null)
        {
            parts.Push(keeper);
        }

        return (peer, Task.Run(TakeUpAsync, CancellationToken.None));

        async Task TakeUpAsync()
        {
            if (keeper is not null)
            {
                var values = found ?? StoredValues.Empty;
                found = null;
                peer.Load(startedAt, values, ConfigurationLoader.AllProcessors);
            }

            staged.Take((import, blocks, isLast) => peer.Import(startedAt, import, blocks, isLast));
            peer.Remember(await readingLog.ConfigureAwait(false));
        }
    }

    /// <summary>The last values of a peer, which may still be taking up those of the last run when a start fails.</summary>
    private static void StoreLast(DaemonLoop loop, Task takingUp)
    {
        Task.WhenAny(takingUp).Wait();
        if (takingUp.IsCompletedSuccessfully)
        {
            loop.StoreLast();
        }
    }

    private static string LogFileOf(MainConfiguration main, MonitorPaths paths) =>
        main.LogFile ?? Path.Combine(paths.VariableFolder, "naemon.log");

    /// <summary>The states that the log begins with, now and whenever it begins anew; and whom it tells how far it is.</summary>
    private static void WriteStates(MonitoringLog monitoringLog, MonitoringPeer peer, LoopQueue queue, InstantSource clock)
    {
        monitoringLog.Marked = (mark, position) => queue.Post(new PeerInput.Logged(mark, position));
        monitoringLog.WriteAll(StateLog.Initial(peer.EngineSnapshot(clock.Now)));

        // Taken on the loop, so that what happens afterwards stands after it.
        monitoringLog.WhenBegunAnew(() => queue.Post([new LoopInput(
            new PeerInput.View(), () => monitoringLog.WriteAll(StateLog.Current(peer.EngineSnapshot(clock.Now))))]));
    }

    private static void OpenPerformanceFiles(
        DaemonShell shell, PartStack parts, PeerConfiguration configuration, CheckExecutor executor, DaemonLog log)
    {
        var files = parts.Push(new PerformanceFiles(configuration.Main, log, TimeProvider.System));
        executor.Ended = command =>
        {
            if (command.Kind == CommandKind.PerformanceFile)
            {
                files.TakeBack(command);
            }
        };
        shell.Performance = files;
    }

    private static PeerConfiguration Prepare(LoadedConfiguration loaded, ConfigurationVersion version)
    {
        if (loaded is not { Main: { } main, Objects: { } objects })
        {
            throw new ArgumentException("a configuration with errors is not started", nameof(loaded));
        }

        return new PeerConfiguration(main, objects, TimeZones.Of(main.TimeZone), version);
    }

    /// <summary>Takes up the neighbours that merlin.conf names now.</summary>
    private static void Follow(
        NodeSet nodes, DaemonShell shell, LinkHub links, LinkGate gate, DaemonLoop loop, DaemonLog log)
    {
        shell.Parts!.Follow(nodes.Configuration);

        // First, so that it knows a neighbour before that says anything.
        shell.Synchroniser!.Follow(nodes);
        links.SetTargets(nodes.Targets);
        try
        {
            gate.Follow(nodes.EndPoint);
        }
        catch (StartupException exception)
        {
            log.Error(exception.Message);
        }

        loop.Post(new PeerInput.Neighbours(nodes.Neighbours) { BlockedHostGroups = nodes.Configuration.BlockedHostGroups });
    }
}
