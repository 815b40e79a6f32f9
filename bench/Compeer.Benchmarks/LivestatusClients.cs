using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Compeer.Benchmarks;

/// <summary>Clients that ask a running daemon the same four statistics over and over, each on one connection that it keeps.</summary>
internal static class LivestatusClients
{
    private const int HeaderLength = 16;

    private static readonly byte[] Request = Encoding.ASCII.GetBytes(
        "GET services\nStats: state = 0\nStats: state = 1\nStats: state = 2\nStats: state = 3\n"
        + "ResponseHeader: fixed16\nKeepAlive: on\n\n");

    public static void Print(string socket, int clients, TimeSpan duration) =>
        BusyClients.Print(socket, clients, duration, "queries", (connection, _, _) => Ask(connection));

    private static void Ask(Socket connection)
    {
        connection.Send(Request);
        Span<byte> answer = stackalloc byte[256];
        Receive(connection, answer[..HeaderLength]);
        var length = int.Parse(answer[4..15], NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture);
        if (!answer.StartsWith("200 "u8) || length > answer.Length)
        {
            throw new InvalidOperationException($"answered {Encoding.ASCII.GetString(answer[..HeaderLength])}");
        }

        Receive(connection, answer[..length]);
    }

    private static void Receive(Socket connection, Span<byte> room)
    {
        while (!room.IsEmpty)
        {
            var count = connection.Receive(room);
            room = count > 0 ? room[count..] : throw new InvalidOperationException("the daemon closed the connection");
        }
    }
}
