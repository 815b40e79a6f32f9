using Compeer.Cluster.Model;
using Compeer.Storage.Model;

namespace Compeer.Daemon.Storage;

/// <summary>Reads the database of a node while its configuration is read: with many stored states each takes about as long as the other.
/// What is not taken is closed again.</summary>
/// <param name="open">Opens and reads it; null when it is to be opened as usual.</param>
internal sealed class DatabaseAhead(Func<(IValueDatabase Database, StoredValues Found)?> open) : IDisposable
{
    private readonly Lock _gate = new();
    private Task<(IValueDatabase Database, StoredValues Found)?>? _reading;

    /// <summary>Begins, on a thread of its own; the first time only.</summary>
    public void Begin()
    {
        lock (_gate)
        {
            _reading ??= Task.Factory.StartNew(
                open, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
    }

    /// <summary>Waits for its end. It and what it has are the caller's from now on, and not kept here; null when it was not begun, or when
    /// it is to be opened as usual.</summary>
    public (IValueDatabase Database, StoredValues Found)? Take()
    {
        Task<(IValueDatabase Database, StoredValues Found)?>? reading;
        lock (_gate)
        {
            (reading, _reading) = (_reading, null);
        }

        return reading?.GetAwaiter().GetResult();
    }

    /// <summary>Closes it when nobody took it, at once or as soon as it is read.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _reading?.ContinueWith(
                reading => reading.Result?.Database.Dispose(),
                CancellationToken.None,
                TaskContinuationOptions.OnlyOnRanToCompletion | TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
            _reading = null;
        }
    }
}
