namespace Compeer.Daemon.Hosting;

/// <summary>
/// What was started, to be stopped in reverse. A part that fails to stop is reported and stops no other: those below it
/// hold locks, sockets and files that the next start needs.
/// </summary>
/// <param name="report">Takes what failed: the part's name and the fault.</param>
internal sealed class PartStack(Action<string, Exception> report) : IAsyncDisposable
{
    private readonly Stack<(string Name, Func<ValueTask> Stop)> _parts = new();

    /// <summary>Adds a part that was started; the last one added is stopped first.</summary>
    public T Push<T>(T part)
        where T : notnull
    {
        _parts.Push((typeof(T).Name, part switch
        {
            IAsyncDisposable asynchronous => asynchronous.DisposeAsync,
            IDisposable synchronous => () =>
            {
                synchronous.Dispose();
                return ValueTask.CompletedTask;
            }
            ,
            _ => throw new ArgumentException($"{typeof(T).Name} needs no stopping", nameof(part)),
        }));
        return part;
    }

    /// <summary>Adds something to be done when everything that is added later has stopped.</summary>
    public void Push(string name, Action stop) => _parts.Push((name, () =>
    {
        stop();
        return ValueTask.CompletedTask;
    }
    ));

    /// <summary>Stops everything; each part once, however often this is called.</summary>
    public async ValueTask DisposeAsync()
    {
        while (_parts.TryPop(out var part))
        {
            try
            {
                await part.Stop().ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                report(part.Name, exception);
            }
        }
    }
}
