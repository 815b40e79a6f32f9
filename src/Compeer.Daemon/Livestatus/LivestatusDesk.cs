using Compeer.Configuration.Text;
using Compeer.Daemon.Log;
using Compeer.Livestatus;
using Compeer.Livestatus.Syntax;

namespace Compeer.Daemon.Livestatus;

/// <summary>Where requests are answered, for all connections: a few at a time, so that queries leave processors for the checks.</summary>
internal sealed class LivestatusDesk(
    ILivestatusSource source, LivestatusCounters counters, DaemonLog log, TimeProvider timeProvider) : IDisposable
{
    /// <summary>How often it is looked whether what a request waits for has happened.</summary>
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    /// <summary>How long a request waits that sets no limit.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    private readonly LivestatusResponder _responder = new(new LivestatusLimits());
    private readonly SemaphoreSlim _places = new(Math.Max(1, Environment.ProcessorCount));

    /// <summary>Queries that read files have a place of their own, so that one over years delays no other.</summary>
    private readonly SemaphoreSlim _logPlace = new(1);

    /// <summary>What is counted.</summary>
    public LivestatusCounters Counters => counters;

    /// <summary>What holds for every query from now on.</summary>
    public LivestatusLimits Limits
    {
        set => _responder.Limits = value;
    }

    /// <summary>Answers a request.</summary>
    /// <param name="request">It.</param>
    /// <param name="isClientThere">Whether the client still waits.</param>
    /// <param name="stopping">The daemon stops.</param>
    public async Task<LivestatusResponse> AnswerAsync(
        LivestatusRequest request, Func<bool> isClientThere, CancellationToken stopping)
    {
        Counters.AddRequest();
        try
        {
            if (request.Error is { } wrong)
            {
                return _responder.Answer(request, wrong);
            }

            if (request.Command is { } command)
            {
                return await GiveAsync(request, command, stopping).ConfigureAwait(false);
            }

            if (request.RotatesLog)
            {
                source.RotateLog();
                return _responder.Answer(request, error: null);
            }

            var error = request.Waits ? await WaitAsync(request, isClientThere, stopping).ConfigureAwait(false) : null;
            return error is not null
                ? _responder.Answer(request, error)
                : await QueryAsync(request, stopping).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return _responder.Answer(request, new RequestError(ResponseCode.LimitExceeded, "the daemon is stopping"));
        }
        catch (Exception fault)
        {
            log.Error($"a livestatus request failed: {fault}");
            return _responder.Answer(request, new RequestError(ResponseCode.Failed, "mond failed to answer; its log says more"));
        }
    }

    /// <summary>The answer that there is too much else that waits to be read.</summary>
    public LivestatusResponse Refuse(LivestatusRequest request) => _responder.Answer(
        request, new RequestError(ResponseCode.LimitExceeded, "too many answers wait to be read by their clients; try again"));

    public void Dispose()
    {
        _places.Dispose();
        _logPlace.Dispose();
    }

    private async Task<LivestatusResponse> GiveAsync(
        LivestatusRequest request, ReadOnlyMemory<byte> command, CancellationToken stopping)
    {
        var failure = await source.CommandAsync(command, stopping).ConfigureAwait(false);
        return _responder.Answer(
            request,
            failure is null ? null : new RequestError(ResponseCode.InvalidRequest, ConfigurationText.Readable(failure)));
    }

    private async Task<LivestatusResponse> QueryAsync(LivestatusRequest request, CancellationToken stopping)
    {
        var moment = await source.TakeAsync(stopping).ConfigureAwait(false);
        var places = request.ReadsLog ? _logPlace : _places;
        await places.WaitAsync(stopping).ConfigureAwait(false);
        try
        {
            var began = timeProvider.GetTimestamp();
            return _responder.Answer(request, moment, () => timeProvider.GetElapsedTime(began), stopping);
        }
        finally
        {
            places.Release();
        }
    }

    /// <summary>Returns when the request need not wait any longer, with why it cannot wait at all.</summary>
    private async Task<RequestError?> WaitAsync(LivestatusRequest request, Func<bool> isClientThere, CancellationToken stopping)
    {
        var began = timeProvider.GetTimestamp();
        var longest = request.WaitTimeout ?? LongestWait;
        var first = await source.TakeAsync(stopping).ConfigureAwait(false);
        var now = first;
        while (true)
        {
            if (_responder.IsWaitOver(request, first, now, out var error))
            {
                return error;
            }

            var left = longest - timeProvider.GetElapsedTime(began);
            if (left <= TimeSpan.Zero || !isClientThere())
            {
                return null;
            }

            await Task.Delay(left < Glance ? left : Glance, timeProvider, stopping).ConfigureAwait(false);
            now = await source.TakeAsync(stopping).ConfigureAwait(false);
        }
    }
}
