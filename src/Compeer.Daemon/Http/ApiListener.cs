using System.Net;
using System.Net.Sockets;
using Compeer.Platform.Processes;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;

namespace Compeer.Daemon.Http;

/// <summary>
/// Takes the connections of the HTTP interface, and of others that speak HTTP. The server's own listener tries again without a pause
/// when the process has no descriptor left, which costs a whole processor, and has no way to let an idle connection make room for a new
/// one.
/// </summary>
internal sealed class ApiListener(ApiConnections connections) : IConnectionListenerFactory
{
    private const int Backlog = 512;

    /// <inheritdoc/>
    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken)
    {
        var protocol = endpoint is UnixDomainSocketEndPoint ? ProtocolType.Unspecified : ProtocolType.Tcp;
        var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, protocol);
        try
        {
            socket.Bind(endpoint);
            socket.Listen(Backlog);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        return ValueTask.FromResult<IConnectionListener>(new Listening(socket, endpoint, connections));
    }

    private sealed class Listening(Socket socket, EndPoint endPoint, ApiConnections connections) : IConnectionListener
    {
        private static readonly TimeSpan TryAgain = TimeSpan.FromMilliseconds(100);

        private readonly SocketConnectionContextFactory _factory = new(new SocketConnectionFactoryOptions(), NullLogger.Instance);
        private readonly CancellationTokenSource _unbound = new();

        public EndPoint EndPoint => endPoint;

        public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken)
        {
            using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _unbound.Token);
            while (true)
            {
                try
                {
                    var accepted = await socket.AcceptAsync(stopping.Token).ConfigureAwait(false);
                    var isRoom = !ResourceLimits.IsTooManyForClients(accepted.Handle);
                    var connection = _factory.Create(accepted);
                    if (connections.TryAdd(connection, isRoom))
                    {
                        return connection;
                    }

                    await connection.DisposeAsync().ConfigureAwait(false);
                }
                catch (Exception fault) when (fault is OperationCanceledException or ObjectDisposedException)
                {
                    return null;
                }
                catch (SocketException) when (!_unbound.IsCancellationRequested)
                {
                    // Out of descriptors, or the client had gone: not in a spin.
                    await Task.Delay(TryAgain, CancellationToken.None).ConfigureAwait(false);
                }
            }
        }

        public async ValueTask UnbindAsync(CancellationToken cancellationToken)
        {
            await _unbound.CancelAsync().ConfigureAwait(false);
            socket.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            socket.Dispose();
            _factory.Dispose();
            _unbound.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
