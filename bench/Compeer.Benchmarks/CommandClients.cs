using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Compeer.Benchmarks;

/// <summary>Clients that give a running daemon comments through its query handler, one after the other; each is answered when the database
/// has it.</summary>
internal static class CommandClients
{
    public static void Print(string socket, int clients, TimeSpan duration) =>
        BusyClients.Print(socket, clients, duration, "commands", (connection, client, given) =>
            Give(connection, $"ADD_HOST_COMMENT;host{client};1;bench;comment {given}"));

    private static void Give(Socket connection, string command)
    {
        var time = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        connection.Send(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"@command run [{time}] {command}\0")));
        var answer = new List<byte>();
        var room = new byte[256];
        do
        {
            var count = connection.Receive(room);
            answer.AddRange(count > 0 ? room[..count] : throw new InvalidOperationException("the daemon closed the connection"));
        }
        while (answer[^1] != 0);

        var text = Encoding.ASCII.GetString([.. answer]);
        if (!text.StartsWith("OK", StringComparison.Ordinal) && !text.StartsWith("200", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"answered {text}");
        }
    }
}
