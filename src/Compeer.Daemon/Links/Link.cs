using System.Net.Security;
using System.Threading.Channels;
using Compeer.Cluster.Model;

namespace Compeer.Daemon.Links;

/// <summary>
/// One authenticated connection: frames in, frames out. Whatever is there at the same time goes together, in one write, and what
/// comes together is handed on together: a record of TLS and the wake-ups that it costs are dear, frames are cheap. Runs on the
/// thread pool; what it offers may be called from any thread.
/// </summary>
internal sealed class Link : IDisposable
{
    private readonly Stream _stream;
    private readonly LinkTraffic _sent;
    private readonly LinkTraffic _received;
    private readonly SemaphoreSlim _credits = new(LinkOptions.FramesInLoop);
    private readonly SemaphoreSlim _mayWrite = new(initialCount: 0);
    private readonly CancellationTokenSource _cancellation = new();
    private readonly Channel<ReadOnlyMemory<byte>> _outbox =
        Channel.CreateBounded<ReadOnlyMemory<byte>>(new BoundedChannelOptions(LinkOptions.FramesToSend) { SingleReader = true });

    private string? _closeReason;
    private bool _hasReceived;
    private long _unreleasedBytes;

    public Link(LinkId id, NodeId neighbour, Stream stream, LinkTraffic sent, LinkTraffic received)
    {
        Id = id;
        Neighbour = neighbour;
        _stream = stream;
        _sent = sent;
        _received = received;
    }

    public LinkId Id { get; }

    public NodeId Neighbour { get; }

    /// <summary>Queues a frame, to leave with the next <see cref="Release"/>, or when a batch is full; false when the neighbour is
    /// too far behind. A link that is closing swallows it.</summary>
    public bool TrySend(ReadOnlyMemory<byte> frame)
    {
        if (!_outbox.Writer.TryWrite(frame))
        {
            return Volatile.Read(ref _closeReason) is not null;
        }

        if (Interlocked.Add(ref _unreleasedBytes, frame.Length) >= LinkOptions.BatchBytes)
        {
            Release();
        }

        return true;
    }

    /// <summary>Lets everything go that was queued.</summary>
    public void Release()
    {
        Interlocked.Exchange(ref _unreleasedBytes, 0);
        try
        {
            if (_mayWrite.CurrentCount == 0)
            {
                _mayWrite.Release();
            }
        }
        catch (ObjectDisposedException)
        {
            // It ended by itself, at the same moment.
        }
    }

    /// <summary>Ends the link; the first reason given is the one reported.</summary>
    public void Close(string reason)
    {
        Interlocked.CompareExchange(ref _closeReason, reason, null);
        CancelAfter(TimeSpan.Zero);
    }

    /// <summary>Sends what is queued, for as long as <see cref="LinkOptions.ClosingTimeout"/> allows, then ends the link.</summary>
    public void CloseAfterSending(string reason)
    {
        Interlocked.CompareExchange(ref _closeReason, reason, null);
        _outbox.Writer.TryComplete();
        Release();
        CancelAfter(LinkOptions.ClosingTimeout);
    }

    /// <summary>Carries frames until the link ends and returns why it did.</summary>
    /// <param name="received">Called for the frames that came together; the second argument must be called for each that was
    /// processed.</param>
    public async Task<string> RunAsync(Action<IReadOnlyList<ReadOnlyMemory<byte>>, Action> received)
    {
        var reading = GuardAsync(ReadAsync(received));
        var writing = GuardAsync(WriteAsync());
        var first = await Task.WhenAny(reading, writing).ConfigureAwait(false);
        var reason = await first.ConfigureAwait(false);
        await _cancellation.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(reading, writing).ConfigureAwait(false);
        if (Volatile.Read(ref _closeReason) is { } ownReason)
        {
            return ownReason;
        }

        // TLS 1.3 lets the two ends judge each other's keys one after the other: all that the one which was refused sees is
        // that the connection ends.
        return _hasReceived ? reason : $"{reason} before it said anything; is this node's key the publickey it has of this node?";
    }

    public void Dispose()
    {
        _outbox.Writer.TryComplete();
        _stream.Dispose();
        _cancellation.Dispose();
        _credits.Dispose();
        _mayWrite.Dispose();
    }

    private static async Task<string> GuardAsync(Task<string> work)
    {
        try
        {
            return await work.ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return "closed here";
        }
        catch (Exception exception)
        {
            return $"connection lost: {LinkFault.Words(exception)}";
        }
    }

    private async Task<string> ReadAsync(Action<IReadOnlyList<ReadOnlyMemory<byte>>, Action> received)
    {
        var cancellationToken = _cancellation.Token;
        var cutter = new FrameCutter();
        var together = new List<ReadOnlyMemory<byte>>();
        Action done = ReturnCredit;
        while (cutter.Problem is null)
        {
            var bytes = await _stream.ReadAsync(cutter.Room, cancellationToken).ConfigureAwait(false);
            if (bytes == 0)
            {
                throw new EndOfStreamException();
            }

            cutter.Added(bytes);
            var frames = 0;
            for (; cutter.TryCut(out var frame); frames++)
            {
                _hasReceived = true;
                if (!_credits.Wait(0, CancellationToken.None))
                {
                    Hand();
                    await _credits.WaitAsync(cancellationToken).ConfigureAwait(false);
                }

                together.Add(frame);
            }

            _received.Add(frames, bytes);
            Hand();
        }

        return cutter.Problem;

        void Hand()
        {
            if (together.Count > 0)
            {
                received(together, done);
                together.Clear();
            }
        }
    }

    private void CancelAfter(TimeSpan delay)
    {
        try
        {
            _cancellation.CancelAfter(delay);
        }
        catch (ObjectDisposedException)
        {
            // It ended by itself, at the same moment.
        }
    }

    private void ReturnCredit()
    {
        try
        {
            _credits.Release();
        }
        catch (ObjectDisposedException)
        {
            // The link ended while its last frames were in the loop; nobody waits for the credit any more.
        }
    }

    private async Task<string> WriteAsync()
    {
        var cancellationToken = _cancellation.Token;
        var batch = new FrameBatch();
        while (!_outbox.Reader.Completion.IsCompleted)
        {
            await _mayWrite.WaitAsync(cancellationToken).ConfigureAwait(false);
            while (batch.Fill(_outbox.Reader))
            {
                await _stream.WriteAsync(batch.Bytes, cancellationToken).ConfigureAwait(false);
                _sent.Add(batch.Frames, batch.Bytes.Length);
            }
        }

        if (_stream is SslStream secured)
        {
            await secured.ShutdownAsync().ConfigureAwait(false);
        }

        return "closed here";
    }
}
