using System.Buffers.Binary;
using System.Net.Security;
using System.Threading.Channels;
using Compeer.Cluster.Model;

namespace Compeer.Daemon.Links;

/// <summary>
/// One authenticated connection: frames in, frames out. On the wire each frame is its length (4 bytes, big-endian)
/// and its bytes. Runs on the thread pool; <see cref="TrySend"/> and <see cref="Close"/> may be called from any thread.
/// </summary>
internal sealed class Link : IDisposable
{
    private const int PrefixBytes = 4;

    private readonly SslStream _stream;
    private readonly SemaphoreSlim _credits = new(LinkOptions.FramesInLoop);
    private readonly CancellationTokenSource _cancellation = new();
    private readonly Channel<ReadOnlyMemory<byte>> _outbox =
        Channel.CreateBounded<ReadOnlyMemory<byte>>(new BoundedChannelOptions(LinkOptions.FramesToSend) { SingleReader = true });

    private string? _closeReason;
    private bool _hasReceived;

    public Link(LinkId id, NodeId neighbour, SslStream stream)
    {
        Id = id;
        Neighbour = neighbour;
        _stream = stream;
    }

    public LinkId Id { get; }

    public NodeId Neighbour { get; }

    /// <summary>Queues a frame; false when the neighbour is too far behind. A link that is closing swallows it.</summary>
    public bool TrySend(ReadOnlyMemory<byte> frame) =>
        _outbox.Writer.TryWrite(frame) || Volatile.Read(ref _closeReason) is not null;

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
        CancelAfter(LinkOptions.ClosingTimeout);
    }

    /// <summary>Carries frames until the link ends and returns why it did.</summary>
    /// <param name="received">Called for each frame; the second argument must be called once the frame was processed.</param>
    public async Task<string> RunAsync(Action<ReadOnlyMemory<byte>, Action> received)
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

    private async Task<string> ReadAsync(Action<ReadOnlyMemory<byte>, Action> received)
    {
        var cancellationToken = _cancellation.Token;
        var prefix = new byte[PrefixBytes];
        Action done = ReturnCredit;
        while (true)
        {
            await _stream.ReadExactlyAsync(prefix, cancellationToken).ConfigureAwait(false);
            var length = BinaryPrimitives.ReadUInt32BigEndian(prefix);
            if (length is 0 or > LinkOptions.MaxFrameBytes)
            {
                return $"a frame of {length} bytes announced, 1 to {LinkOptions.MaxFrameBytes} are allowed";
            }

            _hasReceived = true;
            var frame = new byte[length];
            await _stream.ReadExactlyAsync(frame, cancellationToken).ConfigureAwait(false);
            await _credits.WaitAsync(cancellationToken).ConfigureAwait(false);
            received(frame, done);
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

    /// <summary>Frames that are ready together leave in one TLS record and one system call.</summary>
    private async Task<string> WriteAsync()
    {
        var cancellationToken = _cancellation.Token;
        var buffer = new MemoryStream();
        var prefix = new byte[PrefixBytes];
        while (await _outbox.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            buffer.SetLength(0);
            while (buffer.Length < LinkOptions.MaxFrameBytes && _outbox.Reader.TryRead(out var frame))
            {
                BinaryPrimitives.WriteInt32BigEndian(prefix, frame.Length);
                buffer.Write(prefix);
                buffer.Write(frame.Span);
            }

            await _stream.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), cancellationToken).ConfigureAwait(false);
        }

        await _stream.ShutdownAsync().ConfigureAwait(false);
        return "closed here";
    }
}
