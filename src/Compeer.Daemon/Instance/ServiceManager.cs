using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Compeer.Daemon.Instance;

/// <summary>
/// Tells the service manager how the daemon fares, when one started it and asked (sd_notify(3): datagrams to the socket in
/// NOTIFY_SOCKET). Elsewhere nothing is done. Nothing here can fail: a manager that is gone must not end the monitoring.
/// Any thread.
/// </summary>
internal sealed class ServiceManager : IDisposable
{
    private const string SocketVariable = "NOTIFY_SOCKET";
    private const string WatchdogVariable = "WATCHDOG_USEC";
    private const string WatchdogProcessVariable = "WATCHDOG_PID";

    private readonly Socket? _socket;

    private ServiceManager(Socket? socket, TimeSpan? watchdog)
    {
        _socket = socket;
        Watchdog = watchdog;
    }

    /// <summary>How long the daemon may be silent before the manager ends it; null when it does not watch.</summary>
    public TimeSpan? Watchdog { get; }

    /// <summary>Reads what the manager wants from the environment, and takes it out there: it is meant for this process, not for
    /// plugins.</summary>
    public static ServiceManager FromEnvironment()
    {
        var socket = Take(SocketVariable);
        var watchdog = Take(WatchdogVariable);
        var process = Take(WatchdogProcessVariable);
        var isWatched = socket is not null
            && (process is null || process == Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        return Connect(
            socket,
            isWatched && long.TryParse(watchdog, NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds) && microseconds > 0
                ? TimeSpan.FromMicroseconds(microseconds)
                : null);
    }

    /// <summary>The daemon has started, or has done with a reload.</summary>
    public void Ready() => Tell("READY=1");

    /// <summary>A reload has begun.</summary>
    public void Reloading()
    {
        // The clock of the runtime's timestamps is the one that is asked for, CLOCK_MONOTONIC.
        var now = TimeProvider.System.GetElapsedTime(startingTimestamp: 0);
        Tell(string.Create(CultureInfo.InvariantCulture, $"RELOADING=1\nMONOTONIC_USEC={now.Ticks / TimeSpan.TicksPerMicrosecond}"));
    }

    /// <summary>The daemon hands over and ends.</summary>
    public void Stopping() => Tell("STOPPING=1");

    /// <summary>The daemon is well; to be said at least every <see cref="Watchdog"/>.</summary>
    public void StillWell() => Tell("WATCHDOG=1");

    public void Dispose() => _socket?.Dispose();

    private static ServiceManager Connect(string? address, TimeSpan? watchdog)
    {
        if (address is not ['/' or '@', ..])
        {
            return new ServiceManager(socket: null, watchdog: null);
        }

        var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        try
        {
            // An address in no file system begins with a NUL, which a variable cannot hold.
            socket.Connect(new UnixDomainSocketEndPoint(address[0] == '@' ? '\0' + address[1..] : address));
            socket.Blocking = false;
            return new ServiceManager(socket, watchdog);
        }
        catch (SocketException)
        {
            // Nobody listens who could be told of it.
            socket.Dispose();
            return new ServiceManager(socket: null, watchdog: null);
        }
    }

    private static string? Take(string variable)
    {
        var value = Environment.GetEnvironmentVariable(variable);
        Environment.SetEnvironmentVariable(variable, null);
        return value;
    }

    private void Tell(string state)
    {
        try
        {
            _socket?.Send(Encoding.ASCII.GetBytes(state));
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
        {
            // The manager is being restarted, or this daemon has ended already: what it misses it sees by the process.
        }
    }
}
