using System.Net;
using System.Net.Sockets;
using Compeer.Daemon.Log;
using Compeer.Daemon.Platform;
using Compeer.Platform.Errors;
using Compeer.Platform.Processes;

namespace Compeer.Daemon.Links;

/// <summary>
/// Takes connections on the cluster port. What does not begin like TLS is told apart by its first byte and refused
/// with what it was, before any cryptography is spent on it; connections that have not authenticated are few at once.
/// </summary>
internal sealed class LinkListener : IAsyncDisposable
{
    /// <summary>First byte of a TLS record that carries a handshake (RFC 8446, section 5.1).</summary>
    private const byte TlsHandshakeRecord = 0x16;

    private readonly Socket _socket;
    private readonly LinkHub _hub;
    private readonly DaemonLog _log;
    private readonly CancellationTokenSource _cancellation = new();
    private readonly Task _accepting;
    private int _handshakes;

    private LinkListener(Socket socket, LinkHub hub, DaemonLog log)
    {
        _socket = socket;
        _hub = hub;
        _log = log;
        EndPoint = (IPEndPoint)socket.LocalEndPoint!;
        _accepting = AcceptAsync();
    }

    public IPEndPoint EndPoint { get; }

    /// <exception cref="StartupException">The address is not of this machine, or the port is taken.</exception>
    public static LinkListener Start(IPEndPoint endPoint, LinkHub hub, DaemonLog log)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (endPoint.Address.Equals(IPAddress.IPv6Any))
            {
                socket.DualMode = true;
            }

            socket.Bind(endPoint);
            socket.Listen(backlog: 128);
            return new LinkListener(socket, hub, log);
        }
        catch (SocketException exception)
        {
            socket.Dispose();
            throw new StartupException(
                $"cannot listen for other nodes on {endPoint}: {SystemError.Words(exception)} "
                    + "(daemon { address, port } in merlin.conf)",
                exception);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _cancellation.CancelAsync().ConfigureAwait(false);
        _socket.Dispose();
        await _accepting.ConfigureAwait(false);
        _cancellation.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_cancellation.IsCancellationRequested)
        {
            try
            {
                var socket = await _socket.AcceptAsync(_cancellation.Token).ConfigureAwait(false);
                if (!ResourceLimits.IsTooManyForClients(socket.Handle))
                {
                    _hub.Track(GreetAsync(socket));
                    continue;
                }

                socket.Dispose();
                await RefuseAsync(SystemError.Words(Errno.TooManyFiles)).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException exception)
            {
                // Out of descriptors, or the client was gone before it was accepted: the listener goes on, not in a spin.
                await RefuseAsync(SystemError.Words(exception)).ConfigureAwait(false);
            }
        }

        Task RefuseAsync(string reason)
        {
            _log.Refused("a connection", reason);
            return Task.Delay(TimeSpan.FromMilliseconds(100), CancellationToken.None);
        }
    }

    private async Task GreetAsync(Socket socket)
    {
        var remote = socket.RemoteEndPoint?.ToString() ?? "an unknown address";
        if (Interlocked.Increment(ref _handshakes) > LinkOptions.MaxHandshakes)
        {
            Interlocked.Decrement(ref _handshakes);
            _log.Refused(remote, $"{LinkOptions.MaxHandshakes} connections are being authenticated already");
            socket.Dispose();
            return;
        }

        IncomingLink? link = null;
        try
        {
            socket.NoDelay = true;
            if (await BeginsLikeTlsAsync(socket, remote).ConfigureAwait(false))
            {
                link = await _hub.AuthenticateAsync(socket).ConfigureAwait(false);
            }
        }
        finally
        {
            Interlocked.Decrement(ref _handshakes);
            if (link is null)
            {
                socket.Dispose();
            }
        }

        if (link is not null)
        {
            await _hub.ServeAsync(link).ConfigureAwait(false);
        }
    }

    private async Task<bool> BeginsLikeTlsAsync(Socket socket, string remote)
    {
        var first = new byte[1];
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(_cancellation.Token);
        timeout.CancelAfter(LinkOptions.HandshakeTimeout);
        try
        {
            var count = await socket.ReceiveAsync(first, SocketFlags.Peek, timeout.Token).ConfigureAwait(false);
            if (count == 0)
            {
                _log.Refused(remote, "it closed the connection without a word");
                return false;
            }

            if (first[0] != TlsHandshakeRecord)
            {
                _log.Refused(remote, $"it does not speak this protocol (first byte 0x{first[0]:x2}; a node of ours begins with TLS)");
                return false;
            }

            return true;
        }
        catch (OperationCanceledException)
        {
            _log.Refused(remote, $"it said nothing within {LinkOptions.HandshakeTimeout.TotalSeconds:0} s");
        }
        catch (SocketException exception)
        {
            _log.Refused(remote, SystemError.Words(exception));
        }

        return false;
    }
}
