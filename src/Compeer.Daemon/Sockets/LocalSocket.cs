using System.Net.Sockets;
using System.Text;
using Compeer.Platform.Errors;
using Compeer.Platform.Files;

namespace Compeer.Daemon.Sockets;

/// <summary>A Unix socket that its owner and group may open.</summary>
internal static class LocalSocket
{
    /// <summary>Longest path of a socket, in bytes (<c>sun_path</c> without its end).</summary>
    private const int LongestPath = 107;

    private const UnixFileMode OwnerAndGroup =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;

    /// <summary>Makes it, with its folder, in the place of one that a killed daemon left, and listens.</summary>
    /// <exception cref="IOException">It cannot be made; the message says why.</exception>
    public static Socket Listen(string path, int backlog)
    {
        if (Encoding.UTF8.GetByteCount(path) > LongestPath)
        {
            throw new IOException($"the path is too long for a socket, {LongestPath} bytes are allowed");
        }

        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            Directory.CreateDirectory(
                Path.GetDirectoryName(path)!, OwnerAndGroup | UnixFileMode.UserExecute | UnixFileMode.GroupExecute);

            // Never a file that is something else: the path is an operator's word.
            if (FileDetails.Of(path) is { Type: not FileType.Special, Bytes: > 0 })
            {
                throw new IOException("there is a file of this name that is no socket");
            }

            File.Delete(path);
            socket.Bind(new UnixDomainSocketEndPoint(path));
            File.SetUnixFileMode(path, OwnerAndGroup);
            socket.Listen(backlog);
            return socket;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or SocketException)
        {
            socket.Dispose();
            throw new IOException(SystemError.Words(fault), fault);
        }
    }

    /// <summary>Takes its name away. Where that is not possible it stays, and leads to nobody.</summary>
    public static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // The next start replaces it.
        }
    }
}
