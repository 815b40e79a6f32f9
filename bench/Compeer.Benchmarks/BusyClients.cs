using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace Compeer.Benchmarks;

/// <summary>Clients that ask a running daemon one thing after the other, each on one connection that it keeps.</summary>
internal static class BusyClients
{
    /// <param name="socket">Where the daemon listens.</param>
    /// <param name="clients">How many.</param>
    /// <param name="duration">For how long.</param>
    /// <param name="what">What they ask for, in the plural.</param>
    /// <param name="ask">Asks once and waits for the answer: the connection, the client's number, how often it has asked.</param>
    public static void Print(string socket, int clients, TimeSpan duration, string what, Action<Socket, int, long> ask)
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
                ask(connection, client, counts[client]);
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
            $"{clients} clients: {rate:0} {what} a second, the slowest {longest.Max().TotalMilliseconds:0} ms"));
    }
}
