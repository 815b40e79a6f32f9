using System.Net;
using System.Net.Sockets;
using Compeer.Daemon.Log;
using Compeer.Daemon.Passive;
using Compeer.Platform.Processes;

namespace Compeer.Daemon.Nsca;

/// <summary>Takes connections of NSCA's clients. There are only so many; when one more comes the one that has said nothing for longest
/// makes room.</summary>
internal sealed class NscaServer : IAsyncDisposable
{
    /// <summary>Most connections at a time.</summary>
    public const int MaxConnections = 256;

    private const int Backlog = 512;

    private static readonly TimeSpan TryAgain = TimeSpan.FromMilliseconds(100);

    private readonly Socket _socket;
    private readonly NscaSettings _settings;
    private readonly PassiveDesk _desk;
    private readonly PassiveCounters _counters;
    private readonly DaemonLog _log;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _lock = new();
    private readonly Dictionary<NscaConnection, Task> _open = [];
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
        _accepting = Task.Run(AcceptAsync);
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
        Task[] serving;
        lock (_lock)
        {
            serving = [.. _open.Values];
        }

        await Task.WhenAll(serving).ConfigureAwait(false);
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                var accepted = await _socket.AcceptAsync(_stopping.Token).ConfigureAwait(false);
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
        if (accepted.RemoteEndPoint is not IPEndPoint remote || !_settings.AllowedHosts.Allows(remote.Address))
        {
            Refuse(accepted.RemoteEndPoint, PassiveRefusal.Address, "its address is not in allowed_hosts");
            accepted.Dispose();
            return;
        }

        var connection = new NscaConnection(accepted, _settings, _desk, _counters, _log, _clock);
        lock (_lock)
        {
            if (!isRoom || _open.Count >= MaxConnections)
            {
                var quiet = _open.Keys.Where(open => open.LastHeard is not null).MinBy(open => open.LastHeard);
                Refuse(quiet?.Remote ?? remote, PassiveRefusal.TooMany, "there are too many connections");
                if (quiet is null)
                {
                    connection.Dispose();
                    return;
                }

                quiet.Dispose();
                _open.Remove(quiet);
            }

            _open.Add(connection, ServeAsync(connection));
        }
    }

    private async Task ServeAsync(NscaConnection connection)
    {
        // Not on the thread that accepts, and not before the connection is in the list.
        await Task.Yield();
        try
        {
            await connection.ServeAsync(_stopping.Token).ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            _log.Error($"a connection of nsca failed: {fault}");
        }
        finally
        {
            lock (_lock)
            {
                _open.Remove(connection);
            }
        }
    }

    private void Refuse(EndPoint? remote, PassiveRefusal reason, string words)
    {
        _counters.Refuse(reason);
        _log.Refused(remote?.ToString() ?? "somebody", $"nsca: {words}");
    }
}
