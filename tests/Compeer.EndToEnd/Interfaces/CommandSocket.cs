using System.Net.Sockets;
using System.Text;

namespace Compeer.EndToEnd.Interfaces;

/// <summary>A connection to livestatus on which commands are given, each with a query behind it, whose answer says that the command was
/// taken. One that was not taken ends the connection; the next command has another.</summary>
/// <param name="path">The socket.</param>
internal sealed class CommandSocket(string path) : IDisposable
{
    private const int HeaderBytes = 16;

    private Socket? _socket;

    /// <summary>Gives a command.</summary>
    /// <returns>What is wrong with it; empty when it was taken.</returns>
    public async Task<string> AskAsync(string command)
    {
        if (_socket is null)
        {
            _socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await _socket.ConnectAsync(new UnixDomainSocketEndPoint(path));
        }

        await _socket.SendAsync(Encoding.UTF8.GetBytes(
            $"{command}\n\nGET status\nColumns: num_hosts\nKeepAlive: on\nResponseHeader: fixed16\n\n"));
        var answer = "";
        var buffer = new byte[4096];
        while (await _socket.ReceiveAsync(buffer) is > 0 and var count)
        {
            answer += Encoding.UTF8.GetString(buffer, 0, count);
            var isTaken = answer.StartsWith("200 ", StringComparison.Ordinal);
            if (answer.EndsWith('\n') && (!isTaken || answer.Length > HeaderBytes))
            {
                if (isTaken)
                {
                    return "";
                }

                break;
            }
        }

        Dispose();
        _socket = null;
        return $"refused: {answer}";
    }

    public void Dispose() => _socket?.Dispose();
}
