using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Compeer.Daemon.Configuration;
using Compeer.Daemon.Log;
using Compeer.Daemon.Sockets;

namespace Compeer.Daemon.Livestatus;

/// <summary>The connections that are open, from all places where livestatus is served. Any thread.</summary>
internal sealed class LivestatusClients(LivestatusDesk desk, DaemonLog log, TimeProvider timeProvider) : IAsyncDisposable
{
    /// <summary>Most connections at a time.</summary>
    public const int MaxConnections = 1500;

    private readonly ServedConnections<LivestatusConnection> _open = new(MaxConnections, "livestatus", log);
    private volatile LivestatusOptions _options = new();

    /// <summary>What holds for those that come from now on.</summary>
    public LivestatusOptions Options
    {
        get => _options;
        set => _options = value;
    }

    /// <summary>How many there are.</summary>
    public int Count => _open.Count;

    /// <summary>Takes one that came by TCP, from where it may come.</summary>
    /// <param name="accepted">It.</param>
    /// <param name="isRoom">Whether the process has room for it.</param>
    /// <param name="certificate">With what it is encrypted; null for not at all.</param>
    public void TakeRemote(Socket accepted, bool isRoom, X509Certificate2? certificate)
    {
        var remote = (accepted.RemoteEndPoint as IPEndPoint)?.Address ?? IPAddress.None;
        remote = remote.IsIPv4MappedToIPv6 ? remote.MapToIPv4() : remote;
        if (!Options.Allowed.Any(network => network.Contains(remote)))
        {
            log.Refused($"{remote}", "livestatus does not let it in (allow of the broker_module line)");
            accepted.Dispose();
            return;
        }

        accepted.NoDelay = true;
        accepted.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, optionValue: true);
        Take(accepted, isRoom, certificate);
    }

    /// <summary>Takes one that came by a Unix socket.</summary>
    /// <param name="accepted">It.</param>
    /// <param name="isRoom">Whether the process has room for it.</param>
    public void TakeLocal(Socket accepted, bool isRoom) => Take(accepted, isRoom, certificate: null);

    public ValueTask DisposeAsync() => _open.DisposeAsync();

    private void Take(Socket accepted, bool isRoom, X509Certificate2? certificate)
    {
        desk.Counters.AddConnection();
        _open.Add(new LivestatusConnection(accepted, certificate, desk, Options, timeProvider), isRoom);
    }
}
