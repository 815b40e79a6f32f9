using Compeer.Daemon.Instance;
using Compeer.Daemon.Loop;

namespace Compeer.Daemon.Hosting;

/// <summary>
/// Tells the service manager that the daemon is well for as long as its loop answers: a process that is there and monitors
/// nothing is restarted. A thread of the pool.
/// </summary>
internal sealed class LoopWatch : IAsyncDisposable
{
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _watching;

    /// <param name="manager">Who is told.</param>
    /// <param name="silence">How long the manager suffers silence; it hears three times as often.</param>
    /// <param name="loop">What must answer.</param>
    public LoopWatch(ServiceManager manager, TimeSpan silence, DaemonLoop loop) =>
        _watching = WatchAsync(manager, silence / 3, loop, _ending.Token);

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync().ConfigureAwait(false);
        await _watching.ConfigureAwait(false);
        _ending.Dispose();
    }

    private static async Task WatchAsync(ServiceManager manager, TimeSpan interval, DaemonLoop loop, CancellationToken ending)
    {
        try
        {
            while (true)
            {
                await loop.ViewAsync((_, _) => true, ending).ConfigureAwait(false);
                manager.StillWell();
                await Task.Delay(interval, ending).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The daemon stops, and says so by other means.
        }
    }
}
