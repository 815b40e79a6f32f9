using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Compeer.Daemon.Configuration;
using Compeer.Daemon.Sockets;
using Compeer.Livestatus;
using Compeer.Livestatus.Syntax;

namespace Compeer.Daemon.Livestatus;

/// <summary>
/// One client: reads its requests and sends the answers, one after the other. Who sends or reads too slowly is let go, so that a client
/// never costs more than one bounded request and one bounded answer.
/// </summary>
internal sealed class LivestatusConnection : IServedConnection
{
    private const long Busy = long.MinValue;
    private const int BytesPerSend = 16 * 1024;
    private const int BytesPerRead = 4 * 1024;

    private readonly Socket _socket;
    private readonly X509Certificate2? _certificate;
    private readonly LivestatusDesk _desk;
    private readonly LivestatusOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly RequestCutter _requests = new();
    private readonly byte[] _buffer = new byte[BytesPerRead];
    private Stream _stream;
    private long _requestBegan;
    private long _idleSince;

    /// <summary>A client that was let in.</summary>
    /// <param name="socket">Its connection.</param>
    /// <param name="certificate">With what it is encrypted; null for not at all.</param>
    /// <param name="desk">Where its requests are answered.</param>
    /// <param name="options">Its limits.</param>
    /// <param name="timeProvider">The clock.</param>
    public LivestatusConnection(
        Socket socket, X509Certificate2? certificate, LivestatusDesk desk, LivestatusOptions options, TimeProvider timeProvider)
    {
        _socket = socket;
        _certificate = certificate;
        _desk = desk;
        _options = options;
        _timeProvider = timeProvider;
        _stream = new NetworkStream(socket, ownsSocket: true);
        _idleSince = timeProvider.GetTimestamp();
    }

    /// <inheritdoc/>
    public long? IdleSince => Volatile.Read(ref _idleSince) is not Busy and var since ? since : null;

    /// <inheritdoc/>
    public async Task ServeAsync(CancellationToken stopping)
    {
        try
        {
            await EncryptAsync(stopping).ConfigureAwait(false);
            while (await NextAsync(stopping).ConfigureAwait(false) is { } request)
            {
                Volatile.Write(ref _idleSince, Busy);
                var keepsAlive = await AnswerAsync(request, stopping).ConfigureAwait(false) && request.KeepsAlive;
                Volatile.Write(ref _idleSince, _timeProvider.GetTimestamp());
                if (!keepsAlive)
                {
                    return;
                }
            }
        }
        catch (Exception fault) when (fault is IOException or SocketException or AuthenticationException or OperationCanceledException
            or ObjectDisposedException)
        {
            // The client has gone, does not speak TLS, was let go, or the daemon stops: there is nobody to tell.
        }
        finally
        {
            await _stream.DisposeAsync().ConfigureAwait(false);
        }
    }

    public void Dispose() => _socket.Dispose();

    /// <summary>The next request; null when none comes.</summary>
    private async Task<LivestatusRequest?> NextAsync(CancellationToken stopping)
    {
        while (true)
        {
            if (_requests.TryTake(out var lines))
            {
                return lines.Count == 0 ? null : LivestatusRequest.Read(lines, _timeProvider.GetUtcNow());
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
                        ResponseCode.IncompleteRequest,
                        $"the request was not complete after {_options.RequestLimit?.TotalSeconds:0.###} seconds"))
                    : null;
            }

            if (count == 0)
            {
                return _requests.TryTakeLast(out lines) ? LivestatusRequest.Read(lines, _timeProvider.GetUtcNow())
                    : _requests.Error is { } incomplete ? LivestatusRequest.Of(incomplete)
                    : null;
            }

            _requestBegan = _requests.HasBegun ? _requestBegan : _timeProvider.GetTimestamp();
            _requests.Add(_buffer.AsSpan(0, count));
        }
    }

    private async Task<int> ReceiveAsync(CancellationToken stopping)
    {
        var left = _requests.HasBegun ? _options.RequestLimit - _timeProvider.GetElapsedTime(_requestBegan) : _options.IdleLimit;
        if (left is not { } limited)
        {
            return await _stream.ReadAsync(_buffer, stopping).ConfigureAwait(false);
        }

        using var limit = new CancellationTokenSource(limited > TimeSpan.Zero ? limited : TimeSpan.Zero, _timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stopping);
        return await _stream.ReadAsync(_buffer, either.Token).ConfigureAwait(false);
    }

    private async Task EncryptAsync(CancellationToken stopping)
    {
        if (_certificate is null)
        {
            return;
        }

        var encrypted = new SslStream(_stream, leaveInnerStreamOpen: false);
        _stream = encrypted;
        using var limit = new CancellationTokenSource(_options.RequestLimit ?? Timeout.InfiniteTimeSpan, _timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stopping);
        var options = new SslServerAuthenticationOptions
        {
            ServerCertificate = _certificate,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        };
        await encrypted.AuthenticateAsServerAsync(options, either.Token).ConfigureAwait(false);
    }

    /// <summary>Answers; false when nothing more can be answered.</summary>
    private async Task<bool> AnswerAsync(LivestatusRequest request, CancellationToken stopping)
    {
        var response = await _desk.AnswerAsync(request, IsClientThere, stopping).ConfigureAwait(false);
        try
        {
            if (_desk.Counters.TryReserve(response.Length, _options.MostWaitingBytes))
            {
                await SendAsync(response, stopping).ConfigureAwait(false);
                return true;
            }
        }
        finally
        {
            response.Dispose();
        }

        using var refusal = _desk.Refuse(request);
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
            _desk.Counters.Release(response.Length);
        }
    }

    private async Task SendPiecesAsync(LivestatusResponse response, CancellationToken stopping)
    {
        foreach (var piece in response.Pieces)
        {
            for (var sent = 0; sent < piece.Length; sent += BytesPerSend)
            {
                using var limit = new CancellationTokenSource(_options.SendLimit, _timeProvider);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stopping);
                var part = piece.Slice(sent, Math.Min(BytesPerSend, piece.Length - sent));
                await _stream.WriteAsync(part, either.Token).ConfigureAwait(false);
            }
        }
    }

    /// <summary>A client that only stopped sending is there; one that closed its end is not, which writing nothing finds out.</summary>
    private bool IsClientThere()
    {
        try
        {
            _socket.Send(ReadOnlySpan<byte>.Empty);
            return true;
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }
}
