using Compeer.Api;
using Compeer.Cluster;
using Compeer.Configuration.Nodes;
using Compeer.Daemon.Configuration;
using Compeer.Daemon.Execution;
using Compeer.Daemon.Http;
using Compeer.Daemon.Links;
using Compeer.Daemon.Log;
using Compeer.Daemon.Loop;
using Compeer.Daemon.Nodes;
using Compeer.Execution.Processes;
using Compeer.Peer;

namespace Compeer.Daemon.Hosting;

/// <summary>
/// The composition of a running daemon: makes the parts in the order in which they need each other, starts them, and
/// stops them in reverse. Nothing listens before everything that a request could touch is there.
/// </summary>
internal sealed class Daemon : IAsyncDisposable
{
    /// <summary>How long a stop waits for the others to take over; checks still running then are killed, and their new
    /// owners run them.</summary>
    private static readonly TimeSpan TimeToLeave = TimeSpan.FromMilliseconds(500);

    private readonly Stack<IAsyncDisposable> _parts = new();
    private readonly MonitoringLog _monitoringLog;
    private readonly DaemonLog _log;
    private DaemonLoop? _loop;
    private ConfigurationReloader? _reloader;
    private bool _stopped;

    private Daemon(MonitoringLog monitoringLog)
    {
        _monitoringLog = monitoringLog;
        _log = new DaemonLog(monitoringLog, TimeProvider.System);
        Push(monitoringLog);
    }

    /// <exception cref="StartupException">A part cannot start; what was started is stopped again.</exception>
    /// <exception cref="OperationCanceledException">It was told to stop before it had started; likewise.</exception>
    public static async Task<Daemon> StartAsync(
        MonitorPaths paths, LoadedConfiguration loaded, Action<Exception> failed, CancellationToken stopping)
    {
        var logFile = loaded.Main!.LogFile ?? Path.Combine(paths.VariableFolder, "naemon.log");
        var daemon = new Daemon(MonitoringLog.Open(logFile));
        try
        {
            await daemon.BuildAsync(paths, loaded, failed, stopping).ConfigureAwait(false);
            return daemon;
        }
        catch (Exception exception)
        {
            if (exception is OperationCanceledException)
            {
                daemon._log.Information("told to stop while starting");
            }
            else
            {
                daemon._log.Error($"the start failed: {exception.Message}");
            }

            await daemon.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Reads the whole configuration now and takes it up when it is good (SIGHUP); the log says what came of it.</summary>
    public void Reload() => _reloader?.ReloadAsync();

    /// <summary>Opens the log anew (SIGUSR1).</summary>
    public void ReopenLog() => _monitoringLog.Reopen();

    /// <summary>Hands everything over to the other peers, then stops.</summary>
    public async Task StopAsync()
    {
        if (_loop is { } loop && !_stopped)
        {
            _stopped = true;
            _log.Information("shutting down...");
            loop.Post(new LoopInput.Leave());
            await WaitUntilHandedOverAsync(loop).ConfigureAwait(false);
        }

        await DisposeAsync().ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        while (_parts.TryPop(out var part))
        {
            if (_parts.Count == 0)
            {
                StartupLines.WriteStop(_log);
            }

            await part.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task BuildAsync(
        MonitorPaths paths, LoadedConfiguration loaded, Action<Exception> failed, CancellationToken stopping)
    {
        var main = loaded.Main!;
        var timeZone = TimeZones.Find(main.TimeZone) ?? throw new StartupException(TimeZones.Problem(main.TimeZone));
        var clock = new InstantSource(TimeProvider.System);
        var startedAt = clock.Now;
        StartupLines.WriteStart(_log, loaded, startedAt, timeZone);

        if (main.LockFile is { } lockFile)
        {
            Push(new LockFile(lockFile, _log));
        }

        // The two that take longest, beside each other; what a stop finds unfinished ends with the process.
        var preparingApi = Task.Run(() => ApiServer.Create(paths.ApiSocket), CancellationToken.None);
        var preparing = Task.Run(
            () => new PeerConfiguration(main, loaded.Objects!, timeZone, loaded.Version), CancellationToken.None);

        var key = Push(NodeKey.LoadOrCreate(NodeKey.FileIn(paths)));
        LinkHub? links = null;
        LinkGate? gate = null;
        CheckExecutor? executor = null;
        var nodeFiles = new NodeFiles(paths.MerlinConfiguration, key.Pin.Id);
        var nodes = NodeDirectory.Open(nodeFiles, _log, TimeProvider.System, set => Follow(set, links!, gate!));
        var options = OptionsOf(nodes.Current.Configuration, key, startedAt);
        var configuration = await preparing.WaitAsync(stopping).ConfigureAwait(false);
        var peer = new MonitoringPeer(configuration, options);
        stopping.ThrowIfCancellationRequested();
        var cache = new ObjectCache(paths.ObjectCacheFile, _log, TimeProvider.System);
        _parts.Push(cache);
        var shell = new DaemonShell(_monitoringLog, _log, () => executor!, () => links!, cache, failed);
        var loop = new DaemonLoop(peer, clock, shell);
        executor = Push(new CheckExecutor(
            new PluginRunnerOptions { MaxConcurrent = main.MaxConcurrentChecks }, TimeProvider.System, loop.Post));
        links = new LinkHub(key, loop.Post, _log);
        _parts.Push(links);
        Push(loop);
        _loop = loop;
        _reloader = new ConfigurationReloader(paths, configuration, nodes, loop, _log, TimeProvider.System);

        var self = new DaemonIdentity(paths, startedAt.Wall, key.Pin.Id);
        var endpoints = new ApiEndpoints(self, loop, nodes, _reloader, executor, _monitoringLog);
        var api = await preparingApi.WaitAsync(stopping).ConfigureAwait(false);
        _parts.Push(api);
        await api.StartAsync(endpoints).ConfigureAwait(false);
        gate = new LinkGate(links, _log);
        _parts.Push(gate);
        gate.Follow(nodes.Current);
        peer.LogInitialStates(startedAt);

        // Before the loop, which is where a reload follows: the later must not be replaced by the earlier.
        cache.Follow(main, loaded.Objects!);
        loop.Start();
        nodes.Start();
        _parts.Push(nodes);
        StartupLines.WriteReady(_log);
    }

    /// <summary>Takes up the neighbours that merlin.conf names now.</summary>
    private void Follow(NodeSet nodes, LinkHub links, LinkGate gate)
    {
        links.SetTargets(nodes.Targets);
        try
        {
            gate.Follow(nodes);
        }
        catch (StartupException exception)
        {
            _log.Error(exception.Message);
        }

        _loop!.Post(new LoopInput.Neighbours(nodes.Neighbours));
    }

    private async Task WaitUntilHandedOverAsync(DaemonLoop loop)
    {
        using var limit = new CancellationTokenSource(TimeToLeave);
        try
        {
            while (!await loop.ViewAsync((peer, now) => peer.IsAtRest(now), limit.Token).ConfigureAwait(false))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(10), limit.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            _log.Information("checks that still run are killed; whoever owns them next runs them again");
        }
    }

    private static ClusterOptions OptionsOf(MerlinConfiguration configuration, NodeKey key, Instant startedAt)
    {
        var defaults = new ClusterOptions
        {
            Self = key.Pin.Id,
            Incarnation = startedAt.Wall.ToUnixTimeMilliseconds(),
            SoftwareVersion = ProgramVersion.Text,
            MaxFrameBytes = LinkOptions.MaxFrameBytes,
        };
        if (configuration.PulseInterval is not { } pulse)
        {
            return defaults;
        }

        // Merlin's files may ask for slower pulses than ours; silence must then be suffered for longer too.
        var timeout = defaults.DataTimeout > 2 * pulse ? defaults.DataTimeout : 3 * pulse;
        var options = defaults with { PulseInterval = pulse, DataTimeout = timeout };
        return options.Problem() is { } problem ? throw new StartupException($"merlin.conf: {problem}") : options;
    }

    private T Push<T>(T part)
        where T : IDisposable
    {
        _parts.Push(new SynchronousPart(part));
        return part;
    }

    private sealed class SynchronousPart(IDisposable part) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            part.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
