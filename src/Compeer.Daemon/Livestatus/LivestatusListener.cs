using System.Net;
using System.Net.Sockets;
using Compeer.Daemon.Log;
using Compeer.Daemon.Platform;
using Compeer.Platform.Errors;
using Compeer.Platform.Processes;

namespace Compeer.Daemon.Livestatus;

/// <summary>One place where livestatus is served: takes connections there and gives them on. Whoever may open a Unix socket (its owner and
/// group) may ask and give commands.</summary>
internal sealed class LivestatusListener : IAsyncDisposable
{
    private const UnixFileMode OwnerAndGroup =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;

    private static readonly TimeSpan TryAgain = TimeSpan.FromMilliseconds(100);

    private readonly string? _path;
    private readonly Socket _socket;
    private readonly Action<Socket, bool> _take;
    private readonly DaemonLog _log;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _accepting;

    private LivestatusListener(string? path, Socket socket, Action<Socket, bool> take, DaemonLog log)
    {
        _path = path;
        _socket = socket;
        _take = take;
        _log = log;
        _accepting = Task.Run(AcceptAsync);
    }

    /// <summary>Listens on a Unix socket.</summary>
    /// <param name="path">Where.</param>
    /// <param name="backlog">How many connections may wait to be taken.</param>
    /// <param name="take">Takes a connection, and whether there is room for it.</param>
    /// <param name="log">Where faults are told.</param>
    /// <exception cref="StartupException">The socket cannot be made.</exception>
    public static LivestatusListener OpenUnix(string path, int backlog, Action<Socket, bool> take, DaemonLog log)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            Directory.CreateDirectory(
                Path.GetDirectoryName(path)!, OwnerAndGroup | UnixFileMode.UserExecute | UnixFileMode.GroupExecute);
            if (File.Exists(path) && new FileInfo(path).Length > 0)
            {
                throw new IOException("there is a file of this name that is no socket");
            }

            // The lock of this daemon's folder is held: a socket that is still there belongs to a daemon that was killed.
            File.Delete(path);
            socket.Bind(new UnixDomainSocketEndPoint(path));
            File.SetUnixFileMode(path, OwnerAndGroup);
            socket.Listen(backlog);
            return new LivestatusListener(path, socket, take, log);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or SocketException
            or ArgumentOutOfRangeException)
        {
            socket.Dispose();
            var why = fault is ArgumentOutOfRangeException ? "the path is too long for a socket" : SystemError.Words(fault);
            throw new StartupException($"livestatus socket {path}: {why}", fault);
        }
    }

    /// <summary>Listens on a TCP port.</summary>
    /// <exception cref="StartupException">The address is not of this machine, or the port is taken.</exception>
    public static LivestatusListener OpenTcp(IPEndPoint address, int backlog, Action<Socket, bool> take, DaemonLog log)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (address.Address.Equals(IPAddress.IPv6Any))
            {
                socket.DualMode = true;
            }

            socket.Bind(address);
            socket.Listen(backlog);
            return new LivestatusListener(path: null, socket, take, log);
        }
        catch (SocketException fault)
        {
            socket.Dispose();
            throw new StartupException(
                $"livestatus cannot listen on {address}: {SystemError.Words(fault)} (inet_addr of the broker_module line)", fault);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        _socket.Dispose();
        await _accepting.ConfigureAwait(false);
        _stopping.Dispose();
        if (_path is not null)
        {
            File.Delete(_path);
        }
    }

    private async Task AcceptAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                var accepted = await _socket.AcceptAsync(_stopping.Token).ConfigureAwait(false);
                _take(accepted, !ResourceLimits.IsTooManyForClients(accepted.Handle));
            }
            catch (Exception fault) when (fault is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException fault) when (!_stopping.IsCancellationRequested)
            {
                // Out of descriptors, or the client had gone: not in a spin.
                _log.Refused("a livestatus connection", SystemError.Words(fault));
                await Task.Delay(TryAgain, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }
}
