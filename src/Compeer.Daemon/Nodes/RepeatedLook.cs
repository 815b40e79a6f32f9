namespace Compeer.Daemon.Nodes;

/// <summary>Looks at something again and again, until the daemon stops.</summary>
/// <param name="interval">The time between two looks.</param>
/// <param name="clock">The clock.</param>
internal sealed class RepeatedLook(TimeSpan interval, TimeProvider clock) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    /// <summary>Ends what a look waits for, when the daemon stops.</summary>
    public CancellationToken Stopping => _stop.Token;

    /// <summary>Begins.</summary>
    /// <param name="look">One look; the next begins when it is over.</param>
    public void Start(Func<Task> look) => _running = RunAsync(look);

    /// <summary>Ends it, and waits for a look that is under way.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task RunAsync(Func<Task> look)
    {
        using var timer = new PeriodicTimer(interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false))
            {
                await look().ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The daemon stops.
        }
    }
}
