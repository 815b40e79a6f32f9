using System.Net.Sockets;

namespace Compeer.Daemon.QueryHandler;

/// <summary>One client: reads its queries and sends the answers, one after the other, and what it subscribed to. Who sends or reads too
/// slowly is let go.</summary>
internal sealed class QueryConnection(Socket socket, QueryDesk desk, TimeProvider timeProvider) : IDisposable
{
    /// <summary>How long a query may take to come.</summary>
    public static readonly TimeSpan RequestLimit = TimeSpan.FromSeconds(10);

    /// <summary>How long a client that has subscribed to nothing may say nothing.</summary>
    private static readonly TimeSpan IdleLimit = TimeSpan.FromSeconds(300);

    /// <summary>How long a client may take to read <see cref="BytesPerSend"/>.</summary>
    private static readonly TimeSpan SendLimit = TimeSpan.FromSeconds(30);

    private const int BytesPerSend = 16 * 1024;

    private readonly Subscriber _subscriber = new();
    private readonly SemaphoreSlim _sending = new(1);
    private readonly byte[] _buffer = new byte[QueryRequest.Longest];
    private int _count;

    /// <summary>Serves the client until it or the daemon ends it.</summary>
    public async Task ServeAsync(CancellationToken stopping)
    {
        var telling = TellAsync(stopping);
        try
        {
            while (await NextAsync(stopping).ConfigureAwait(false) is { } request)
            {
                (var bytes, var ends) = await desk.AnswerAsync(request, _subscriber, stopping).ConfigureAwait(false);
                await SendAsync(bytes, stopping).ConfigureAwait(false);
                if (ends)
                {
                    return;
                }
            }
        }
        catch (Exception fault) when (fault is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The client has gone, was let go, or the daemon stops: there is nobody to tell.
        }
        finally
        {
            _subscriber.End();
            socket.Dispose();
            await telling.ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        _subscriber.End();
        socket.Dispose();
        _sending.Dispose();
    }

    /// <summary>The next query; null when none comes.</summary>
    private async Task<QueryRequest?> NextAsync(CancellationToken stopping)
    {
        var began = timeProvider.GetTimestamp();
        while (true)
        {
            var end = _buffer.AsSpan(0, _count).IndexOf((byte)0);
            if (end >= 0)
            {
                var request = QueryRequest.Read(_buffer.AsSpan(0, end));
                _buffer.AsSpan(end + 1, _count - end - 1).CopyTo(_buffer);
                _count -= end + 1;
                return request;
            }

            if (_count == _buffer.Length)
            {
                await SendAsync(QueryDesk.Refusal(413), stopping).ConfigureAwait(false);
                return null;
            }

            int received;
            try
            {
                received = await ReceiveAsync(began, stopping).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
            {
                await SendAsync(QueryDesk.Refusal(408), stopping).ConfigureAwait(false);
                return null;
            }

            began = _count == 0 ? timeProvider.GetTimestamp() : began;
            _count += received;
            if (received == 0)
            {
                return null;
            }
        }
    }

    private async Task<int> ReceiveAsync(long began, CancellationToken stopping)
    {
        var room = _buffer.AsMemory(_count);
        if (_count == 0 && _subscriber.IsSubscribed)
        {
            return await socket.ReceiveAsync(room, stopping).ConfigureAwait(false);
        }

        var left = _count == 0 ? IdleLimit : RequestLimit - timeProvider.GetElapsedTime(began);
        using var limit = new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.Zero, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stopping);
        return await socket.ReceiveAsync(room, either.Token).ConfigureAwait(false);
    }

    /// <summary>Sends what was subscribed to; when the client does not read it, or too much waits, it is let go.</summary>
    private async Task TellAsync(CancellationToken stopping)
    {
        try
        {
            while (await _subscriber.Lines.WaitToReadAsync(stopping).ConfigureAwait(false))
            {
                while (_subscriber.Lines.TryRead(out var line))
                {
                    await SendAsync(line, stopping).ConfigureAwait(false);
                }
            }
        }
        catch (Exception fault) when (fault is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // As above.
        }

        _subscriber.End();
        socket.Dispose();
    }

    private async Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken stopping)
    {
        await _sending.WaitAsync(stopping).ConfigureAwait(false);
        try
        {
            for (var sent = 0; sent < bytes.Length;)
            {
                using var limit = new CancellationTokenSource(SendLimit, timeProvider);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stopping);
                var part = bytes.Slice(sent, Math.Min(BytesPerSend, bytes.Length - sent));
                sent += await socket.SendAsync(part, either.Token).ConfigureAwait(false);
            }
        }
        finally
        {
            _sending.Release();
        }
    }
}
