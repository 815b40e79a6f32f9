using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Compeer.Cluster.Model;
using Compeer.Daemon.Links;
using Compeer.Daemon.Log;
using Compeer.Daemon.Loop;
using Compeer.Peer;

namespace Compeer.Tests.Daemon.Links;

public sealed class LinkHubTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TemporaryFolder _folder = new();
    private readonly Side _one;
    private readonly Side _two;

    public LinkHubTests()
    {
        _one = new Side(_folder, "one");
        _two = new Side(_folder, "two");
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _one.DisposeAsync();
        await _two.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Dial_PinnedKeysOnBothSides_CarriesFramesBothWays()
    {
        Introduce(_one, _two);
        Introduce(_two, _one);
        _one.Hub.Dial(_two.Key.Pin.Id);
        var here = await _one.TakeAsync<PeerInput.LinkOpened>();
        var there = await _two.TakeAsync<PeerInput.LinkOpened>();
        Assert.Equal((_two.Key.Pin.Id, true), (here.Neighbour, here.DialledHere));
        Assert.Equal((_one.Key.Pin.Id, false), (there.Neighbour, there.DialledHere));

        var large = new byte[LinkOptions.MaxFrameBytes];
        large[^1] = 7;
        _one.Hub.Send(here.Link, new byte[] { 1, 2, 3 });
        _one.Hub.Send(here.Link, large);
        _one.Hub.Release();
        _two.Hub.Send(there.Link, new byte[] { 4 });
        _two.Hub.Release();
        Assert.Equal([1, 2, 3], (await _two.TakeAsync<PeerInput.Frame>()).Bytes.ToArray());
        Assert.Equal(large, (await _two.TakeAsync<PeerInput.Frame>()).Bytes.ToArray());
        Assert.Equal([4], (await _one.TakeAsync<PeerInput.Frame>()).Bytes.ToArray());

        _one.Hub.Close(here.Link, "enough");
        Assert.Equal("enough", (await _one.TakeAsync<PeerInput.LinkClosed>()).Reason);
        Assert.Equal(there.Link, (await _two.TakeAsync<PeerInput.LinkClosed>()).Link);
    }

    [Fact]
    public async Task Close_AfterManyFrames_TheOtherSideHasThemAllBeforeTheEnd()
    {
        Introduce(_one, _two);
        Introduce(_two, _one);
        _one.Hub.Dial(_two.Key.Pin.Id);
        var here = await _one.TakeAsync<PeerInput.LinkOpened>();
        const int Frames = 200;
        for (var i = 0; i < Frames; i++)
        {
            _one.Hub.Send(here.Link, new byte[20_000]);
        }

        _one.Hub.Close(here.Link, "enough");
        _one.Hub.Send(here.Link, new byte[1]);

        Assert.Equal("enough", (await _one.TakeAsync<PeerInput.LinkClosed>()).Reason);
        await _two.TakeAsync<PeerInput.LinkClosed>();
        Assert.Equal(Frames, _two.Inputs.OfType<PeerInput.Frame>().Count());

        // Each neighbour's traffic is counted by itself, and is a part of all.
        Assert.Null(_one.Hub.TrafficWith(_one.Key.Pin.Id));
        Assert.Equal(
            (Frames, Frames, 0L),
            (_one.Hub.TrafficWith(_two.Key.Pin.Id)!.Value.Sent.Frames, _one.Hub.Sent.Frames, _two.Hub.Sent.Frames));
        Assert.Equal(_two.Hub.Received.Bytes, _two.Hub.TrafficWith(_one.Key.Pin.Id)!.Value.Received.Bytes);

        // A neighbour no longer: of pollers in containers there would be ever more.
        _one.Hub.SetTargets([]);
        Assert.Null(_one.Hub.TrafficWith(_two.Key.Pin.Id));
    }

    [Fact]
    public void Close_LinkThatIsOverAlready_DoesNothing()
    {
        var traffic = new LinkTraffic(whole: null);
        var link = new Link(new LinkId(1), new NodeId(1), new SslStream(new MemoryStream()), traffic, traffic);
        link.Dispose();
        link.Close("late");
        link.CloseAfterSending("late");
        Assert.True(link.TrySend(new byte[1]));
    }

    [Fact]
    public async Task Dial_OtherSideShowsAnotherKey_FailsNamingTheKey()
    {
        using var wrong = NodeKey.LoadOrCreate(_folder.File("wrong/node.key"));
        _one.Hub.SetTargets([new LinkTarget(wrong.Pin.Id, "peer02", "127.0.0.1", _two.Port, wrong.Pin)]);
        Introduce(_two, _one);
        _one.Hub.Dial(wrong.Pin.Id);
        Assert.Contains("publickey of peer02", (await _one.TakeAsync<PeerInput.DialFailed>()).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dial_OwnKeyUnknownToTheOtherSide_IsRefusedThereWithTheKeysId()
    {
        Introduce(_one, _two);
        _one.Hub.Dial(_two.Key.Pin.Id);
        await _two.LogContainsAsync(_one.Key.Pin.Id.ToString());
        Assert.DoesNotContain(_two.Inputs, input => input is PeerInput.LinkOpened);
    }

    [Fact]
    public async Task Dial_ByAMachineThatWasCopied_IsSaidThereAndHere()
    {
        await using var copied = new Side(_folder, "one", "copy");
        _one.Hub.SetTargets([new LinkTarget(_two.Key.Pin.Id, "two", "127.0.0.1", copied.Port, _two.Key.Pin)]);
        Introduce(copied, _two);
        _one.Hub.Dial(_two.Key.Pin.Id);

        Assert.EndsWith(
            "is not the publickey of two but this node's own: the address is this node, or a machine that was copied with its node.key",
            (await _one.TakeAsync<PeerInput.DialFailed>()).Reason,
            StringComparison.Ordinal);
        copied.Hub.SetTargets([new LinkTarget(_one.Key.Pin.Id, "one", "127.0.0.1", _one.Port, _one.Key.Pin)]);
        copied.Hub.Dial(_one.Key.Pin.Id);
        await _one.LogContainsAsync($"it has this node's own key ({_one.Key.Pin.Id})");
    }

    [Fact]
    public async Task Opened_TellsTheOtherEndsAddress()
    {
        Introduce(_one, _two);
        Introduce(_two, _one);
        _one.Hub.Dial(_two.Key.Pin.Id);

        Assert.Equal("127.0.0.1", (await _one.TakeAsync<PeerInput.LinkOpened>()).Address);
        Assert.Equal("127.0.0.1", (await _two.TakeAsync<PeerInput.LinkOpened>()).Address);
    }

    [Fact]
    public async Task Dial_NobodyListens_FailsWithTheReason()
    {
        _one.Hub.SetTargets([new LinkTarget(_two.Key.Pin.Id, "two", "127.0.0.1", FreePort(), _two.Key.Pin)]);
        _one.Hub.Dial(_two.Key.Pin.Id);
        Assert.Contains("refused", (await _one.TakeAsync<PeerInput.DialFailed>()).Reason, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(new byte[] { 0x4C, 0x51, 0x4C }, "0x4c")]
    [InlineData(new byte[] { 0x16, 0x00, 0x00, 0x00, 0x00, 0x01, 0x02 }, "refused")]
    [InlineData(new byte[0], "without a word")]
    public async Task Listener_SomethingElseConnects_IsRefusedWithTheReason(byte[] said, string logged)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, _two.Port);
        await socket.SendAsync(said);
        socket.Shutdown(SocketShutdown.Send);
        await _two.LogContainsAsync(logged);
        Introduce(_one, _two);
        Introduce(_two, _one);
        _one.Hub.Dial(_two.Key.Pin.Id);
        await _two.TakeAsync<PeerInput.LinkOpened>();
    }

    [Fact]
    public async Task Hub_AfterItsEnd_TakesWhatTheLoopStillAsksForAndDoesNothing()
    {
        Introduce(_one, _two);
        Introduce(_two, _one);
        _one.Hub.Dial(_two.Key.Pin.Id);
        var opened = await _one.TakeAsync<PeerInput.LinkOpened>();
        await _one.Hub.DisposeAsync();

        _one.Hub.Send(opened.Link, new byte[] { 1 });
        _one.Hub.Close(opened.Link, "more than 4096 frames behind");
        _one.Hub.Dial(_two.Key.Pin.Id);

        Assert.Equal("this node stops", (await _one.TakeAsync<PeerInput.LinkClosed>()).Reason);
        Assert.Equal("this node stops", (await _one.TakeAsync<PeerInput.DialFailed>()).Reason);
    }

    [Fact]
    public void Link_ClosedAfterItsEnd_IsLeftAlone()
    {
        var traffic = new LinkTraffic(whole: null);
        var link = new Link(new LinkId(1), _two.Key.Pin.Id, new SslStream(new MemoryStream()), traffic, traffic);
        link.Dispose();
        link.Close("more than 4096 frames behind");
        link.CloseAfterSending("this node stops");
        Assert.True(link.TrySend(new byte[] { 1 }), "swallowed, as by any link that is closing");
    }

    [Fact]
    public async Task Dial_TheOtherSideIsNoNode_SaysSoInOurWords()
    {
        using var listener = new Socket(SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var port = ((IPEndPoint)listener.LocalEndPoint!).Port;
        _one.Hub.SetTargets([new LinkTarget(_two.Key.Pin.Id, "two", "127.0.0.1", port, _two.Key.Pin)]);
        _one.Hub.Dial(_two.Key.Pin.Id);
        using (var accepted = await listener.AcceptAsync())
        {
            await accepted.SendAsync("SSH-2.0-OpenSSH_9.2\r\n"u8.ToArray());
        }

        var reason = (await _one.TakeAsync<PeerInput.DialFailed>()).Reason;
        Assert.Contains("the other side", reason, StringComparison.Ordinal);
        Assert.DoesNotContain("exception", reason, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("not a name")]
    [InlineData("no-such-host.invalid")]
    public async Task Dial_NameThatLeadsNowhere_SaysThatItIsTheName(string name)
    {
        _one.Hub.SetTargets([new LinkTarget(_two.Key.Pin.Id, "two", name, 1, _two.Key.Pin)]);
        _one.Hub.Dial(_two.Key.Pin.Id);
        Assert.Contains("name", (await _one.TakeAsync<PeerInput.DialFailed>()).Reason, StringComparison.Ordinal);
    }

    private static void Introduce(Side to, Side other) =>
        to.Hub.SetTargets([new LinkTarget(other.Key.Pin.Id, other.Name, "127.0.0.1", other.Port, other.Key.Pin)]);

    private static int FreePort()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private sealed class Side : IAsyncDisposable
    {
        private readonly string _logFile;
        private readonly MonitoringLog _log;
        private readonly LinkListener _listener;

        public Side(TemporaryFolder folder, string name, string? copy = null)
        {
            Name = copy ?? name;
            Key = NodeKey.LoadOrCreate(folder.File($"{name}/node.key"));
            _logFile = folder.File($"{Name}/naemon.log");
            _log = MonitoringLog.Open(_logFile);
            var log = new DaemonLog(_log, TimeProvider.System);
            Hub = new LinkHub(Key, Post, log);
            _listener = LinkListener.Start(new IPEndPoint(IPAddress.Loopback, 0), Hub, log);
        }

        public string Name { get; }

        public NodeKey Key { get; }

        public LinkHub Hub { get; }

        public int Port => _listener.EndPoint.Port;

        public ConcurrentQueue<PeerInput> Inputs { get; } = [];

        public async Task<T> TakeAsync<T>()
            where T : PeerInput
        {
            T? found = null;
            await UntilAsync(() => (found = TryTake<T>()) is not null, $"{Name} gets {typeof(T).Name}");
            return found!;
        }

        public Task LogContainsAsync(string text) =>
            UntilAsync(() => ReadLog().Contains(text, StringComparison.OrdinalIgnoreCase), $"the log of {Name} contains '{text}'");

        public async ValueTask DisposeAsync()
        {
            await _listener.DisposeAsync();
            await Hub.DisposeAsync();
            _log.Dispose();
            Key.Dispose();
        }

        private void Post(ReadOnlySpan<LoopInput> inputs)
        {
            foreach (var input in inputs)
            {
                Inputs.Enqueue(input.Input);
                input.Answered?.Invoke();
            }
        }

        private T? TryTake<T>()
            where T : PeerInput
        {
            for (var i = Inputs.Count; i > 0 && Inputs.TryDequeue(out var input); i--)
            {
                if (input is T found)
                {
                    return found;
                }

                Inputs.Enqueue(input);
            }

            return null;
        }

        private string ReadLog()
        {
            using var stream = new FileStream(_logFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream);
            return reader.ReadToEnd();
        }

        private async Task UntilAsync(Func<bool> condition, string what)
        {
            using var limit = new CancellationTokenSource(Patience);
            while (!condition())
            {
                Assert.False(limit.IsCancellationRequested, $"not within {Patience.TotalSeconds} s: {what}; log:\n{ReadLog()}");
                await Task.Delay(5);
            }
        }
    }
}
