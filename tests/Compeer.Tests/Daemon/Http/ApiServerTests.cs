using System.Net.Sockets;
using System.Text;
using Compeer.Daemon.Http;
using Compeer.Daemon.Log;
using Compeer.Daemon.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Compeer.Tests.Daemon.Http;

public sealed class ApiServerTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TemporaryFolder _folder = new();
    private readonly TaskCompletionSource _hold = new();
    private readonly MonitoringLog _log;
    private readonly ApiServer _server;
    private readonly List<Socket> _sockets = [];

    public ApiServerTests()
    {
        _log = MonitoringLog.Open(_folder.File("naemon.log"));
        _server = ApiServer.Create(SocketFile, new DaemonLog(_log, TimeProvider.System));
    }

    private string SocketFile => _folder.File("rw/mond.sock");

    public Task InitializeAsync() => _server.StartAsync(routes =>
    {
        routes.MapGet("/quick", () => "here");
        routes.MapGet("/slow", async (HttpContext context) =>
        {
            await context.Response.WriteAsync("begun");
            await context.Response.Body.FlushAsync();
            await _hold.Task;
        });
        routes.MapGet("/fault", void () => throw new InvalidOperationException("of the runtime"));
    });

    public async Task DisposeAsync()
    {
        _hold.TrySetResult();
        await _server.DisposeAsync();
        _sockets.ForEach(socket => socket.Dispose());
        _log.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Connections_SilentOnesTakeAllPlaces_WhoAsksIsAnswered()
    {
        var silent = new List<Socket>();
        for (var i = 0; i < 200; i++)
        {
            silent.Add(await ConnectAsync());
        }

        await AskAsync(await ConnectAsync(), "/quick", until: "here");
        Assert.Equal(0, await silent[0].ReceiveAsync(new byte[1]).WaitAsync(Patience));
    }

    [Fact]
    public async Task Connections_HalfARequestOnEach_WhoAsksIsAnswered()
    {
        for (var i = 0; i < 100; i++)
        {
            await (await ConnectAsync()).SendAsync("GET /quick HTTP/1.1\r\nHost: l"u8.ToArray());
        }

        await AskAsync(await ConnectAsync(), "/quick", until: "here");
    }

    [Fact]
    public async Task Connections_AnswerUnderWay_IsNotDroppedForOthers()
    {
        var slow = await ConnectAsync();
        await AskAsync(slow, "/slow", until: "begun");
        for (var i = 0; i < 200; i++)
        {
            await ConnectAsync();
        }

        // Connections are taken in one after the other: all of them have been when this one is answered.
        await AskAsync(await ConnectAsync(), "/quick", until: "here");
        _hold.SetResult();
        var rest = new byte[16];
        Assert.NotEqual(0, await slow.ReceiveAsync(rest).WaitAsync(Patience));
    }

    [Fact]
    public async Task Request_HandlerFails_IsAnsweredInOurWordsAndLogged()
    {
        var answer = await AskAsync(await ConnectAsync(), "/fault", until: "its log says more");
        Assert.StartsWith("HTTP/1.1 500", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("of the runtime", answer, StringComparison.Ordinal);
        _log.Dispose();
        Assert.Contains("GET /fault failed", await File.ReadAllTextAsync(_folder.File("naemon.log")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_FolderCannotBeMade_SaysWhichSocketAndWhy()
    {
        var socket = Path.Combine(_folder.Write("file", ""), "mond.sock");
        await using var server = ApiServer.Create(socket, new DaemonLog(_log, TimeProvider.System));
        var exception = await Assert.ThrowsAsync<StartupException>(() => server.StartAsync(_ => { }));
        Assert.Equal($"socket {socket}: something is there already", exception.Message);
    }

    /// <summary>A connect to a socket whose queue is full fails at once (EAGAIN, unix(7)), so it is tried again.</summary>
    private async Task<Socket> ConnectAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            _sockets.Add(socket);
            try
            {
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(SocketFile), limit.Token);
                return socket;
            }
            catch (SocketException) when (!limit.IsCancellationRequested)
            {
                await Task.Delay(1, limit.Token);
            }
        }
    }

    private static async Task<string> AskAsync(Socket socket, string path, string until)
    {
        await socket.SendAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        var answer = "";
        var buffer = new byte[4096];
        while (!answer.Contains(until, StringComparison.Ordinal))
        {
            var length = await socket.ReceiveAsync(buffer).WaitAsync(Patience);
            Assert.NotEqual(0, length);
            answer += Encoding.ASCII.GetString(buffer, 0, length);
        }

        return answer;
    }
}
