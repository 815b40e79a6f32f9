using System.Net.Sockets;
using System.Text;
using Compeer.Daemon.Configuration;
using Compeer.Daemon.Livestatus;
using Compeer.Livestatus;

namespace Compeer.Tests.Daemon.Livestatus;

/// <summary>Each limit, by a client that goes beyond it.</summary>
public sealed class LivestatusServerTests
{
    private const string Large = "GET services\nColumns: "
        + "host_services_with_info host_services_with_info host_services_with_info host_services_with_info\n";

    [Fact]
    public async Task Reader_OneByteAtATime_IsLetGo()
    {
        await using var served = await ServedLivestatus.OpenAsync(new LivestatusOptions { SendLimit = TimeSpan.FromMilliseconds(300) });
        using var slow = await served.ConnectAsync(Large + "\n");
        using var ending = new CancellationTokenSource();
        var reading = ReadSlowlyAsync(slow, ending.Token);
        await ServedLivestatus.WaitForAsync(() => served.Server.Connections == 1, "it is not connected");
        Assert.NotEmpty(await served.AskAsync("GET hosts\nColumns: name\n"));
        await ServedLivestatus.WaitForAsync(() => served.Server.Connections == 0, "the slow reader is still there");
        await ending.CancelAsync();
        await reading;
    }

    [Fact]
    public async Task LogRotate_ReachesTheDaemon()
    {
        await using var served = await ServedLivestatus.OpenAsync(new LivestatusOptions());
        Assert.Equal("", await served.AskAsync("LOGROTATE\n"));
        Assert.Equal(1, served.Rotations);
    }

    [Fact]
    public async Task Sender_OneByteAtATime_IsTold()
    {
        await using var served = await ServedLivestatus.OpenAsync(new LivestatusOptions { RequestLimit = TimeSpan.FromMilliseconds(300) });
        using var slow = await served.ConnectAsync("GET hosts\nColumns: na");
        using var ending = new CancellationTokenSource();
        var sending = SendSlowlyAsync(slow, ending.Token);
        Assert.Equal(
            "the request was not complete after 0.3 seconds\n",
            await ServedLivestatus.ReadToEndAsync(new NetworkStream(slow), sends: true));
        await ending.CancelAsync();
        await sending;
    }

    [Fact]
    public async Task Connections_OneTooMany_TakesThePlaceOfTheLongestIdle()
    {
        await using var served = await ServedLivestatus.OpenAsync(new LivestatusOptions());
        var idle = new List<Socket>();
        try
        {
            for (var count = 0; count < LivestatusClients.MaxConnections + 20; count++)
            {
                idle.Add(await served.ConnectAsync(""));
            }

            Assert.Equal("", await ServedLivestatus.ReadToEndAsync(new NetworkStream(idle[0])));
            Assert.Equal("h0\n", await served.AskAsync("GET hosts\nColumns: name\nLimit: 1\n"));
            Assert.InRange(served.Server.Connections, 1, LivestatusClients.MaxConnections);
        }
        finally
        {
            idle.ForEach(socket => socket.Dispose());
        }
    }

    [Fact]
    public async Task Client_SaysNothing_IsLetGo()
    {
        await using var served = await ServedLivestatus.OpenAsync(new LivestatusOptions { IdleLimit = TimeSpan.FromMilliseconds(300) });
        using var silent = await served.ConnectAsync("");
        Assert.Equal("", await ServedLivestatus.ReadToEndAsync(new NetworkStream(silent)));
    }

    [Fact]
    public async Task Client_HalfClosed_GetsItsAnswer()
    {
        await using var served = await ServedLivestatus.OpenAsync(new LivestatusOptions());
        Assert.Equal("600\n", await served.AskAsync("GET services\nStats: state >= 0\n"));
        Assert.Equal(
            "the client stopped sending while its request was incomplete\n", await served.AskAsync("GET services\nStats: sta"));
        using var waiting = await served.ConnectAsync("GET hosts\nColumns: name\nWaitTrigger: check\nWaitTimeout: 300\nLimit: 1\n");
        await using var stream = new NetworkStream(waiting);
        waiting.Shutdown(SocketShutdown.Send);
        Assert.Equal("h0\n", await ServedLivestatus.ReadToEndAsync(stream));
    }

    [Fact]
    public async Task Client_GoneWhileItWaits_CostsNothingMore()
    {
        await using var served = await ServedLivestatus.OpenAsync(new LivestatusOptions());
        var gone = await served.ConnectAsync("GET hosts\nColumns: name\nWaitTrigger: check\n\n");
        await ServedLivestatus.WaitForAsync(() => served.Server.Connections == 1, "it is not connected");
        gone.Dispose();
        await ServedLivestatus.WaitForAsync(() => served.Server.Connections == 0, "it is still waited for");
    }

    [Fact]
    public async Task Answers_ThatWaitToBeRead_AreBoundedTogether()
    {
        await using var served = await ServedLivestatus.OpenAsync(new LivestatusOptions { MostWaitingBytes = 4_000_000 });
        using var first = await served.ConnectAsync(Large + "\n");
        await ServedLivestatus.WaitForAsync(() => first.Available > 0, "no answer begins");
        Assert.StartsWith("413 ", await served.AskAsync(Large + "ResponseHeader: fixed16\n"), StringComparison.Ordinal);

        // What was read is free again.
        var read = await ServedLivestatus.ReadToEndAsync(new NetworkStream(first));
        Assert.InRange(read.Length, 2_000_001, 4_000_000);
        await ServedLivestatus.WaitForAsync(() => served.Server.Connections == 0, "it is still there");
        Assert.StartsWith("200 ", await served.AskAsync(Large + "ResponseHeader: fixed16\n"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Timelimit: 0")]
    [InlineData("Columns: host_services_with_info")]
    public async Task Query_TooMuch_IsRefused(string header)
    {
        await using var served = await ServedLivestatus.OpenAsync(
            new LivestatusOptions { Limits = new LivestatusLimits { MaxResponseBytes = 20_000 } });
        Assert.StartsWith(
            "413 ", await served.AskAsync($"GET services\n{header}\nResponseHeader: fixed16\n"), StringComparison.Ordinal);
        Assert.StartsWith("200 ", await served.AskAsync("GET hosts\nColumns: name\nResponseHeader: fixed16\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connections_ThousandIdleAndTwoHundredBusy_AreServed()
    {
        await using var served = await ServedLivestatus.OpenAsync(new LivestatusOptions());
        var idle = new List<Socket>();
        try
        {
            for (var count = 0; count < 1000; count++)
            {
                idle.Add(await served.ConnectAsync(""));
            }

            var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => AskOftenAsync(served, times: 10)));
            Assert.All(answers, answer => Assert.Equal(string.Concat(Enumerable.Repeat("200           4\n600\n", 10)), answer));
            using var last = idle[^1];
            await last.SendAsync(Encoding.ASCII.GetBytes("GET hosts\nColumns: name\nLimit: 1\n\n"));
            Assert.Equal("h0\n", await ServedLivestatus.ReadToEndAsync(new NetworkStream(last)));
            await ServedLivestatus.WaitForAsync(() => served.Server.Connections == 999, "idle connections were lost");
        }
        finally
        {
            idle.ForEach(socket => socket.Dispose());
        }
    }

    private static async Task<string> AskOftenAsync(ServedLivestatus served, int times)
    {
        const string Request = "GET services\nStats: state >= 0\nResponseHeader: fixed16\n";
        using var socket = await served.ConnectAsync("");
        for (var count = 1; count <= times; count++)
        {
            await socket.SendAsync(Encoding.ASCII.GetBytes(Request + (count < times ? "KeepAlive: on\n\n" : "\n")));
        }

        return await ServedLivestatus.ReadToEndAsync(new NetworkStream(socket));
    }

    private static async Task SendSlowlyAsync(Socket socket, CancellationToken ending)
    {
        try
        {
            while (true)
            {
                await socket.SendAsync("m"u8.ToArray(), ending);
                await Task.Delay(TimeSpan.FromMilliseconds(50), ending);
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or SocketException)
        {
            // Told to end, or cut off.
        }
    }

    private static async Task ReadSlowlyAsync(Socket socket, CancellationToken ending)
    {
        var one = new byte[1];
        try
        {
            while (await socket.ReceiveAsync(one, ending) > 0)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), ending);
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or SocketException)
        {
            // Told to end, or cut off.
        }
    }
}
