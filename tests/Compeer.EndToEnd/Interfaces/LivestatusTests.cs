using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Compeer.EndToEnd.Harness;

namespace Compeer.EndToEnd.Interfaces;

/// <summary>The socket of livestatus, asked as clients ask.</summary>
public sealed class LivestatusTests : ClusterTest
{
    [Fact]
    public async Task Socket_QueriesCommandsAndHostileClients_AreServed()
    {
        var node = Single(new SiteConfiguration(Folder).Command("ok", "/bin/true")
            .Host("h", "ok", interval: 3600).Service("h", "s", "ok", interval: 3600));
        await node.StartAsync();
        var path = node.Paths.LivestatusSocket;
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite,
            File.GetUnixFileMode(path));

        // A client that closes its sending side, one that keeps the connection, and a command whose effect the next query sees.
        Assert.Equal("h\n", await AskAsync(path, "GET hosts\nColumns: name\n"));
        using (var kept = await ConnectAsync(path))
        {
            await kept.SendAsync(Encoding.ASCII.GetBytes("GET status\nColumns: num_hosts\nKeepAlive: on\nResponseHeader: fixed16\n\n"));
            Assert.Equal("200           2\n1\n", await ReadAsync(kept, 18));
            await kept.SendAsync(Encoding.ASCII.GetBytes("COMMAND [1] PROCESS_SERVICE_CHECK_RESULT;h;s;2;no good\n\n"));
            await kept.SendAsync(Encoding.ASCII.GetBytes("GET services\nColumns: state plugin_output\n\n"));
            Assert.Equal("2;no good\n", await ReadToEndAsync(kept));
        }

        await node.SaysAsync("PROCESS_SERVICE_CHECK_RESULT;h;s;2;no good");
        Assert.Equal("Unknown command 'NONSENSE'\n", await AskAsync(path, "COMMAND [1] NONSENSE;x\n"));

        // What waits is told when it happens.
        var waiting = AskAsync(
            path,
            "GET services\nColumns: state\nWaitObject: h;s\nWaitCondition: state = 0\nWaitTrigger: check\nWaitTimeout: 60000\n");
        await AskAsync(path, "COMMAND [1] PROCESS_SERVICE_CHECK_RESULT;h;s;0;fine\n");
        Assert.Equal("0\n", await waiting);

        // More idle connections than there may be: the one that asks is served.
        var idle = new List<Socket>();
        try
        {
            for (var count = 0; count < 1600; count++)
            {
                idle.Add(await ConnectAsync(path));
            }

            Assert.Equal("1\n", await AskAsync(path, "GET hosts\nStats: state >= 0\n"));
        }
        finally
        {
            idle.ForEach(socket => socket.Dispose());
        }

        // A request that never ends is given up, and told so.
        using var slow = await ConnectAsync(path);
        await slow.SendAsync(Encoding.ASCII.GetBytes("GET hosts\nColumns: na"));
        var began = Stopwatch.GetTimestamp();
        Assert.Equal("the request was not complete after 10 seconds\n", await ReadToEndAsync(slow));
        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(60));

        node.Signal(Native.Terminate);
        Assert.Equal(0, await node.ExitCodeAsync());
        Assert.False(File.Exists(path), "the socket is left behind");
    }

    internal static async Task<string> AskAsync(string path, string request)
    {
        using var socket = await ConnectAsync(path);
        await socket.SendAsync(Encoding.ASCII.GetBytes(request));
        socket.Shutdown(SocketShutdown.Send);
        return await ReadToEndAsync(socket);
    }

    /// <summary>Waiting, as a client in C does, when more have come than were let in yet.</summary>
    private static Task<Socket> ConnectAsync(string path) => Task.Run(() =>
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(path));
        return socket;
    });

    private static Task<string> ReadToEndAsync(Socket socket) => ReadAsync(socket, int.MaxValue);

    private static async Task<string> ReadAsync(Socket socket, int most)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        using var answer = new MemoryStream();
        var buffer = new byte[4096];
        while (answer.Length < most)
        {
            var room = buffer.AsMemory(0, (int)Math.Min(buffer.Length, most - answer.Length));
            var count = await socket.ReceiveAsync(room, limit.Token);
            if (count == 0)
            {
                break;
            }

            answer.Write(buffer, 0, count);
        }

        return Encoding.UTF8.GetString(answer.ToArray());
    }
}
