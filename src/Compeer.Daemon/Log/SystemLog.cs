using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Compeer.Platform.Errors;

namespace Compeer.Daemon.Log;

/// <summary>
/// The machine's own log, as syslog(3) writes to it: facility user, level info, which is Naemon's. It never waits: what the machine
/// does not take at once is lost there. Used by the log's own thread.
/// </summary>
/// <param name="path">The socket, usually <c>/dev/log</c>.</param>
/// <param name="time">For the pauses between attempts to reach it.</param>
internal sealed class SystemLog(string path, TimeProvider time) : IDisposable
{
    /// <summary>Under which name lines are there: the rules that people have for Naemon's go on to hold.</summary>
    public const string Name = "naemon";

    private const int UserInformation = (1 << 3) | 6;

    private static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(1);

    private Socket? _socket;
    private long _lastTry;
    private string? _problem;

    /// <summary>Where it is.</summary>
    public string Path => path;

    /// <summary>Sends a line.</summary>
    /// <returns>Null when it was taken; else why not.</returns>
    public string? Send(DateTimeOffset at, ReadOnlySpan<byte> text)
    {
        if (_socket is null && !TryConnect())
        {
            return _problem;
        }

        var local = TimeZoneInfo.ConvertTime(at, TimeZoneInfo.Local);
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"<{UserInformation}>{local:MMM} {local.Day,2} {local:HH:mm:ss} {Name}[{Environment.ProcessId}]: ");
        var line = new byte[head.Length + text.Length];
        Encoding.ASCII.GetBytes(head, line);
        text.CopyTo(line.AsSpan(head.Length));
        try
        {
            _socket!.Send(line);
            return _problem = null;
        }
        catch (SocketException fault) when (fault.SocketErrorCode is SocketError.WouldBlock or SocketError.MessageSize)
        {
            return _problem = SystemError.Words(fault);
        }
        catch (SocketException fault)
        {
            // Whoever reads it ended or began anew.
            Dispose();
            return _problem = SystemError.Words(fault);
        }
    }

    public void Dispose()
    {
        _socket?.Dispose();
        _socket = null;
    }

    private bool TryConnect()
    {
        if (_problem is not null && time.GetElapsedTime(_lastTry) < TryAgain)
        {
            return false;
        }

        _lastTry = time.GetTimestamp();
        var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { Blocking = false };
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
            _socket = socket;
            return true;
        }
        catch (SocketException fault)
        {
            socket.Dispose();
            _problem = File.Exists(path) ? SystemError.Words(fault) : "it is not there";
            return false;
        }
    }
}
