using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Compeer.Benchmarks;

/// <summary>Clients that give a running daemon comments through its query handler, one after the other; each is answered when the database
/// has it.</summary>
internal static class CommandClients
{
    public static void Print(string socket, int clients, TimeSpan duration)
    {
        var counts = new long[clients];
        var longest = new TimeSpan[clients];
        var began = Stopwatch.GetTimestamp();
        var threads = Enumerable.Range(0, clients).Select(client => new Thread(() =>
        {
            using var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            connection.Connect(new UnixDomainSocketEndPoint(socket));
            while (Stopwatch.GetElapsedTime(began) < duration)
            {
                var asked = Stopwatch.GetTimestamp();
                Give(connection, $"ADD_HOST_COMMENT;host{client};1;bench;comment {counts[client]}");
                var took = Stopwatch.GetElapsedTime(asked);
                longest[client] = took > longest[client] ? took : longest[client];
                counts[client]++;
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        var rate = counts.Sum() / Stopwatch.GetElapsedTime(began).TotalSeconds;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{clients} clients: {rate:0} commands a second, the slowest {longest.Max().TotalMilliseconds:0} ms"));
    }

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
