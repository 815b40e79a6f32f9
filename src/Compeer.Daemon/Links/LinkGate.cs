using System.Net;
using Compeer.Daemon.Log;
using Compeer.Daemon.Platform;

namespace Compeer.Daemon.Links;

/// <summary>
/// Opens the cluster port when there is a neighbour to open it for, and closes it when the last one is gone: a machine
/// that monitors alone listens to nobody. Called by one thread at a time.
/// </summary>
internal sealed class LinkGate(LinkHub links, DaemonLog log) : IAsyncDisposable
{
    private LinkListener? _listener;
    private IPEndPoint? _endPoint;

    /// <summary>Listens there from now on, or nowhere.</summary>
    /// <exception cref="StartupException">The address or the port cannot be used; nothing listens then.</exception>
    public void Follow(IPEndPoint? wanted)
    {
        if (Equals(wanted, _endPoint))
        {
            return;
        }

        if (_listener is { } old)
        {
            log.Information($"no longer listening on {old.EndPoint}");
            _listener = null;
            _endPoint = null;
            links.Track(old.DisposeAsync().AsTask());
        }

        if (wanted is not null)
        {
            _listener = LinkListener.Start(wanted, links, log);
            _endPoint = wanted;
            log.Information($"listening for other nodes on {_listener.EndPoint}");
        }
    }

    public ValueTask DisposeAsync() => _listener?.DisposeAsync() ?? ValueTask.CompletedTask;
}
