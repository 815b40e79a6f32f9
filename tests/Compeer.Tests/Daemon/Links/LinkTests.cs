using System.Buffers.Binary;
using System.Collections.Concurrent;
using Compeer.Cluster.Model;
using Compeer.Daemon.Links;

namespace Compeer.Tests.Daemon.Links;

/// <summary>How frames are put together and taken apart on one link; its ends are the test's.</summary>
public sealed class LinkTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ScriptedStream _stream = new();
    private readonly LinkTraffic _sent = new(whole: null);
    private readonly LinkTraffic _received = new(whole: null);
    private readonly ConcurrentQueue<byte[][]> _handed = [];
    private readonly Link _link;
    private Action? _done;

    public LinkTests()
    {
        _link = new Link(new LinkId(1), new NodeId(2), _stream, _sent, _received);
    }

    public void Dispose() => _link.Dispose();

    [Fact]
    public async Task Send_FramesOfOneRound_LeaveInOneWrite()
    {
        var running = Run();
        var frames = Frames(count: 20, size: 100);
        SendAll(frames);
        _link.Release();
        await _stream.WriteBegunAsync(Patience);
        await EndAsync(running);

        Assert.Equal(OnWire(frames), Assert.Single(_stream.Writes));
        Assert.Equal((20L, 1L, 20L * 104), (_sent.Frames, _sent.Batches, _sent.Bytes));
    }

    [Fact]
    public async Task Send_WhileAWriteIsUnderWay_AllThatCameMeanwhileLeavesInTheNext()
    {
        _stream.IsFull = true;
        var running = Run();
        var frames = Frames(count: 10, size: 50);
        SendAll(frames[..1]);
        _link.Release();
        await _stream.WriteBegunAsync(Patience);
        foreach (var frame in frames[1..])
        {
            SendAll([frame]);
            _link.Release();
        }

        _stream.IsFull = false;
        await EndAsync(running);
        Assert.Equal([OnWire(frames[..1]), OnWire(frames[1..])], _stream.Writes);
    }

    [Fact]
    public async Task Send_MoreThanABatch_LeavesInFullOnesAndALargeFrameAlone()
    {
        var small = Frames(count: 70, size: 1000);
        var large = Frames(count: 1, size: LinkOptions.MaxFrameBytes);
        SendAll(small);
        SendAll(large);
        SendAll(small);
        await EndAsync(Run());

        Assert.Equal(OnWire([.. small, .. large, .. small]), _stream.Writes.SelectMany(write => write));
        Assert.Equal(7, _stream.Writes.Count);
        Assert.Single(_stream.Writes, write => write.Length == LinkOptions.MaxFrameBytes + 4);
        Assert.All(_stream.Writes, write => Assert.True(write.Length is <= LinkOptions.BatchBytes or LinkOptions.MaxFrameBytes + 4));
    }

    [Fact]
    public async Task Send_ABatchIsFullBeforeTheRoundIsOver_LeavesAtOnce()
    {
        var running = Run();
        SendAll(Frames(count: 40, size: 1000));
        await _stream.WriteBegunAsync(Patience);
        await EndAsync(running);
    }

    [Fact]
    public async Task Close_FramesOfTheRoundWaitStill_AreSentBeforeTheEnd()
    {
        var frames = Frames(count: 3, size: 10);
        SendAll(frames);
        _link.CloseAfterSending("enough");
        Assert.Equal("enough", await Run().WaitAsync(Patience));
        Assert.Equal(OnWire(frames), Assert.Single(_stream.Writes));
    }

    [Fact]
    public async Task Send_TheOtherSideTakesNothing_IsRefusedAtTheLimit()
    {
        _stream.IsFull = true;
        var running = Run();
        SendAll(Frames(count: 1, size: 10));
        _link.Release();
        await _stream.WriteBegunAsync(Patience);

        SendAll(Frames(count: LinkOptions.FramesToSend, size: 10));
        Assert.False(_link.TrySend(new byte[10]));

        _link.Close("too far behind");
        Assert.Equal("too far behind", await running.WaitAsync(Patience));
        Assert.Empty(_stream.Writes);
    }

    [Fact]
    public async Task Receive_FramesOfOneRead_AreHandedOnTogetherInOrder()
    {
        var frames = Frames(count: 20, size: 30);
        _stream.Give(OnWire(frames));
        _stream.Give([]);
        var reason = await Run().WaitAsync(Patience);

        Assert.Contains("closed the connection", reason, StringComparison.Ordinal);
        Assert.Equal(frames, Assert.Single(_handed));
        Assert.Equal((20L, 1L, 20L * 34), (_received.Frames, _received.Batches, _received.Bytes));
    }

    [Fact]
    public async Task Receive_TheLoopIsSlow_HandsOnNoMoreThanItMayHaveAndReadsNothing()
    {
        var frames = Frames(count: LinkOptions.FramesInLoop + 3, size: 10);
        _stream.Give(OnWire(frames));
        _stream.Give([]);
        var running = Run();
        await UntilAsync(() => _handed.Count == 1);
        Assert.Equal(frames[..LinkOptions.FramesInLoop], _handed.First());

        for (var given = LinkOptions.FramesInLoop + 1; given < frames.Length; given++)
        {
            _done!();
            await UntilAsync(() => _handed.Sum(together => together.Length) == given);
        }

        Assert.Equal(1, _stream.Reads);
        Assert.False(running.IsCompleted);
        _done!();
        await running.WaitAsync(Patience);
        Assert.Equal(frames, _handed.SelectMany(together => together));
        Assert.Equal(2, _stream.Reads);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(LinkOptions.MaxFrameBytes + 1)]
    public async Task Receive_ImpossibleLengthAfterGoodFrames_HandsThoseOnAndEnds(int length)
    {
        var frames = Frames(count: 2, size: 10);
        var bad = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bad, length);
        _stream.Give([.. OnWire(frames), .. bad]);

        Assert.Contains($"a frame of {length} bytes", await Run().WaitAsync(Patience), StringComparison.Ordinal);
        Assert.Equal(frames, Assert.Single(_handed));
    }

    internal static byte[] OnWire(IEnumerable<byte[]> frames)
    {
        var wire = new MemoryStream();
        var prefix = new byte[4];
        foreach (var frame in frames)
        {
            BinaryPrimitives.WriteInt32BigEndian(prefix, frame.Length);
            wire.Write(prefix);
            wire.Write(frame);
        }

        return wire.ToArray();
    }

    private static byte[][] Frames(int count, int size)
    {
        var random = new Random(count);
        var frames = new byte[count][];
        for (var i = 0; i < count; i++)
        {
            frames[i] = new byte[size];
            random.NextBytes(frames[i]);
        }

        return frames;
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!condition())
        {
            await Task.Delay(1, limit.Token);
        }
    }

    private Task<string> Run() => _link.RunAsync((frames, done) =>
    {
        _done = done;
        _handed.Enqueue([.. frames.Select(frame => frame.ToArray())]);
    });

    private void SendAll(byte[][] frames)
    {
        foreach (var frame in frames)
        {
            Assert.True(_link.TrySend(frame));
        }
    }

    private async Task EndAsync(Task<string> running)
    {
        _link.CloseAfterSending("enough");
        Assert.Equal("enough", await running.WaitAsync(Patience));
    }
}
