using Compeer.Api;

namespace Compeer.Tests.Api;

public sealed class MonitoringClientTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("compeer-api-");

    private string SocketPath => Path.Combine(_folder.FullName, "s");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Reload_Answer_IsRead()
    {
        await using var daemon = new FakeDaemonSocket(
            SocketPath,
            FakeDaemonSocket.Json(
                200, """{"applied":false,"diagnostics":[{"severity":"error","file":"f","line":3,"message":"m"}],"later":1}"""));
        using var client = Create();

        var answer = await client.ReloadNodesAsync(CancellationToken.None);

        Assert.True(answer.TryGet(out var reload, out _));
        Assert.False(reload.Applied);
        Assert.Equal(new ApiDiagnostic("error", "f", 3, "m"), Assert.Single(reload.Diagnostics));
        Assert.Equal(["POST /api/v1/nodes/reload HTTP/1.1"], daemon.Requests);
    }

    [Fact]
    public async Task Services_Query_IsEscaped()
    {
        await using var daemon = new FakeDaemonSocket(SocketPath, FakeDaemonSocket.Json(200, "[]"));
        using var client = Create();

        var answer =
            await client.GetServicesAsync(new CheckableQuery("a b&c=ä", "critical", 5), CancellationToken.None);
        await client.GetHostsAsync(CheckableQuery.All, CancellationToken.None);

        Assert.True(answer.TryGet(out var services, out _));
        Assert.Empty(services);
        Assert.Equal(
            [
                "GET /api/v1/services?host=a%20b%26c%3D%C3%A4&state=critical&limit=5 HTTP/1.1",
                "GET /api/v1/hosts HTTP/1.1",
            ],
            daemon.Requests);
    }

    [Theory]
    [InlineData(
        "HTTP/1.1 400 X\r\nContent-Length: 19\r\n\r\n{\"message\":\"no so\"}", ApiErrorKind.Refused, "mond refused: no so")]
    [InlineData(
        "HTTP/1.1 404 X\r\nContent-Length: 3\r\n\r\n<h>", ApiErrorKind.Refused,
        "mond refused with HTTP status 404; are mon and mond of the same version?")]
    [InlineData(
        "HTTP/1.1 500 X\r\nContent-Length: 0\r\n\r\n", ApiErrorKind.Refused,
        "mond refused with HTTP status 500; are mon and mond of the same version?")]
    [InlineData(
        "HTTP/1.1 200 X\r\nContent-Length: 3\r\n\r\nabc", ApiErrorKind.BadAnswer,
        "mond's answer to /api/v1/nodes is not understood; are mon and mond of the same version?")]
    [InlineData(
        "HTTP/1.1 200 X\r\nContent-Length: 2\r\n\r\n{}", ApiErrorKind.BadAnswer,
        "mond's answer to /api/v1/nodes is not understood; are mon and mond of the same version?")]
    [InlineData(
        "HTTP/1.1 200 X\r\nContent-Length: 4\r\n\r\nnull", ApiErrorKind.BadAnswer,
        "mond's answer to /api/v1/nodes is not understood; are mon and mond of the same version?")]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n", ApiErrorKind.BadAnswer, "what answers at SOCKET is not mond")]
    [InlineData("", ApiErrorKind.Disconnected, "mond closed the connection before its answer was complete (SOCKET)")]
    [InlineData(
        "HTTP/1.1 200 X\r\nContent-Le", ApiErrorKind.Disconnected,
        "mond closed the connection before its answer was complete (SOCKET)")]
    [InlineData(
        "HTTP/1.1 200 X\r\nContent-Length: 300\r\n\r\n{\"self\":", ApiErrorKind.Disconnected,
        "mond closed the connection before its answer was complete (SOCKET)")]
    public async Task Nodes_BadAnswers_AreErrorsInOneLine(string bytes, ApiErrorKind kind, string message)
    {
        await using var daemon = new FakeDaemonSocket(SocketPath, bytes);
        using var client = Create();

        var answer = await client.GetNodesAsync(CancellationToken.None);

        Assert.Equal(new ApiError(kind, message.Replace("SOCKET", SocketPath, StringComparison.Ordinal)), answer.Error);
    }

    [Fact]
    public async Task Nodes_NobodyThere_SaysWhereItLooked()
    {
        using var client = Create();
        Assert.Equal(
            new ApiError(ApiErrorKind.NotRunning, $"mond is not running (no answer at {SocketPath})"),
            (await client.GetNodesAsync(CancellationToken.None)).Error);

        // What a killed daemon leaves behind.
        await File.WriteAllTextAsync(SocketPath, "");
        Assert.Equal(ApiErrorKind.NotRunning, (await client.GetNodesAsync(CancellationToken.None)).Error!.Kind);
    }

    [Fact]
    public async Task Nodes_PathTooLong_SaysSo()
    {
        using var client = new MonitoringClient("/" + new string('x', 200), TimeSpan.FromSeconds(10));

        Assert.Contains(
            "longer than the 107 bytes",
            (await client.GetNodesAsync(CancellationToken.None)).Error!.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nodes_SilentDaemon_TimesOut()
    {
        await using var daemon = new FakeDaemonSocket(SocketPath, "", staysSilent: true);
        using var client = new MonitoringClient(SocketPath, TimeSpan.FromMilliseconds(100));

        Assert.Equal(
            new ApiError(ApiErrorKind.TimedOut, $"mond did not answer within 0.1 s ({SocketPath})"),
            (await client.GetNodesAsync(CancellationToken.None)).Error);
    }

    [Fact]
    public async Task Nodes_CallerGivesUp_Throws()
    {
        await using var daemon = new FakeDaemonSocket(SocketPath, "", staysSilent: true);
        using var client = Create();
        using var cancelled = new CancellationTokenSource();
        var asked = client.GetNodesAsync(cancelled.Token);
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
    }

    private MonitoringClient Create() => new(SocketPath, TimeSpan.FromSeconds(30));
}
