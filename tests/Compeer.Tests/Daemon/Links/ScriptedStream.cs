using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Compeer.Tests.Daemon.Links;

/// <summary>The two ends of a connection in the hands of a test: what is to be read comes in the pieces that it gives, and what is
/// written is kept write by write, each waiting for room as long as <see cref="IsFull"/>.</summary>
internal sealed class ScriptedStream : Stream
{
    private readonly Channel<byte[]> _toRead = Channel.CreateUnbounded<byte[]>();
    private readonly SemaphoreSlim _room = new(initialCount: 0);
    private readonly SemaphoreSlim _begun = new(initialCount: 0);
    private volatile bool _isFull;
    private byte[] _piece = [];
    private int _reads;

    public bool IsFull
    {
        get => _isFull;
        set
        {
            _isFull = value;
            if (!value)
            {
                _room.Release(1000);
            }
        }
    }

    public ConcurrentQueue<byte[]> Writes { get; } = [];

    /// <summary>How often something was asked for.</summary>
    public int Reads => Volatile.Read(ref _reads);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Gives a piece to be read; an empty one is the end.</summary>
    public void Give(byte[] piece) => _toRead.Writer.TryWrite(piece);

    /// <summary>Waits until another write was begun.</summary>
    public async Task WriteBegunAsync(TimeSpan patience) => Assert.True(await _begun.WaitAsync(patience), "nothing was written");

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Assert.False(buffer.IsEmpty, "a read without room would be taken for the end");
        Interlocked.Increment(ref _reads);
        if (_piece.Length == 0)
        {
            _piece = await _toRead.Reader.ReadAsync(cancellationToken);
        }

        var count = Math.Min(_piece.Length, buffer.Length);
        _piece.AsSpan(0, count).CopyTo(buffer.Span);
        _piece = _piece[count..];
        return count;
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var written = buffer.ToArray();
        _begun.Release();
        if (IsFull)
        {
            await _room.WaitAsync(cancellationToken);
        }

        Writes.Enqueue(written);
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
