using Compeer.Configuration.Text;
using Compeer.Engine.Model;
using Compeer.Livestatus.Output;
using Compeer.Livestatus.Planning;
using Compeer.Livestatus.Scope;
using Compeer.Livestatus.Syntax;

namespace Compeer.Livestatus;

/// <summary>
/// Answers requests from snapshots: the front door of livestatus. Pure: the shell carries bytes, takes snapshots, measures time. Any
/// number of threads at a time.
/// </summary>
public sealed class LivestatusResponder(LivestatusLimits limits)
{
    private volatile ConfigurationIndex? _index;
    private volatile LivestatusLimits _limits = limits;

    /// <summary>What holds for every query from now on.</summary>
    public LivestatusLimits Limits
    {
        get => _limits;
        set => _limits = value;
    }

    /// <summary>The answer to a query.</summary>
    /// <param name="request">The query.</param>
    /// <param name="moment">The moment that it sees.</param>
    /// <param name="elapsed">For how long it has been worked on.</param>
    /// <param name="stopping">The daemon stops.</param>
    public LivestatusResponse Answer(
        LivestatusRequest request, LivestatusMoment moment, Func<TimeSpan> elapsed, CancellationToken stopping)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(moment);
        var buffer = new ResponseBuffer(Limits.MaxResponseBytes);
        try
        {
            if (request.Error is { } wrong)
            {
                return new LivestatusResponse(request, buffer, wrong);
            }

            var error = request.Plan is { } plan
                ? new QueryRun(
                    plan, ScopeOf(plan, moment), buffer, Limits.IsLatin1, new QueryClock(elapsed, Limits.LongestQuery, stopping)).Execute()
                : null;
            return new LivestatusResponse(request, buffer, error);
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }

    /// <summary>The answer that something is wrong; without an error an empty one.</summary>
    public LivestatusResponse Answer(LivestatusRequest request, RequestError? error)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new LivestatusResponse(request, new ResponseBuffer(Limits.MaxResponseBytes), error);
    }

    /// <summary>Whether a request that waits need not wait any longer.</summary>
    /// <param name="request">The request.</param>
    /// <param name="first">The moment at which it began to wait.</param>
    /// <param name="now">The present moment.</param>
    /// <param name="error">Why it cannot wait at all.</param>
    public bool IsWaitOver(LivestatusRequest request, LivestatusMoment first, LivestatusMoment now, out RequestError? error)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(now);
        error = null;
        if (request.Plan is not { Wait: { } wait } plan)
        {
            return true;
        }

        if (wait.Condition is null && wait.ObjectName is null)
        {
            return Happened.Between(first, now, wait.Trigger);
        }

        var scope = ScopeOf(plan, now);
        var row = wait.ObjectName is { } name ? plan.Table.Find?.Invoke(scope, name) : null;

        // A condition would tell, by when the answer comes, what the object is like.
        if (row is not { } found || (scope.User is { } user && !plan.Table.IsVisible(found, user)))
        {
            error = new RequestError(ResponseCode.InvalidHeader, wait.ObjectName is null
                ? "WaitCondition: needs a WaitObject, which says of what"
                : $"WaitObject: '{ConfigurationText.Readable(wait.ObjectName)}' is not found in table '{plan.Table.Name}'");
            return true;
        }

        return wait.Condition?.Accepts(found, scope) ?? Happened.Between(first, now, wait.Trigger);
    }

    private QueryScope ScopeOf(QueryPlan plan, LivestatusMoment moment)
    {
        var limits = Limits;
        var index = IndexOf(moment.Snapshot.Configuration);
        var user = plan.User is { } name ? new Authorization(index, name, limits.Services, limits.Groups) : null;
        return new QueryScope(moment, index, user, plan.TimeOffset, limits.HiddenVariables);
    }

    /// <summary>That of the last configuration is kept.</summary>
    private ConfigurationIndex IndexOf(EngineConfiguration configuration)
    {
        var index = _index;
        if (index?.Configuration != configuration)
        {
            _index = index = new ConfigurationIndex(configuration);
        }

        return index;
    }
}
