using System.Net.Sockets;
using System.Text;

namespace Compeer.Tests.Api;

/// <summary>A Unix socket that answers each connection with the same bytes and then closes it.</summary>
internal sealed class FakeDaemonSocket : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly CancellationTokenSource _stop = new();
    private readonly string _answer;
    private readonly bool _staysSilent;
    private readonly Task _serving;

    public FakeDaemonSocket(string path, string answer, bool staysSilent = false)
    {
        _answer = answer;
        _staysSilent = staysSilent;
        _listener.Bind(new UnixDomainSocketEndPoint(path));
        _listener.Listen();
        _serving = ServeAsync();
    }

    /// <summary>The first lines of the requests.</summary>
    public List<string> Requests { get; } = [];

    public static string Json(int status, string body) =>
        $"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\n"
        + $"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _serving;
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var connection = await _listener.AcceptAsync(_stop.Token);
                await AnswerAsync(connection);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The end of the test.
        }
    }

    private async Task AnswerAsync(Socket connection)
    {
        var request = new StringBuilder();
        var buffer = new byte[4096];
        while (!request.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            var length = await connection.ReceiveAsync(buffer, _stop.Token);
            if (length == 0)
            {
                return;
            }

            request.Append(Encoding.ASCII.GetString(buffer, 0, length));
        }

        Requests.Add(request.ToString().Split('\r')[0]);
        if (_staysSilent)
        {
            await Task.Delay(Timeout.Infinite, _stop.Token);
        }

        await connection.SendAsync(Encoding.UTF8.GetBytes(_answer), _stop.Token);
        connection.Shutdown(SocketShutdown.Both);
    }
}
