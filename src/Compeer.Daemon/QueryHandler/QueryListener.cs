using System.Net.Sockets;
using System.Text;
using Compeer.Configuration.Main;
using Compeer.Daemon.Log;
using Compeer.Platform.Errors;
using Compeer.Platform.Files;
using Compeer.Platform.Processes;

namespace Compeer.Daemon.QueryHandler;

/// <summary>
/// The socket of the query handler (<c>query_socket</c>). Whoever may open it, its owner and group, may ask and give commands. A socket
/// that cannot be made is told of, and monitoring goes on.
/// </summary>
internal sealed class QueryListener(string usualPath, QueryDesk desk, DaemonLog log) : IAsyncDisposable
{
    /// <summary>Most connections at a time.</summary>
    public const int MaxConnections = 200;

    /// <summary>Longest path of a socket, in bytes.</summary>
    private const int LongestPath = 107;

    private const int Backlog = 128;
    private const UnixFileMode OwnerAndGroup =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;

    private static readonly TimeSpan TryAgain = TimeSpan.FromMilliseconds(100);

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
                Keep(Task.Run(() => AcceptAsync(socket)));
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
        if (Encoding.UTF8.GetByteCount(path) > LongestPath)
        {
            log.Error($"queries are not taken, because of query_socket: the path has more than {LongestPath} bytes: {path}");
            return null;
        }

        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            // Never a file that is something else: the path is an operator's word.
            if (FileDetails.Of(path) is { Type: not FileType.Special })
            {
                log.Error($"queries are not taken, because of query_socket: {path} is there and is no socket");
                socket.Dispose();
                return null;
            }

            File.Delete(path);
            socket.Bind(new UnixDomainSocketEndPoint(path));
            File.SetUnixFileMode(path, OwnerAndGroup);
            socket.Listen(Backlog);
            return socket;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or SocketException)
        {
            socket.Dispose();
            log.Error($"queries are not taken, because of query_socket: {path}: {SystemError.Words(fault)}");
            return null;
        }
    }

    /// <summary>With the gate locked.</summary>
    private void Close()
    {
        if (_socket is not null && _path is not null)
        {
            _socket.Dispose();
            File.Delete(_path);
        }

        _socket = null;
    }

    private void Keep(Task task)
    {
        _tasks.RemoveWhere(done => done.IsCompleted);
        _tasks.Add(task);
    }

    private async Task AcceptAsync(Socket socket)
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                var accepted = await socket.AcceptAsync(_stopping.Token).ConfigureAwait(false);
                Serve(accepted, isRoom: !ResourceLimits.IsTooManyForClients(accepted.Handle));
            }
            catch (Exception fault) when (fault is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException fault) when (fault.SocketErrorCode == SocketError.OperationAborted)
            {
                return;
            }
            catch (SocketException)
            {
                // Out of descriptors, or the client had gone: not in a spin.
                await Task.Delay(TryAgain, CancellationToken.None).ConfigureAwait(false);
            }
        }
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
