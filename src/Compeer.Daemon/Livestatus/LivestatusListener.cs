using System.Net.Sockets;
using Compeer.Daemon.Log;
using Compeer.Daemon.Loop;
using Compeer.Daemon.Platform;
using Compeer.Platform.Errors;
using Compeer.Platform.Processes;

namespace Compeer.Daemon.Livestatus;

/// <summary>
/// The socket of livestatus. Whoever may open it (its owner and group) may ask and give commands. There are only so many connections;
/// when one more comes the one that has said nothing for longest makes room.
/// </summary>
internal sealed class LivestatusListener : IAsyncDisposable
{
    /// <summary>Most connections at a time.</summary>
    public const int MaxConnections = 1500;

    private const int Backlog = 1024;

    private const UnixFileMode OwnerAndGroup =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;

    private static readonly TimeSpan TryAgain = TimeSpan.FromMilliseconds(100);

    private readonly string _path;
    private readonly Socket _socket;
    private readonly LivestatusDesk _desk;
    private readonly DaemonLog _log;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _lock = new();
    private readonly Dictionary<LivestatusConnection, Task> _open = [];
    private readonly Task _accepting;

    private LivestatusListener(string path, Socket socket, LivestatusDesk desk, DaemonLog log)
    {
        _path = path;
        _socket = socket;
        _desk = desk;
        _log = log;
        _accepting = Task.Run(AcceptAsync);
    }

    /// <summary>Listens.</summary>
    /// <exception cref="StartupException">The socket cannot be made.</exception>
    public static LivestatusListener Open(DaemonIdentity self, DaemonLoop loop, DaemonLog log)
    {
        var path = self.Paths.LivestatusSocket;
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            Directory.CreateDirectory(
                self.Paths.SocketFolder, OwnerAndGroup | UnixFileMode.UserExecute | UnixFileMode.GroupExecute);

            // The folder's lock is held: a socket that is still there belongs to a daemon that was killed.
            File.Delete(path);
            socket.Bind(new UnixDomainSocketEndPoint(path));
            File.SetUnixFileMode(path, OwnerAndGroup);
            socket.Listen(Backlog);
            return new LivestatusListener(path, socket, new LivestatusDesk(self, loop, log, TimeProvider.System), log);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or SocketException)
        {
            socket.Dispose();
            throw new StartupException($"socket {path}: {SystemError.Words(fault)}", fault);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        _socket.Dispose();
        await _accepting.ConfigureAwait(false);
        Task[] serving;
        lock (_lock)
        {
            serving = [.. _open.Values];
        }

        await Task.WhenAll(serving).ConfigureAwait(false);
        _desk.Dispose();
        _stopping.Dispose();
        File.Delete(_path);
    }

    private async Task AcceptAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                var accepted = await _socket.AcceptAsync(_stopping.Token).ConfigureAwait(false);
                _desk.Counters.AddConnection();
                Add(accepted, isRoom: !ResourceLimits.IsTooManyForClients(accepted.Handle));
            }
            catch (Exception fault) when (fault is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException) when (!_stopping.IsCancellationRequested)
            {
                // Out of descriptors, or the client had gone: not in a spin.
                await Task.Delay(TryAgain, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    private void Add(Socket accepted, bool isRoom)
    {
        var connection = new LivestatusConnection(accepted, _desk, TimeProvider.System);
        lock (_lock)
        {
            if (!isRoom || _open.Count >= MaxConnections)
            {
                var idle = _open.Keys.Where(open => open.IdleSince is not null).MinBy(open => open.IdleSince);
                if (idle is null)
                {
                    connection.Dispose();
                    return;
                }

                idle.Dispose();
                _open.Remove(idle);
            }

            _open.Add(connection, ServeAsync(connection));
        }
    }

    private async Task ServeAsync(LivestatusConnection connection)
    {
        // Not on the thread that accepts, and not before the connection is in the list.
        await Task.Yield();
        try
        {
            await connection.ServeAsync(_stopping.Token).ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            _log.Error($"a livestatus connection failed: {fault}");
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
