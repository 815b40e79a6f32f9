using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Compeer.Daemon.Nsca;
using Compeer.Daemon.Nsca.Ciphers;
using Compeer.Daemon.Passive;
using Compeer.Tests.Daemon.Passive;

namespace Compeer.Tests.Daemon.Nsca;

/// <summary>NSCA's server, with clients of the test's own.</summary>
public sealed class NscaServerTests : IAsyncLifetime
{
    private static readonly byte[] Password = "geheim"u8.ToArray();

    private readonly PassiveSite _site = new();
    private NscaServer? _server;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _site.Dispose();
    }

    [Fact]
    public async Task Results_OfSeveralClients_ComeToTheLoopInTheirOrder()
    {
        Start(14);
        using var first = await Client.ConnectAsync(_server!.EndPoint, 14, Password);
        using var second = await Client.ConnectAsync(_server.EndPoint, 14, Password);
        await first.SendAsync(2, "web1", "HTTP", "bad|a=1");
        Assert.Equal("web1/HTTP 2 bad", _site.NextText());
        await second.SendAsync(1, "web2", "", "down\\ here");
        Assert.Equal("web2/ 1 down\\ here", _site.NextText());
        await first.SendAsync(255, "web1", "HTTP", "what\nlong");
        var result = _site.Next();
        Assert.Equal((3, true), (result.Result.ReturnCode, result.IsPassive));
        Assert.Equal("long"u8.ToArray(), result.Result.LongOutput.ToArray());
        Assert.Equal((3, 0), (_site.Counters.Results, _site.Counters.AllRefused));
    }

    [Fact]
    public async Task Result_ThatTheEngineRefuses_IsCounted()
    {
        Start(1);
        using var client = await Client.ConnectAsync(_server!.EndPoint, 1, Password);
        await client.SendAsync(0, "nobody", "", "up");
        _site.Next(failure: "there is no such host");
        Assert.Equal((0, 1), (_site.Counters.Results, _site.Counters.Refused(PassiveRefusal.NotTaken)));
    }

    [Theory]
    [InlineData("geheim ", 14, PassiveRefusal.NotAuthentic, "another password or encryption_method than here")]
    [InlineData("geheim", 9, PassiveRefusal.NotAuthentic, "another password or encryption_method than here")]
    public async Task Client_WithAnotherSecret_IsRefusedWithoutNamingIt(string password, int method, object reason, string words)
    {
        Start(14);
        using var client = await Client.ConnectAsync(_server!.EndPoint, method, System.Text.Encoding.ASCII.GetBytes(password));
        await client.SendAsync(0, "web1", "", "up");
        await client.ExpectEndAsync();
        Assert.Equal(1, _site.Counters.Refused((PassiveRefusal)reason));
        Assert.Contains(words, _site.LogText, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", _site.LogText, StringComparison.Ordinal);
        Assert.Equal(0, _site.Waiting);
    }

    [Theory]
    [InlineData(-32)]
    [InlineData(40)]
    public async Task Packet_OfAnotherTime_IsRefusedUnlessAnyMay(int seconds)
    {
        Start(14);
        using (var client = await Client.ConnectAsync(_server!.EndPoint, 14, Password))
        {
            await client.SendAsync(0, "web1", "", "up", seconds);
            await client.ExpectEndAsync();
        }

        Assert.Equal(1, _site.Counters.Refused(PassiveRefusal.Stale));
        await _server.DisposeAsync();
        Start(14, settings => settings with { MaxPacketAge = TimeSpan.Zero });
        using var other = await Client.ConnectAsync(_server!.EndPoint, 14, Password);
        await other.SendAsync(0, "web1", "", "up", seconds);
        Assert.Equal("web1/ 0 up", _site.NextText());
    }

    [Fact]
    public async Task Packet_RecordedFromAnotherConnection_IsRefused()
    {
        Start(14);
        using var first = await Client.ConnectAsync(_server!.EndPoint, 14, Password);
        var recorded = first.Make(0, "web1", "", "up", seconds: 0);
        await first.SendAsync(recorded);
        _site.Next();
        using var second = await Client.ConnectAsync(_server.EndPoint, 14, Password);
        await second.SendAsync(recorded);
        await second.ExpectEndAsync();
        Assert.Equal(1, _site.Counters.Refused(PassiveRefusal.NotAuthentic));
    }

    [Fact]
    public async Task Client_OfAnAddressThatIsNotAllowed_IsSentNothing()
    {
        Start(14, settings => settings with { AllowedHosts = AddressList.Parse("127.0.0.2, 10.0.0.0/8", out _)! });
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(_server!.EndPoint);
        Assert.Equal(0, await ReceiveAsync(socket, new byte[200]));
        Assert.Equal(1, _site.Counters.Refused(PassiveRefusal.Address));
    }

    [Fact]
    public async Task Client_ThatSendsForAnotherHost_IsRefusedWhenNamesAreChecked()
    {
        Start(0, settings => settings with { ChecksNames = true });
        using var client = await Client.ConnectAsync(_server!.EndPoint, 0, Password);
        await client.SendAsync(0, "127.0.0.1", "", "mine");
        Assert.Equal("127.0.0.1/ 0 mine", _site.NextText());
        await client.SendAsync(0, "127.0.0.9", "", "another's");
        await client.ExpectEndAsync();
        Assert.Equal(1, _site.Counters.Refused(PassiveRefusal.Address));
    }

    [Fact]
    public async Task Names_ThatNoObjectCanHave_AreRefusedAndForgeNoLine()
    {
        Start(0, settings => settings with { TellsEach = true });
        using var client = await Client.ConnectAsync(_server!.EndPoint, 0, Password);
        await client.SendAsync(0, "web1\n[0] forged", "", "up");
        await client.SendAsync(0, "", "HTTP", "up");
        await client.SendAsync(0, "web1", "HTTP", "up");
        Assert.Equal("web1/HTTP 0 up", _site.NextText());
        Assert.Equal(2, _site.Counters.Refused(PassiveRefusal.NotTaken));
        Assert.DoesNotContain("\n[0] forged", _site.LogText, StringComparison.Ordinal);
        Assert.Contains("sent 0 of 'HTTP' of 'web1'", _site.LogText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Client_ThatEndsInTheMiddle_IsCounted()
    {
        Start(0);
        using (var client = await Client.ConnectAsync(_server!.EndPoint, 0, Password))
        {
            await client.SendAsync(client.Make(0, "web1", "", "up", 0)[..1000]);
        }

        Assert.True(SpinWait.SpinUntil(() => _site.Counters.Refused(PassiveRefusal.Malformed) == 1, PassiveSite.Patience));
    }

    [Fact]
    public async Task Clients_MoreThanMayBe_MakeRoomForTheNext()
    {
        Start(14);
        var silent = new List<Client>();
        for (var i = 0; i < NscaServer.MaxConnections + 5; i++)
        {
            silent.Add(await Client.ConnectAsync(_server!.EndPoint, 14, Password));
        }

        using var client = await Client.ConnectAsync(_server!.EndPoint, 14, Password);
        await client.SendAsync(0, "web1", "", "up");
        Assert.Equal("web1/ 0 up", _site.NextText());
        await silent[0].ExpectEndAsync();
        silent.ForEach(one => one.Dispose());
        Assert.Equal(6, _site.Counters.Refused(PassiveRefusal.TooMany));
    }

    /// <summary>The loop takes nothing for a while: no more waits than may, and nothing is lost.</summary>
    [Fact]
    public async Task Results_MoreThanMayWait_ComeWhenTheLoopTookSome()
    {
        Start(1);
        const int Count = PassiveDesk.MostWaiting + 700;
        var sending = Task.Run(async () =>
        {
            using var client = await Client.ConnectAsync(_server!.EndPoint, 1, Password);
            for (var i = 0; i < Count; i++)
            {
                await client.SendAsync(0, "web1", $"s{i}", "up");
            }
        });
        Assert.True(SpinWait.SpinUntil(() => _site.Waiting == PassiveDesk.MostWaiting, PassiveSite.Patience));
        for (var i = 0; i < Count; i++)
        {
            Assert.Equal($"s{i}", _site.Next().Service);
        }

        await sending;
        Assert.Equal(Count, _site.Counters.Results);
    }

    /// <summary>Whoever says nothing, at the beginning, behind a packet or in one, is let go after a time.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Client_ThatSaysNothingMore_IsEnded(int halves)
    {
        var clock = new HeldTime();
        Start(0, clock: clock);
        using var client = await Client.ConnectAsync(_server!.EndPoint, 0, Password);
        var packet = client.Make(0, "web1", "", "up", 0);
        for (var half = 0; half < halves; half++)
        {
            await client.SendAsync(packet[(half * packet.Length / 2)..((half + 1) * packet.Length / 2)]);
        }

        if (halves == 2)
        {
            _site.Next();
        }

        // It may not have begun to wait for more.
        var ended = client.ExpectEndAsync();
        while (await Task.WhenAny(ended, Task.Delay(10)) != ended)
        {
            clock.EndTimers();
        }

        await ended;
        Assert.Equal(1, _site.Counters.Refused(PassiveRefusal.TimedOut));
        Assert.Contains("it said nothing for 30 s", _site.LogText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dispose_WhileClientsAreThere_EndsThem()
    {
        Start(14);
        using var client = await Client.ConnectAsync(_server!.EndPoint, 14, Password);
        await _server.DisposeAsync();
        _server = null;
        await client.ExpectEndAsync();
    }

    private void Start(int method, Func<NscaSettings, NscaSettings>? change = null, TimeProvider? clock = null)
    {
        var settings = new NscaSettings(
            new IPEndPoint(IPAddress.Loopback, 0),
            EncryptionMethod.Find(method)!,
            Password,
            TimeSpan.FromSeconds(30),
            AddressList.Everybody,
            TellsEach: false,
            ChecksNames: false);
        _server = NscaServer.Open(
            change?.Invoke(settings) ?? settings, _site.Desk, _site.Counters, _site.Log, clock ?? TimeProvider.System);
    }

    private static async Task<int> ReceiveAsync(Socket socket, byte[] buffer)
    {
        using var limit = new CancellationTokenSource(PassiveSite.Patience);
        try
        {
            return await socket.ReceiveAsync(buffer, limit.Token);
        }
        catch (SocketException)
        {
            return 0;
        }
    }

    /// <summary>The real time, whose timers end when the test says so.</summary>
    private sealed class HeldTime : TimeProvider
    {
        private readonly ConcurrentBag<HeldTimer> _timers = [];

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = new HeldTimer(callback, state) { Due = dueTime };
            _timers.Add(timer);
            return timer;
        }

        public void EndTimers()
        {
            foreach (var timer in _timers)
            {
                timer.End();
            }
        }

        private sealed class HeldTimer(TimerCallback callback, object? state) : ITimer
        {
            public TimeSpan Due { get; set; }

            public bool Change(TimeSpan dueTime, TimeSpan period)
            {
                Due = dueTime;
                return true;
            }

            public void End()
            {
                if (Due == NscaConnection.Silence)
                {
                    callback(state);
                }
            }

            public void Dispose() => Due = Timeout.InfiniteTimeSpan;

            public ValueTask DisposeAsync()
            {
                Dispose();
                return ValueTask.CompletedTask;
            }
        }
    }

    /// <summary>A client.</summary>
    private sealed class Client(Socket socket, NscaCipher cipher, long time) : IDisposable
    {
        public static async Task<Client> ConnectAsync(IPEndPoint server, int method, byte[] password)
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(server);
            var greeting = new byte[132];
            for (var count = 0; count < greeting.Length;)
            {
                count += await socket.ReceiveAsync(greeting.AsMemory(count));
            }

            var cipher = EncryptionMethod.Find(method)!.Cipher(password, greeting[..128]);
            return new Client(socket, cipher, BinaryPrimitives.ReadUInt32BigEndian(greeting.AsSpan(128)));
        }

        public byte[] Make(int code, string host, string service, string output, int seconds) =>
            TestPackets.Encrypt(cipher, TestPackets.Plain(time + seconds, code, host, service, output));

        public Task SendAsync(int code, string host, string service, string output, int seconds = 0) =>
            SendAsync(Make(code, host, service, output, seconds));

        public async Task SendAsync(byte[] bytes)
        {
            for (var sent = 0; sent < bytes.Length;)
            {
                sent += await socket.SendAsync(bytes.AsMemory(sent));
            }
        }

        public async Task ExpectEndAsync() => Assert.Equal(0, await ReceiveAsync(socket, new byte[10]));

        public void Dispose() => socket.Dispose();
    }
}
