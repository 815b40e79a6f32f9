using System.Net.Sockets;
using System.Text;
using Compeer.Daemon.Log;
using Compeer.Daemon.QueryHandler;
using Compeer.Tests.Configuration;

namespace Compeer.Tests.Daemon.QueryHandler;

/// <summary>A query handler that listens on a socket of the test's own.</summary>
internal sealed class QuerySite : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly MonitoringLog _monitoringLog;
    private readonly QueryListener _listener;

    public QuerySite(params IQueryHandler[] handlers)
    {
        _monitoringLog = MonitoringLog.Open(_folder.File("naemon.log"), "/nowhere");
        Log = new DaemonLog(_monitoringLog, TimeProvider.System);
        _listener = new QueryListener(_folder.File("usual.qh"), new QueryDesk(handlers, Log), Log);
        Follow(querySocket: null);
    }

    public DaemonLog Log { get; }

    public string Usual => _folder.File("usual.qh");

    public string Other => _folder.File("other.qh");

    public void Follow(string? querySocket) => _listener.Follow(
        ConfigurationFiles.MainFrom(querySocket is null ? "" : $"query_socket={querySocket}\n"));

    public async Task<Socket> ConnectAsync(string? path = null)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(path ?? Usual));
        return socket;
    }

    /// <summary>Asks on a connection of its own; gives all that comes until it is closed.</summary>
    public async Task<string> AskAsync(string query)
    {
        using var socket = await ConnectAsync();
        await SendAsync(socket, query);
        return await ReadAsync(socket, until: null);
    }

    public static async Task SendAsync(Socket socket, string query) => await socket.SendAsync(Encoding.UTF8.GetBytes(query + "\0"));

    /// <summary>Reads until a text has come, or to the end.</summary>
    public static async Task<string> ReadAsync(Socket socket, string? until)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var text = new StringBuilder();
        var buffer = new byte[4096];
        while (until is null || !text.ToString().Contains(until, StringComparison.Ordinal))
        {
            var count = await socket.ReceiveAsync(buffer, limit.Token);
            if (count == 0)
            {
                break;
            }

            text.Append(Encoding.UTF8.GetString(buffer, 0, count));
        }

        return text.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        await _listener.DisposeAsync();
        _monitoringLog.Dispose();
        _folder.Dispose();
    }
}
