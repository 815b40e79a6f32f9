using System.Net;
using System.Net.Sockets;

namespace Compeer.EndToEnd.Harness;

/// <summary>
/// An address and a port for a node. The address is one of 127/8 that belongs to this test process alone (by its pid), so
/// that a port that was found free is not taken by anybody else, nor by an outgoing connection, before the node has it.
/// </summary>
internal static class LoopbackAddress
{
    /// <summary>Ports from here on, so many, are below those that the kernel gives to outgoing connections.</summary>
    private const int LowestPort = 20_000;
    private const int Ports = 12_000;

    private static int _last;
    private static int _lastPort = Environment.ProcessId * 31 % Ports;

    public static (string Address, int Port) Take()
    {
        var pid = Environment.ProcessId;
        var number = Interlocked.Increment(ref _last);
        var address = $"127.{100 + (pid / 250 % 100)}.{1 + (pid % 250)}.{1 + (number % 250)}";
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
        return (address, ((IPEndPoint)probe.LocalEndPoint!).Port);
    }

    /// <summary>A port of 127.0.0.1, for what listens nowhere else: nobody listens on it, no other test of this process is given it, and no
    /// outgoing connection takes it.</summary>
    public static int TakePort()
    {
        while (true)
        {
            var port = LowestPort + (Interlocked.Increment(ref _lastPort) % Ports);
            using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                probe.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException)
            {
                // Somebody has it.
            }
        }
    }
}
