using System.Net.Sockets;
using Compeer.Configuration.Main;
using Compeer.Daemon.Log;
using Compeer.Daemon.Sockets;

namespace Compeer.Daemon.QueryHandler;

/// <summary>
/// The socket of the query handler (<c>query_socket</c>). Whoever may open it, its owner and group, may ask and give commands. A socket
/// that cannot be made is told of, and monitoring goes on.
/// </summary>
internal sealed class QueryListener(string usualPath, QueryDesk desk, DaemonLog log) : IAsyncDisposable
{
    /// <summary>Most connections at a time.</summary>
    public const int MaxConnections = 200;

    private const int Backlog = 128;

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly HashSet<Task> _tasks = [];
    private Socket? _socket;
    private string? _path;
    private int _connections;

    /// <summary>Listens where this configuration says, from now on. Connections that there are stay.</summary>
    public void Follow(MainConfiguration main)
    {
        lock (_gate)
        {
            var path = main.QuerySocket ?? usualPath;
            if (_stopping.IsCancellationRequested || (path == _path && _socket is not null))
            {
                return;
            }

            Close();
            _path = path;
            _socket = Open(path);
            if (_socket is { } socket)
            {
                Keep(Task.Run(() => AcceptLoop.RunAsync(socket, "the query handler", Serve, log, _stopping.Token)));
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        Task[] tasks;
        lock (_gate)
        {
            Close();
            tasks = [.. _tasks];
        }

        await Task.WhenAll(tasks).ConfigureAwait(false);
        _stopping.Dispose();
    }

    private Socket? Open(string path)
    {
        try
        {
            return LocalSocket.Listen(path, Backlog);
        }
        catch (IOException fault)
        {
            log.Error($"queries are not taken, because of query_socket: {path}: {fault.Message}");
            return null;
        }
    }

    /// <summary>With the gate locked.</summary>
    private void Close()
    {
        if (_socket is not null && _path is not null)
        {
            _socket.Dispose();
            LocalSocket.Remove(_path);
        }

        _socket = null;
    }

    private void Keep(Task task)
    {
        _tasks.RemoveWhere(done => done.IsCompleted);
        _tasks.Add(task);
    }

    private void Serve(Socket accepted, bool isRoom)
    {
        if (!isRoom || Volatile.Read(ref _connections) >= MaxConnections)
        {
            // It fits into the buffer of a new socket, or the client does not read it.
            accepted.Blocking = false;
            _ = accepted.Send(QueryDesk.Refusal(503), SocketFlags.None, out _);
            accepted.Dispose();
            return;
        }

        Interlocked.Increment(ref _connections);
        lock (_gate)
        {
            Keep(Task.Run(() => ServeAsync(accepted)));
        }
    }

    private async Task ServeAsync(Socket accepted)
    {
        using var connection = new QueryConnection(accepted, desk, TimeProvider.System);
        try
        {
            await connection.ServeAsync(_stopping.Token).ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            log.Error($"a connection of the query handler failed: {fault}");
        }
        finally
        {
            Interlocked.Decrement(ref _connections);
        }
    }
}
