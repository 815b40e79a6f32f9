using Compeer.Configuration.Text;
using Compeer.Engine.Model;
using Compeer.Engine.Snapshot;
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

    /// <summary>The answer to a query.</summary>
    /// <param name="request">The query.</param>
    /// <param name="snapshot">The moment that it sees.</param>
    /// <param name="program">What the daemon says of itself.</param>
    /// <param name="elapsed">For how long it has been worked on.</param>
    /// <param name="stopping">The daemon stops.</param>
    public LivestatusResponse Answer(
        LivestatusRequest request, EngineSnapshot snapshot, ProgramFacts program, Func<TimeSpan> elapsed, CancellationToken stopping)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(snapshot);
        var buffer = new ResponseBuffer(limits.MaxResponseBytes);
        try
        {
            if (request.Error is { } wrong)
            {
                return new LivestatusResponse(request, buffer, wrong);
            }

            var error = request.Plan is { } plan
                ? new QueryRun(
                    plan, ScopeOf(plan, snapshot, program), buffer, new QueryClock(elapsed, limits.LongestQuery, stopping)).Execute()
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
        return new LivestatusResponse(request, new ResponseBuffer(limits.MaxResponseBytes), error);
    }

    /// <summary>Whether a request that waits need not wait any longer.</summary>
    /// <param name="request">The request.</param>
    /// <param name="first">The moment at which it began to wait.</param>
    /// <param name="now">The present moment.</param>
    /// <param name="program">What the daemon says of itself.</param>
    /// <param name="error">Why it cannot wait at all.</param>
    public bool IsWaitOver(
        LivestatusRequest request, EngineSnapshot first, EngineSnapshot now, ProgramFacts program, out RequestError? error)
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

        var scope = ScopeOf(plan, now, program);
        var row = wait.ObjectName is { } name ? plan.Table.Find?.Invoke(scope, name) : null;
        if (row is not { } found)
        {
            error = new RequestError(ResponseCode.InvalidHeader, wait.ObjectName is null
                ? "WaitCondition: needs a WaitObject, which says of what"
                : $"WaitObject: '{ConfigurationText.Readable(wait.ObjectName)}' is not found in table '{plan.Table.Name}'");
            return true;
        }

        return wait.Condition?.Accepts(found, scope) ?? Happened.Between(first, now, wait.Trigger);
    }

    private QueryScope ScopeOf(QueryPlan plan, EngineSnapshot snapshot, ProgramFacts program)
    {
        var index = IndexOf(snapshot.Configuration);
        var user = plan.User is { } name ? new Authorization(index, name, limits.Services, limits.Groups) : null;
        return new QueryScope(snapshot, index, program, user, plan.TimeOffset);
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
