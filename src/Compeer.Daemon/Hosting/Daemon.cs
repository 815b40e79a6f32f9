using Compeer.Daemon.Instance;
using Compeer.Daemon.Log;
using Compeer.Daemon.Loop;
using Compeer.Daemon.Reload;
using Compeer.Peer;

namespace Compeer.Daemon.Hosting;

/// <summary>A running daemon, as <see cref="Composition"/> made it: what can be asked of it, and its end.</summary>
internal sealed class Daemon(
    PartStack parts, DaemonLog log, MonitoringLog monitoringLog, DaemonLoop loop, ConfigurationReloader reloader)
    : IAsyncDisposable
{
    /// <summary>How long a stop waits for the others to take over; checks still running then are killed, and their new
    /// owners run them.</summary>
    private static readonly TimeSpan TimeToLeave = TimeSpan.FromMilliseconds(500);

    private ServiceManager? _manager;
    private bool _stopped;

    /// <summary>Tells the service manager that the daemon is ready, and from now on whenever it reloads, is well, or stops.</summary>
    public void ReportTo(ServiceManager manager)
    {
        _manager = manager;
        reloader.IsUnderWay = isUnderWay =>
        {
            if (isUnderWay)
            {
                manager.Reloading();
            }
            else
            {
                manager.Ready();
            }
        };
        if (manager.Watchdog is { } silence)
        {
            parts.Push(new LoopWatch(manager, silence, loop));
        }

        manager.Ready();
    }

    /// <summary>Reads the whole configuration now and takes it up when it is good (SIGHUP); the log says what came of it.</summary>
    public void Reload() => reloader.ReloadAsync(isConfirmed: false);

    /// <summary>Opens the log anew (SIGUSR1).</summary>
    public void ReopenLog() => monitoringLog.Reopen(TimeProvider.System.GetUtcNow());

    /// <summary>Hands everything over to the other peers, then stops.</summary>
    public async Task StopAsync()
    {
        if (!_stopped)
        {
            _stopped = true;
            _manager?.Stopping();
            log.Information("shutting down...");
            loop.Post(new PeerInput.Leave());
            await WaitUntilHandedOverAsync().ConfigureAwait(false);
        }

        await DisposeAsync().ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => parts.DisposeAsync();

    private async Task WaitUntilHandedOverAsync()
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
            log.Information("checks that still run are killed; whoever owns them next runs them again");
        }
    }
}
