using Compeer.Daemon.Log;

namespace Compeer.Daemon.Sockets;

/// <summary>
/// The clients of a service that are connected. There are only so many; when one more comes the one that has said nothing for longest
/// makes room. Any thread.
/// </summary>
/// <param name="most">Most at a time.</param>
/// <param name="service">The service, for the log.</param>
/// <param name="log">Where faults are told.</param>
internal sealed class ServedConnections<T>(int most, string service, DaemonLog log) : IAsyncDisposable
    where T : class, IServedConnection
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _lock = new();
    private readonly Dictionary<T, Task> _open = [];

    /// <summary>How many there are.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _open.Count;
            }
        }
    }

    /// <summary>Serves one more.</summary>
    /// <param name="connection">It.</param>
    /// <param name="isRoom">Whether the process has room for it.</param>
    /// <returns>Null, or which one was broken off for it; itself when all others are being answered.</returns>
    public T? Add(T connection, bool isRoom)
    {
        lock (_lock)
        {
            T? gone = null;
            if (!isRoom || _open.Count >= most)
            {
                gone = _open.Keys.Where(open => open.IdleSince is not null).MinBy(open => open.IdleSince) ?? connection;
                gone.Dispose();
                _open.Remove(gone);
            }

            if (gone != connection)
            {
                _open.Add(connection, ServeAsync(connection));
            }

            return gone;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        Task[] serving;
        lock (_lock)
        {
            serving = [.. _open.Values];
        }

        await Task.WhenAll(serving).ConfigureAwait(false);
        _stopping.Dispose();
    }

    private async Task ServeAsync(T connection)
    {
        // Not on the thread that accepts, and not before the connection is in the list.
        await Task.Yield();
        try
        {
            await connection.ServeAsync(_stopping.Token).ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            log.Error($"a connection of {service} failed: {fault}");
        }
        finally
        {
            lock (_lock)
            {
                _open.Remove(connection);
            }
        }
    }
}
