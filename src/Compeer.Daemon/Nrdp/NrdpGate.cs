using System.Diagnostics;
using System.Net;
using Compeer.Daemon.Log;
using Compeer.Daemon.Passive;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Compeer.Daemon.Nrdp;

/// <summary>
/// What stands before NRDP's requests: who may connect, and that who is broken off is counted and told of, at whatever point. The HTTP
/// server itself says of a handshake or a request that took too long, or of one that it cannot read, to nobody but its diagnostics.
/// </summary>
internal sealed class NrdpGate(AddressList allowed, NrdpTimes times, PassiveCounters counters, DaemonLog log)
    : IObserver<KeyValuePair<string, object?>>
{
    /// <summary>The event of the HTTP server's diagnostics: a request that it answers itself, since it is none.</summary>
    public const string BadRequest = "Microsoft.AspNetCore.Server.Kestrel.BadRequest";

    /// <summary>The first byte of TLS: a record of its handshake.</summary>
    private const byte Handshake = 0x16;

    /// <summary>There were too many connections: this one went.</summary>
    public void CrowdedOut(ConnectionContext connection) => NrdpVisit.Of(connection, counters, log)
        .Refuse(PassiveRefusal.TooMany, "there are too many connections");

    /// <summary>Lets a connection on to TLS when its address may connect and it begins with TLS in time.</summary>
    public ConnectionDelegate BeforeTls(ConnectionDelegate next) => async connection =>
    {
        var visit = NrdpVisit.Of(connection, counters, log);
        if (connection.RemoteEndPoint is not IPEndPoint remote || !allowed.Allows(remote.Address))
        {
            visit.Refuse(PassiveRefusal.Address, "its address is not in allowed_hosts");
            connection.Abort();
            return;
        }

        var began = Stopwatch.GetTimestamp();
        if (!await BeginsWithTlsAsync(connection, visit).ConfigureAwait(false))
        {
            connection.Abort();
            return;
        }

        await next(connection).ConfigureAwait(false);
        if (!visit.IsSecure)
        {
            var isLate = Stopwatch.GetElapsedTime(began) >= times.Handshake;
            visit.Refuse(
                isLate ? PassiveRefusal.TimedOut : PassiveRefusal.Malformed,
                isLate ? TooSlow : "it broke off while TLS was agreed upon");
        }
    };

    /// <summary>Lets a connection on to HTTP.</summary>
    public ConnectionDelegate BehindTls(ConnectionDelegate next) => async connection =>
    {
        var visit = NrdpVisit.Of(connection, counters, log);
        visit.IsSecure = true;
        var began = Stopwatch.GetTimestamp();
        await next(connection).ConfigureAwait(false);
        if (!visit.HasAsked && Stopwatch.GetElapsedTime(began) >= times.Idle)
        {
            visit.Refuse(PassiveRefusal.TimedOut, $"it asked nothing for {times.Idle.TotalSeconds:0} s");
        }
    };

    /// <summary>Counts a request that the HTTP server refused, or that broke off while it was read.</summary>
    /// <param name="features">Of the request.</param>
    /// <param name="problem">What the server says of it.</param>
    public static void Refuse(IFeatureCollection features, BadHttpRequestException problem)
    {
        if (features.Get<NrdpVisit>() is { } visit)
        {
            visit.HasAsked = true;
            (var reason, var words) = problem.StatusCode switch
            {
                StatusCodes.Status408RequestTimeout => (PassiveRefusal.TimedOut, "its request came too slowly"),
                StatusCodes.Status413PayloadTooLarge or StatusCodes.Status414UriTooLong
                    or StatusCodes.Status431RequestHeaderFieldsTooLarge => (
                    PassiveRefusal.Malformed,
                    $"its request is too large (most: {NrdpServer.LargestRequest} bytes, its first line {NrdpServer.LongestLine})"),
                _ => (PassiveRefusal.Malformed, "its request broke off or is none"),
            };
            visit.Refuse(reason, words);
        }
    }

    void IObserver<KeyValuePair<string, object?>>.OnNext(KeyValuePair<string, object?> told)
    {
        if (told is { Key: BadRequest, Value: IFeatureCollection features }
            && features.Get<IBadRequestExceptionFeature>()?.Error is BadHttpRequestException problem)
        {
            Refuse(features, problem);
        }
    }

    void IObserver<KeyValuePair<string, object?>>.OnCompleted()
    {
        // The server is gone.
    }

    void IObserver<KeyValuePair<string, object?>>.OnError(Exception error)
    {
        // Diagnostics have none.
    }

    private string TooSlow => $"it did not agree upon TLS within {times.Handshake.TotalSeconds:0} s";

    /// <summary>Waits for the first byte and leaves it there. Who goes again without a word, as those do who only look whether the port is
    /// open, is not told of.</summary>
    private async Task<bool> BeginsWithTlsAsync(ConnectionContext connection, NrdpVisit visit)
    {
        using var limit = new CancellationTokenSource(times.Handshake);
        try
        {
            var read = await connection.Transport.Input.ReadAsync(limit.Token).ConfigureAwait(false);
            var bytes = read.Buffer;
            var first = bytes.IsEmpty ? (byte?)null : bytes.FirstSpan[0];
            connection.Transport.Input.AdvanceTo(bytes.Start);
            if (first is not (null or Handshake))
            {
                visit.Refuse(PassiveRefusal.Malformed, "it does not speak TLS");
            }

            return first == Handshake;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            visit.Refuse(PassiveRefusal.TimedOut, TooSlow);
            return false;
        }
        catch (Exception fault) when (fault is IOException or ConnectionAbortedException or OperationCanceledException)
        {
            // It went, or had to make room.
            return false;
        }
    }
}
