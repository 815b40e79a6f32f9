using System.Net;
using System.Net.Sockets;
using Compeer.Daemon.Log;
using Compeer.Daemon.Platform;
using Compeer.Daemon.Sockets;
using Compeer.Platform.Errors;

namespace Compeer.Daemon.Livestatus;

/// <summary>One place where livestatus is served: takes connections there and gives them on. Whoever may open a Unix socket (its owner and
/// group) may ask and give commands.</summary>
internal sealed class LivestatusListener : IAsyncDisposable
{
    private readonly string? _path;
    private readonly Socket _socket;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _accepting;

    private LivestatusListener(string? path, Socket socket, Action<Socket, bool> take, DaemonLog log)
    {
        _path = path;
        _socket = socket;
        _accepting = Task.Run(() => AcceptLoop.RunAsync(socket, "livestatus", take, log, _stopping.Token));
    }

    /// <summary>Listens on a Unix socket.</summary>
    /// <param name="path">Where.</param>
    /// <param name="backlog">How many connections may wait to be taken.</param>
    /// <param name="take">Takes a connection, and whether there is room for it.</param>
    /// <param name="log">Where faults are told.</param>
    /// <exception cref="StartupException">The socket cannot be made.</exception>
    public static LivestatusListener OpenUnix(string path, int backlog, Action<Socket, bool> take, DaemonLog log)
    {
        try
        {
            return new LivestatusListener(path, LocalSocket.Listen(path, backlog), take, log);
        }
        catch (IOException fault)
        {
            throw new StartupException($"livestatus socket {path}: {fault.Message}", fault);
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
            LocalSocket.Remove(_path);
        }
    }
}
