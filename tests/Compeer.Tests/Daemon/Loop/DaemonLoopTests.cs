using System.Collections.Concurrent;
using Compeer.Cluster.Model;
using Compeer.Daemon.Loop;
using Compeer.Engine.Events;
using Compeer.Peer;
using Compeer.Tests.Peer;

namespace Compeer.Tests.Daemon.Loop;

public sealed class DaemonLoopTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Shell _shell = new();
    private readonly MonitoringPeer _peer = new(
        PeerHarness.Configuration(hosts: 3, version: 1), new ClusterOptions { Self = new NodeId(1), Incarnation = 1 });

    private readonly DaemonLoop _loop;

    public DaemonLoopTests()
    {
        _loop = new DaemonLoop(_peer, new InstantSource(TimeProvider.System), _shell, new LoopQueue());
    }

    public void Dispose() => _loop.Dispose();

    [Fact]
    public async Task View_FailsWhileItIsMade_IsTheReadersProblemAlone()
    {
        _loop.Start();
        await Assert.ThrowsAsync<InvalidDataException>(
            () => _loop.ViewAsync<int>((_, _) => throw new InvalidDataException(), CancellationToken.None).WaitAsync(Patience));

        Assert.Equal(3, await _loop.ViewAsync((peer, _) => peer.Configuration.Objects.Hosts.Length, CancellationToken.None)
            .WaitAsync(Patience));
        Assert.Empty(_shell.Failures);
    }

    [Fact]
    public async Task Post_LoopIsOver_IsDroppedAndWhoWaitsIsTold()
    {
        _loop.Start();
        _loop.Dispose();
        _loop.Post(new PeerInput.Leave());
        await Assert.ThrowsAsync<OperationCanceledException>(
            () => _loop.ViewAsync((_, _) => 1, CancellationToken.None).WaitAsync(Patience));
        Assert.Empty(_shell.Failures);
    }

    [Fact]
    public async Task View_AskedForBeforeTheEnd_IsToldOfTheEnd()
    {
        var waiting = _loop.ViewAsync((_, _) => 1, CancellationToken.None);
        _loop.Dispose();
        await Assert.ThrowsAsync<OperationCanceledException>(() => waiting.WaitAsync(Patience));
    }

    [Fact]
    public async Task Effects_OfARound_AreCarriedOutInItsOrder()
    {
        _loop.Post(new LoopInput(new PeerInput.View(), () => _shell.Done.Enqueue("answer")));
        _loop.Post(new PeerInput.Neighbours([new Neighbour(new NodeId(2), "two", NeighbourKind.Peer, true, null)]));
        _loop.Post(new PeerInput.Neighbours([]));
        _loop.Start();
        await _loop.ViewAsync((_, _) => 1, CancellationToken.None).WaitAsync(Patience);

        Assert.Equal(["persist", "dial", "notice", "answer", "end of the round"], _shell.Done.Distinct().Take(5));
    }

    [Fact]
    public async Task Shell_Fails_EndsTheLoopAndSaysSo()
    {
        _shell.Break = true;
        _loop.Post(new PeerInput.Neighbours([]));
        _loop.Start();
        await Assert.ThrowsAsync<OperationCanceledException>(
            () => _loop.ViewAsync((_, _) => 1, CancellationToken.None).WaitAsync(Patience));
        Assert.IsType<InvalidDataException>(Assert.Single(_shell.Failures));
    }

    /// <summary>The state that a command changed is in the database when whoever gave it is answered.</summary>
    [Fact]
    public async Task Command_ChangesAState_IsAnsweredWhenThatIsStored()
    {
        var peer = new MonitoringPeer(
            PeerHarness.Configuration(hosts: 3, version: 1),
            new ClusterOptions { Self = new NodeId(1), Incarnation = 1, KeepsValues = true });
        using var loop = new DaemonLoop(peer, new InstantSource(TimeProvider.System), _shell, new LoopQueue());
        loop.Post(new PeerInput.Neighbours([]));
        loop.Start();
        var time = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var answer = loop.CommandAsync(
            System.Text.Encoding.ASCII.GetBytes($"[{time}] PROCESS_HOST_CHECK_RESULT;h0;1;down"), CancellationToken.None);

        UnstoredValues? values;
        do
        {
            Assert.True(_shell.Stored.TryTake(out values, Patience), "nothing is to be stored");
            if (values.Values.Any(update => update.Kind == RegisterKind.CheckState))
            {
                Assert.False(answer.IsCompleted, "it was answered before the state was stored");
            }

            loop.Post(new PeerInput.Stored(values.Mark));
        }
        while (values.Values.All(update => update.Kind != RegisterKind.CheckState));

        Assert.Null(await answer.WaitAsync(Patience));
    }

    private sealed class Shell : IPeerShell
    {
        public bool Break { get; set; }

        public ConcurrentQueue<string> Done { get; } = [];

        public ConcurrentQueue<Exception> Failures { get; } = [];

        public void Persist(DurableState state) => Done.Enqueue("persist");

        public BlockingCollection<UnstoredValues> Stored { get; } = [];

        public void Store(UnstoredValues values) => Stored.Add(values);

        public void Send(LinkId link, ReadOnlyMemory<byte> frame) => Done.Enqueue("send");

        public void Dial(NodeId neighbour) => Done.Enqueue("dial");

        public void Close(LinkId link, string reason) => Done.Enqueue("close");

        public void StartCheck(in CheckToRun check) => Done.Enqueue("check");

        public void RunCommand(CommandToRun command) => Done.Enqueue("command");

        public void WritePerformance(in PerformanceLine line) => Done.Enqueue("performance");

        public void ReadCommands(in CommandFile file) => Done.Enqueue("commands");

        public void LookFor(in DoubtfulCheck check) => Done.Enqueue("doubt");

        public void Order(ProgramOrder order) => Done.Enqueue(order.ToString());

        public void WriteLog(in LogEntry entry) => Done.Enqueue("log");

        public void MarkLog(long mark) => Done.Enqueue("mark");

        public void FetchEntries(StreamFetch fetch) => Done.Enqueue("fetch");

        public void Notify(NoticeLevel level, string text)
        {
            if (Break)
            {
                throw new InvalidDataException();
            }

            Done.Enqueue("notice");
        }

        public void Follow(PeerConfiguration configuration) => Done.Enqueue("follow");

        public void Exchange(ClusterEffect effect)
        {
        }

        public void EndRound() => Done.Enqueue("end of the round");

        public void Failed(Exception exception) => Failures.Enqueue(exception);
    }
}
