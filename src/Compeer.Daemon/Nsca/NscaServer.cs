using System.Net;
using System.Net.Sockets;
using Compeer.Daemon.Log;
using Compeer.Daemon.Passive;
using Compeer.Daemon.Sockets;

namespace Compeer.Daemon.Nsca;

/// <summary>Takes connections of NSCA's clients.</summary>
internal sealed class NscaServer : IAsyncDisposable
{
    /// <summary>Most connections at a time.</summary>
    public const int MaxConnections = 256;

    private const int Backlog = 512;

    private readonly Socket _socket;
    private readonly NscaSettings _settings;
    private readonly PassiveDesk _desk;
    private readonly PassiveCounters _counters;
    private readonly DaemonLog _log;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ServedConnections<NscaConnection> _open;
    private readonly Task _accepting;

    private NscaServer(
        Socket socket, NscaSettings settings, PassiveDesk desk, PassiveCounters counters, DaemonLog log, TimeProvider clock)
    {
        _socket = socket;
        _settings = settings;
        _desk = desk;
        _counters = counters;
        _log = log;
        _clock = clock;
        _open = new ServedConnections<NscaConnection>(MaxConnections, "nsca", log);
        _accepting = Task.Run(() => AcceptLoop.RunAsync(socket, "nsca", Add, log, _stopping.Token));
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint EndPoint => (IPEndPoint)_socket.LocalEndPoint!;

    /// <summary>Listens.</summary>
    /// <exception cref="SocketException">It cannot.</exception>
    public static NscaServer Open(
        NscaSettings settings, PassiveDesk desk, PassiveCounters counters, DaemonLog log, TimeProvider clock)
    {
        var socket = new Socket(settings.EndPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(settings.EndPoint);
            socket.Listen(Backlog);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        return new NscaServer(socket, settings, desk, counters, log, clock);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        _socket.Dispose();
        await _accepting.ConfigureAwait(false);
        await _open.DisposeAsync().ConfigureAwait(false);
        _stopping.Dispose();
    }

    private void Add(Socket accepted, bool isRoom)
    {
        if (accepted.RemoteEndPoint is not IPEndPoint remote || !_settings.AllowedHosts.Allows(remote.Address))
        {
            Refuse(accepted.RemoteEndPoint, PassiveRefusal.Address, "its address is not in allowed_hosts");
            accepted.Dispose();
        }
        else if (_open.Add(new NscaConnection(accepted, _settings, _desk, _counters, _log, _clock), isRoom) is { } gone)
        {
            Refuse(gone.Remote, PassiveRefusal.TooMany, "there are too many connections");
        }
    }

    private void Refuse(EndPoint? remote, PassiveRefusal reason, string words)
    {
        _counters.Refuse(reason);
        _log.Refused(remote?.ToString() ?? "somebody", $"nsca: {words}");
    }
}
