using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text;
using Compeer.Cli.Outcome;
using Compeer.Platform.Errors;

namespace Compeer.Cli.Daemon;

/// <summary>A conversation over a Unix socket: one question, and what is answered until the other side is done.</summary>
internal static class LocalSocket
{
    private const int BytesPerRead = 64 * 1024;

    /// <summary>Longest path of a socket, in bytes.</summary>
    private const int LongestPath = 107;

    /// <summary>Asks.</summary>
    /// <param name="path">The socket.</param>
    /// <param name="question">What is sent.</param>
    /// <param name="endsQuestion">Whether the other side is told that nothing more is sent.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="MonException">Nobody answers there.</exception>
    public static async IAsyncEnumerable<ReadOnlyMemory<byte>> AskAsync(
        string path, ReadOnlyMemory<byte> question, bool endsQuestion, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await BeginAsync(socket, path, question, endsQuestion, cancellation).ConfigureAwait(false);
        var buffer = new byte[BytesPerRead];
        while (await ReadAsync(socket, path, buffer, cancellation).ConfigureAwait(false) is > 0 and var count)
        {
            yield return buffer.AsMemory(0, count);
        }
    }

    private static async Task BeginAsync(
        Socket socket, string path, ReadOnlyMemory<byte> question, bool endsQuestion, CancellationToken cancellation)
    {
        if (Encoding.UTF8.GetByteCount(path) > LongestPath)
        {
            throw new MonException($"{path}: the path of a socket has at most {LongestPath} bytes");
        }

        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation).ConfigureAwait(false);
            for (var sent = 0; sent < question.Length;)
            {
                sent += await socket.SendAsync(question[sent..], cancellation).ConfigureAwait(false);
            }

            if (endsQuestion)
            {
                socket.Shutdown(SocketShutdown.Send);
            }
        }
        catch (SocketException fault)
        {
            throw new MonException(fault.SocketErrorCode is SocketError.AddressNotAvailable or SocketError.ConnectionRefused
                ? $"nobody listens at {path}; mond is not running, or it is another socket"
                : $"no answer at {path}: {SystemError.Words(fault)}");
        }
    }

    private static async Task<int> ReadAsync(Socket socket, string path, byte[] buffer, CancellationToken cancellation)
    {
        try
        {
            return await socket.ReceiveAsync(buffer, cancellation).ConfigureAwait(false);
        }
        catch (SocketException fault)
        {
            throw new MonException($"{path}: the answer broke off: {SystemError.Words(fault)}");
        }
    }
}
