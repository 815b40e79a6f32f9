using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Compeer.Daemon.Nrdp;
using Compeer.Daemon.Passive;
using Compeer.Tests.Daemon.Passive;

namespace Compeer.Tests.Daemon.Nrdp;

/// <summary>NRDP's server over HTTPS.</summary>
public sealed class NrdpServerTests : IAsyncLifetime
{
    private const string Results =
        "<checkresults><checkresult type='service'><hostname>web1</hostname><servicename>HTTP</servicename><state>1</state>"
        + "<output>slow</output></checkresult><checkresult><hostname>web2</hostname><state>0</state><output>up</output></checkresult>"
        + "</checkresults>";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly PassiveSite _site = new();
    private readonly int _port = FreePort();
    private readonly HttpClient _client;
    private NrdpServer? _server;

    public NrdpServerTests()
    {
        var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.Subject == "CN=NRDP";
        _client = new HttpClient(handler) { BaseAddress = new Uri($"https://127.0.0.1:{_port}"), Timeout = Patience };
    }

    public Task InitializeAsync() => StartAsync(AddressList.Everybody);

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _server!.DisposeAsync();
        _site.Dispose();
    }

    [Theory]
    [InlineData("/nrdp/")]
    [InlineData("/nrdp//")]
    [InlineData("/")]
    [InlineData("/nrdp/index.php")]
    public async Task Results_Posted_AreAnsweredWhenTheEngineTookThem(string path)
    {
        var answer = PostAsync(path, $"token=for-results&cmd=submitcheck&xml={Results}");
        Assert.Equal("web1/HTTP 1 slow", _site.NextText());
        Assert.False(answer.IsCompleted);
        Assert.Equal("web2/ 0 up", _site.NextText());
        Assert.Contains("<status>0</status>", await answer, StringComparison.Ordinal);
        Assert.Contains("<output>2 checks processed</output>", await answer, StringComparison.Ordinal);
        Assert.Equal(2, _site.Counters.Results);
    }

    [Fact]
    public async Task Results_InTheAddress_AreTakenToo()
    {
        var answer = _client.GetStringAsync($"/nrdp/?token=for-results&cmd=submitcheck&XMLDATA={Uri.EscapeDataString(Results)}");
        _site.Next();
        _site.Next();
        Assert.Contains("<message>OK</message>", await answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Results_InJson_AreAnsweredInJson()
    {
        const string Json =
            "{\"checkresults\":[{\"checkresult\":{\"type\":\"host\"},\"hostname\":\"web1\",\"state\":\"1\",\"output\":\"x\"}]}";
        var answer = PostAsync("/nrdp/", $"token=for-results&cmd=submitcheck&json={Uri.EscapeDataString(Json)}");
        _site.Next(failure: "there is no such host");
        Assert.Equal(
            "{\"result\":{\"status\":0,\"message\":\"OK\",\"meta\":{\"output\":"
            + "\"0 checks processed, 1 not taken: \\u0027web1\\u0027: there is no such host\"}}}",
            await answer);
        Assert.Equal(1, _site.Counters.Refused(PassiveRefusal.NotTaken));
    }

    [Theory]
    [InlineData("cmd=submitcheck&xml=<a/>", "NO TOKEN", PassiveRefusal.NotAuthentic)]
    [InlineData("cmd=submitcheck&token=for-result&xml=<a/>", "BAD TOKEN", PassiveRefusal.NotAuthentic)]
    [InlineData("cmd=submitcmd&token=for-results&command=ENABLE_NOTIFICATIONS", "DENIED TOKEN", PassiveRefusal.NotAuthentic)]
    [InlineData("cmd=submitcheck&token=for-results&xml=<a", "BAD XML", PassiveRefusal.Malformed)]
    [InlineData("cmd=submitcheck&token=for-results&json={", "BAD JSON", PassiveRefusal.Malformed)]
    [InlineData("cmd=submitcmd&token=for-commands&command=A%0A[0] B", "BAD COMMAND", PassiveRefusal.Malformed)]
    [InlineData("cmd=submitcheck&token=for-results", "NO DATA", null)]
    [InlineData("cmd=submitcmd&token=for-commands", "NO COMMAND", null)]
    [InlineData("cmd=other&token=for-results", "NO REQUEST HANDLER", null)]
    public async Task Requests_ThatAreRefused_SayWhyInNrdpsWords(string form, string message, object? reason)
    {
        var answer = await PostAsync("/nrdp/", form);
        Assert.Contains(answer.StartsWith('{') ? "\"status\":-1" : "<status>-1</status>", answer, StringComparison.Ordinal);
        Assert.Contains(message, answer, StringComparison.Ordinal);
        Assert.Equal(reason is null ? 0 : 1, _site.Counters.AllRefused);
        if (reason is PassiveRefusal counted)
        {
            Assert.Equal(1, _site.Counters.Refused(counted));
            Assert.Contains($"nrdp: {message}", _site.LogText, StringComparison.Ordinal);
            Assert.DoesNotContain("for-result", _site.LogText, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Commands_OfTheirToken_AreCarriedOut()
    {
        var answer = PostAsync("/nrdp/", "cmd=submitcmd&token=for-commands&command=DISABLE_NOTIFICATIONS;");
        Assert.EndsWith("] DISABLE_NOTIFICATIONS;", _site.NextCommand(), StringComparison.Ordinal);
        Assert.Contains("<status>0</status>", await answer, StringComparison.Ordinal);

        answer = PostAsync("/nrdp/", "cmd=submitcmd&token=for-commands&command=NONSENSE");
        _site.NextCommand(failure: "Unknown command 'NONSENSE'");
        Assert.Contains("COMMAND FAILED", await answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hello_FromAnybody_NamesNrdp() =>
        Assert.Contains("<product>nrdp</product>", await PostAsync("/nrdp/", "cmd=hello"), StringComparison.Ordinal);

    [Fact]
    public async Task Request_ThatIsTooLarge_IsRefused()
    {
        using var content = new ByteArrayContent(new byte[NrdpServer.LargestRequest + 1]);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/nrdp/") { Content = content };
        request.Headers.ExpectContinue = true;
        using var answer = await _client.SendAsync(request);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Equal(1, _site.Counters.Refused(PassiveRefusal.Malformed));
    }

    [Fact]
    public async Task Path_OfSomethingElse_IsNotThere()
    {
        using var answer = await _client.GetAsync("/nagios/?cmd=hello");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Connection_OfAnAddressThatIsNotAllowed_IsBrokenOff()
    {
        await _server!.DisposeAsync();
        await StartAsync(AddressList.Parse("10.0.0.0/8", out _)!);
        await Assert.ThrowsAsync<HttpRequestException>(() => _client.GetStringAsync("/nrdp/?cmd=hello"));
        Assert.True(_site.Counters.Refused(PassiveRefusal.Address) > 0);
    }

    [Fact]
    public async Task Connection_WithoutTls_IsNotAnswered()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, _port);
        await socket.SendAsync("GET /nrdp/?cmd=hello HTTP/1.0\r\n\r\n"u8.ToArray());
        using var limit = new CancellationTokenSource(Patience);
        await using var stream = new NetworkStream(socket);
        Assert.Equal(0, await ReadToEndAsync(stream, limit.Token));
        Assert.Equal(1, _site.Counters.Refused(PassiveRefusal.Malformed));
        Assert.Contains("nrdp: it does not speak TLS", _site.LogText, StringComparison.Ordinal);
    }

    /// <summary>Who only looks whether the port is open is no refusal; who breaks off in the middle of TLS is one.</summary>
    [Theory]
    [InlineData(new byte[0], 0)]
    [InlineData(new byte[] { 0x16, 3, 1, 2, 0, 1, 0, 1, 0xFC }, 1)]
    public async Task Connection_BrokenOffBeforeTls_CountsWhenItHadBegun(byte[] said, int refused)
    {
        using (var socket = new Socket(SocketType.Stream, ProtocolType.Tcp))
        {
            await socket.ConnectAsync(IPAddress.Loopback, _port);
            await socket.SendAsync(said);
        }

        // Connections are taken in their order: the answer to the next one comes behind the beginning of this one.
        Assert.Contains("nrdp", await PostAsync("/nrdp/", "cmd=hello"), StringComparison.Ordinal);
        SpinWait.SpinUntil(() => _site.Counters.AllRefused > 0, refused == 0 ? TimeSpan.FromMilliseconds(200) : Patience);
        Assert.Equal((refused, refused), (_site.Counters.AllRefused, _site.Counters.Refused(PassiveRefusal.Malformed)));
    }

    [Fact]
    public async Task Request_WhoseAddressIsTooLong_IsRefused()
    {
        using var answer = await _client.GetAsync($"/nrdp/?cmd=hello&x={new string('x', NrdpServer.LongestLine)}");
        Assert.Equal(HttpStatusCode.RequestUriTooLong, answer.StatusCode);
        Assert.Equal((1, 1), (_site.Counters.AllRefused, _site.Counters.Refused(PassiveRefusal.Malformed)));
        using var shorter = await _client.GetAsync($"/nrdp/?cmd=hello&x={new string('x', NrdpServer.LongestLine - 100)}");
        Assert.Equal(HttpStatusCode.OK, shorter.StatusCode);
    }

    /// <summary>Who says nothing before TLS, before a request and between two is let go, each after its own time, and counted unless a
    /// request was answered before.</summary>
    [Theory]
    [InlineData(null, 1, 3600, 3600, "it did not agree upon TLS within 1 s")]
    [InlineData("", 3600, 3600, 1, "it asked nothing for 1 s")]
    [InlineData("GET /nrdp/?cmd=hello HTTP/1.1\r\nHost: a\r\nX: ", 3600, 1, 3600, "its request came too slowly")]
    [InlineData("GET /nrdp/?cmd=hello HTTP/1.1\r\nHost: a\r\n\r\n", 3600, 3600, 1, null)]
    public async Task Connection_OnWhichNothingMoreComes_IsEnded(string? said, int handshake, int headers, int idle, string? told)
    {
        await _server!.DisposeAsync();
        await StartAsync(AddressList.Everybody, new NrdpTimes(
            TimeSpan.FromSeconds(handshake), TimeSpan.FromSeconds(headers), TimeSpan.FromSeconds(idle)));
        using var limit = new CancellationTokenSource(Patience);
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, _port, limit.Token);
        await using var plain = new NetworkStream(socket);
        await using var secure = new SslStream(
            plain, leaveInnerStreamOpen: true, (_, certificate, _, _) => certificate?.Subject == "CN=NRDP");
        if (said is not null)
        {
            await secure.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "localhost" }, limit.Token);
            await WriteAsync(secure, said, limit.Token);
        }

        await ReadToEndAsync(said is null ? plain : secure, limit.Token);
        Assert.False(limit.IsCancellationRequested);
        await _server.DisposeAsync();
        if (told is not null)
        {
            Assert.True(SpinWait.SpinUntil(() => _site.Counters.Refused(PassiveRefusal.TimedOut) == 1, Patience));
            Assert.Contains($"nrdp: {told}", _site.LogText, StringComparison.Ordinal);
        }

        Assert.Equal(told is null ? 0 : 1, _site.Counters.AllRefused);
    }

    [Fact]
    public async Task Connections_MoreThanMayBe_MakeRoomForTheNext()
    {
        var silent = new List<Socket>();
        for (var i = 0; i < NrdpServer.MaxConnections; i++)
        {
            silent.Add(new Socket(SocketType.Stream, ProtocolType.Tcp));
            await silent[^1].ConnectAsync(IPAddress.Loopback, _port);
        }

        Assert.Contains("nrdp", await PostAsync("/nrdp/", "cmd=hello"), StringComparison.Ordinal);
        using var limit = new CancellationTokenSource(Patience);
        await using var first = new NetworkStream(silent[0]);
        await ReadToEndAsync(first, limit.Token);
        Assert.False(limit.IsCancellationRequested);
        Assert.Equal(1, _site.Counters.Refused(PassiveRefusal.TooMany));
        Assert.Contains("nrdp: there are too many connections", _site.LogText, StringComparison.Ordinal);
        silent.ForEach(socket => socket.Dispose());
    }

    private static async Task WriteAsync(Stream stream, string text, CancellationToken limit)
    {
        try
        {
            await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(text), limit);
        }
        catch (IOException)
        {
            // A busy machine may have let the time pass before.
        }
    }

    /// <summary>How many bytes come until the end.</summary>
    private static async Task<long> ReadToEndAsync(Stream stream, CancellationToken limit)
    {
        using var read = new MemoryStream();
        try
        {
            await stream.CopyToAsync(read, limit);
        }
        catch (IOException)
        {
            // Broken off is an end, too.
        }

        return read.Length;
    }

    private static int FreePort()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private async Task StartAsync(AddressList allowed, NrdpTimes? times = null)
    {
        var settings = new NrdpSettings(
            new IPEndPoint(IPAddress.Loopback, _port), new NrdpTokens(["for-results"], ["for-commands"]), null, null, allowed);
        var own = _site.Folder.File("nrdp.pem");
        var certificates = NrdpCertificate.Load(settings, own, TimeProvider.System.GetUtcNow(), out var problem);
        Assert.Equal("", problem);
        var desk = new NrdpDesk(settings.Tokens, _site.Desk, _site.Counters, _site.Log, TimeProvider.System);
        _server = await NrdpServer.StartAsync(
            settings, certificates!, desk, times ?? NrdpTimes.Usual, _site.Counters, _site.Log);
    }

    private async Task<string> PostAsync(string path, string form)
    {
        using var content = new StringContent(form, System.Text.Encoding.UTF8, "application/x-www-form-urlencoded");
        using var answer = await _client.PostAsync(path, content);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }
}
