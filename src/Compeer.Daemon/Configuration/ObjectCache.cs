using Compeer.Configuration.Main;
using Compeer.Configuration.Objects.Definitions;
using Compeer.Daemon.Log;

namespace Compeer.Daemon.Configuration;

/// <summary>
/// Keeps <c>object_cache_file</c> up with the running configuration. It is written beside everything else: monitoring does
/// not wait for it, neither do the first checks share the processors with it, and a failure is a warning. Any thread may call it.
/// </summary>
/// <param name="defaultPath">Where it is when the main configuration does not say.</param>
/// <param name="log">Takes warnings.</param>
/// <param name="timeProvider">The time in its header.</param>
internal sealed class ObjectCache(string defaultPath, DaemonLog log, TimeProvider timeProvider) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _mayBegin = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationTokenSource _giveUp = new();
    private Task _writing = Task.CompletedTask;

    /// <summary>Ends when what was to be written last is, or was given up.</summary>
    internal Task Writing
    {
        get
        {
            lock (_lock)
            {
                return _writing;
            }
        }
    }

    /// <summary>Nothing is written before this has ended, whatever its end; what is to be written last is then.</summary>
    public void BeginAfter(Task other) => other.ContinueWith(
        _ => _mayBegin.TrySetResult(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);

    /// <summary>Begins to write these objects; what is still being written is given up.</summary>
    public void Follow(MainConfiguration main, ObjectConfiguration objects)
    {
        lock (_lock)
        {
            _giveUp.Cancel();
            _giveUp.Dispose();
            _giveUp = new CancellationTokenSource();
            _writing = WriteAfterAsync(_writing, main, objects, _giveUp.Token);
        }
    }

    /// <summary>Gives up what is still being written. Nothing may follow.</summary>
    public async ValueTask DisposeAsync()
    {
        await _giveUp.CancelAsync().ConfigureAwait(false);
        await _writing.ConfigureAwait(false);
        _giveUp.Dispose();
    }

    private async Task WriteAfterAsync(
        Task before, MainConfiguration main, ObjectConfiguration objects, CancellationToken cancellation)
    {
        // Not on the caller's thread, which is the loop's.
        await before.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        await _mayBegin.Task.WaitAsync(cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!cancellation.IsCancellationRequested)
        {
            Write(main, objects, cancellation);
        }
    }

    private void Write(MainConfiguration main, ObjectConfiguration objects, CancellationToken cancellation)
    {
        var path = main.ObjectCacheFile ?? defaultPath;
        try
        {
            if (ObjectCacheFile.Write(path, main, objects, timeProvider.GetLocalNow(), cancellation) is { } problem)
            {
                log.Warning($"object_cache_file {problem}");
            }
        }
        catch (OperationCanceledException)
        {
            // The daemon stops, or newer objects are being written.
        }
    }
}
