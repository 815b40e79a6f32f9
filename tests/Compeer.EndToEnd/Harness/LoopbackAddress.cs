using System.Net;
using System.Net.Sockets;

namespace Compeer.EndToEnd.Harness;

/// <summary>
/// An address and a port for a node. The address is one of 127/8 that belongs to this test process alone (by its pid), so
/// that a port that was found free is not taken by anybody else, nor by an outgoing connection, before the node has it.
/// </summary>
internal static class LoopbackAddress
{
    private static int _last;

    public static (string Address, int Port) Take()
    {
        var pid = Environment.ProcessId;
        var number = Interlocked.Increment(ref _last);
        var address = $"127.{100 + (pid / 250 % 100)}.{1 + (pid % 250)}.{1 + (number % 250)}";
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
        return (address, ((IPEndPoint)probe.LocalEndPoint!).Port);
    }
}
