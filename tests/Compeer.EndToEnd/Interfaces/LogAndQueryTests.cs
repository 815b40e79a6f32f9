using System.Net.Sockets;
using System.Text;
using Compeer.EndToEnd.Harness;

namespace Compeer.EndToEnd.Interfaces;

/// <summary>The log asked by livestatus, and the query handler, of a daemon that runs.</summary>
public sealed class LogAndQueryTests : ClusterTest
{
    [Fact]
    public async Task LogAndQueries_AreAnsweredByTheDaemon()
    {
        var node = Single(new SiteConfiguration(Folder).Command("ok", "/bin/true")
            .Host("h", "ok", interval: 3600).Service("h", "s", "ok", interval: 3600));
        await node.StartAsync();
        var live = node.Paths.LivestatusSocket;
        var queries = node.Paths.QuerySocket;

        // What waits for a line of the log is told when there is one; a command over the query handler makes it.
        var waiting = AskAsync(live, "GET log\nColumns: type\nFilter: type = HOST NOTE\nWaitTrigger: log\nWaitTimeout: 60000\n");
        do
        {
            Assert.Equal("200: OK\0", await AskAsync(queries, "#command run [1] LOG;HOST NOTE: h;written by hand\0"));
        }
        while (await Task.WhenAny(waiting, Task.Delay(1000)) != waiting);

        var rows = "";
        for (var attempt = 0; attempt < 600 && rows.Length == 0; attempt++)
        {
            rows = await AskAsync(live, "GET log\nColumns: host_name current_host_name message\nFilter: type = HOST NOTE\nLimit: 1\n");
            await Task.Delay(100);
        }

        Assert.Matches(@"^h;h;\[\d{10}\] HOST NOTE: h;written by hand\n$", rows);
        Assert.StartsWith("400: ", await AskAsync(queries, "#command run [1] NONSENSE\0"), StringComparison.Ordinal);

        // The word of whoever rotates.
        Assert.Equal("", await AskAsync(live, "LOGROTATE\n"));
        var rotated = "0\n";
        for (var attempt = 0; attempt < 600 && rotated == "0\n"; attempt++)
        {
            rotated = await AskAsync(live, "GET status\nColumns: last_log_rotation\n");
            await Task.Delay(100);
        }

        Assert.Matches(@"^\d{10}\n$", rotated);

        Assert.Matches(
            @"^instance_id=0;name=ipc;source_name=.*;state=STATE_CONNECTED;.*;assigned_hosts=1;assigned_services=1;.*;uuid=\w+\n$",
            await AskAsync(queries, "#merlin nodeinfo\0"));
        Assert.Matches(@"^jobs_max=\d+;jobs_running=\d+;", await AskAsync(queries, "#core loadctl\0"));
        Assert.StartsWith("hostchecks ", await AskAsync(queries, "#nerd list\0"), StringComparison.Ordinal);
        node.Signal(Native.Terminate);
        Assert.Equal(0, await node.ExitCodeAsync());
        Assert.False(File.Exists(queries), "the socket is left behind");
    }

    private static async Task<string> AskAsync(string path, string request)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(path));
        await socket.SendAsync(Encoding.ASCII.GetBytes(request));
        socket.Shutdown(SocketShutdown.Send);
        var answer = new MemoryStream();
        var buffer = new byte[4096];
        while (await socket.ReceiveAsync(buffer) is > 0 and var count)
        {
            answer.Write(buffer, 0, count);
        }

        return Encoding.UTF8.GetString(answer.ToArray());
    }
}
