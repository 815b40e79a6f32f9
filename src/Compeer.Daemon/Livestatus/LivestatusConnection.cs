using System.Net.Sockets;
using Compeer.Livestatus;
using Compeer.Livestatus.Syntax;

namespace Compeer.Daemon.Livestatus;

/// <summary>
/// One client: reads its requests and sends the answers, one after the other. Who sends or reads too slowly is let go, so that a client
/// never costs more than one bounded request and one bounded answer.
/// </summary>
internal sealed class LivestatusConnection(Socket socket, LivestatusDesk desk, TimeProvider timeProvider) : IDisposable
{
    /// <summary>How long a client may say nothing between requests (Naemon's <c>idle_timeout</c>).</summary>
    public static readonly TimeSpan IdleLimit = TimeSpan.FromSeconds(300);

    /// <summary>How long a request may take to come (Naemon's <c>query_timeout</c>).</summary>
    public static readonly TimeSpan RequestLimit = TimeSpan.FromSeconds(10);

    /// <summary>How long a client may take to read <see cref="BytesPerSend"/>.</summary>
    private static readonly TimeSpan SendLimit = TimeSpan.FromSeconds(30);

    private const long Busy = long.MinValue;
    private const int BytesPerSend = 16 * 1024;
    private const int BytesPerRead = 4 * 1024;

    /// <summary>Answers that wait to be read, of all clients together.</summary>
    private const long MostWaitingBytes = 512L * 1024 * 1024;

    private readonly RequestCutter _requests = new();
    private readonly byte[] _buffer = new byte[BytesPerRead];
    private long _requestBegan;
    private long _idleSince = timeProvider.GetTimestamp();

    /// <summary>Since when nothing was asked; null while something is answered.</summary>
    public long? IdleSince => Volatile.Read(ref _idleSince) is not Busy and var since ? since : null;

    /// <summary>Serves the client until it or the daemon ends it.</summary>
    public async Task ServeAsync(CancellationToken stopping)
    {
        try
        {
            while (await NextAsync(stopping).ConfigureAwait(false) is { } request)
            {
                Volatile.Write(ref _idleSince, Busy);
                var keepsAlive = await AnswerAsync(request, stopping).ConfigureAwait(false) && request.KeepsAlive;
                Volatile.Write(ref _idleSince, timeProvider.GetTimestamp());
                if (!keepsAlive)
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
            socket.Dispose();
        }
    }

    public void Dispose() => socket.Dispose();

    /// <summary>The next request; null when none comes.</summary>
    private async Task<LivestatusRequest?> NextAsync(CancellationToken stopping)
    {
        while (true)
        {
            if (_requests.TryTake(out var lines))
            {
                return lines.Count == 0 ? null : LivestatusRequest.Read(lines, timeProvider.GetUtcNow());
            }

            if (_requests.Error is { } tooLong)
            {
                return LivestatusRequest.Of(tooLong);
            }

            int count;
            try
            {
                count = await ReceiveAsync(stopping).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
            {
                return _requests.HasBegun
                    ? LivestatusRequest.Of(new RequestError(
                        ResponseCode.IncompleteRequest, $"the request was not complete after {RequestLimit.TotalSeconds:0} seconds"))
                    : null;
            }

            if (count == 0)
            {
                return _requests.TryTakeLast(out lines) ? LivestatusRequest.Read(lines, timeProvider.GetUtcNow())
                    : _requests.Error is { } incomplete ? LivestatusRequest.Of(incomplete)
                    : null;
            }

            _requestBegan = _requests.HasBegun ? _requestBegan : timeProvider.GetTimestamp();
            _requests.Add(_buffer.AsSpan(0, count));
        }
    }

    private async Task<int> ReceiveAsync(CancellationToken stopping)
    {
        var left = _requests.HasBegun ? RequestLimit - timeProvider.GetElapsedTime(_requestBegan) : IdleLimit;
        using var limit = new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.Zero, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stopping);
        return await socket.ReceiveAsync(_buffer, either.Token).ConfigureAwait(false);
    }

    /// <summary>Answers; false when nothing more can be answered.</summary>
    private async Task<bool> AnswerAsync(LivestatusRequest request, CancellationToken stopping)
    {
        var response = await desk.AnswerAsync(request, IsClientThere, stopping).ConfigureAwait(false);
        try
        {
            if (desk.Counters.TryReserve(response.Length, MostWaitingBytes))
            {
                await SendAsync(response, stopping).ConfigureAwait(false);
                return true;
            }
        }
        finally
        {
            response.Dispose();
        }

        using var refusal = desk.Refuse(request);
        await SendPiecesAsync(refusal, stopping).ConfigureAwait(false);
        return true;
    }

    private async Task SendAsync(LivestatusResponse response, CancellationToken stopping)
    {
        try
        {
            await SendPiecesAsync(response, stopping).ConfigureAwait(false);
        }
        finally
        {
            desk.Counters.Release(response.Length);
        }
    }

    private async Task SendPiecesAsync(LivestatusResponse response, CancellationToken stopping)
    {
        foreach (var piece in response.Pieces)
        {
            for (var sent = 0; sent < piece.Length;)
            {
                using var limit = new CancellationTokenSource(SendLimit, timeProvider);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stopping);
                var part = piece.Slice(sent, Math.Min(BytesPerSend, piece.Length - sent));
                sent += await socket.SendAsync(part, either.Token).ConfigureAwait(false);
            }
        }
    }

    /// <summary>A client that only stopped sending is there; one that closed its end is not, which writing nothing finds out.</summary>
    private bool IsClientThere()
    {
        try
        {
            socket.Send(ReadOnlySpan<byte>.Empty);
            return true;
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }
}
