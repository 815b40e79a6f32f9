using Compeer.Configuration.Objects.Definitions;
using Compeer.Engine.Dependencies;
using Compeer.Engine.Events;
using Compeer.Engine.Logging;
using Compeer.Engine.Model;
using Compeer.Engine.Scheduling;
using Compeer.Engine.Site;
using Compeer.Engine.States;

namespace Compeer.Engine.Checks;

/// <summary>Takes the results of checks: reads them, decides by the rules of states, stores the new state, schedules the next
/// check, and says which other checks the news ask for.</summary>
internal sealed class ResultHandler(EngineState engine, LogLines log, CheckRequests requests)
{
    /// <summary>Takes a result, or says why not.</summary>
    public CompletionStatus Take(EngineTime now, CheckableId id, in CheckResult result, Transition transition)
    {
        var site = engine.Site;
        var status = engine.Running.End(ref id, result.Run, out var known);
        if (status != CompletionStatus.Taken)
        {
            var isHost = known?.IsHost ?? (id != RunningChecks.Removed && site.Table.IsHost(id));
            engine.Statistics(isHost).Ignored(status);
            return status;
        }

        var check = known!.Value;
        var definition = site.Table[id];
        var before = site.States[id.Index];
        var reading = Read(definition, result, now);
        var decision = Decide(definition, before, reading);

        // The runner may have let the check wait for its turn: it started when it came back minus the time it ran, which
        // unlike the wall clock's figures no jump can spoil.
        var started = now.Monotonic - result.Duration;
        started = started > check.Started ? started : check.Started;
        var next = ScheduleNext(id, decision, started, now);
        var times = Times(definition, result, started - check.Due, next, now);
        var eventId = decision.IsEvent ? engine.NextEventId() : 0;
        var history = EventRule.After(before, decision, eventId, now.Wall.UtcTicks);
        var after = StateUpdate.Apply(before, decision, StateText.Of(reading, before), times, history);
        site.States[id.Index] = after;
        site.Clocks.Forget(id);
        engine.Statistics(check.IsHost).Completed(now.Monotonic, started - check.Due, result.Duration);

        log.AddResult(site.Main, definition, reading, decision, after, now.Wall, transition);
        transition.Changes.Add(new StateChange(id, before, after));
        requests.Follow(definition, before, after, now, transition);
        return CompletionStatus.Taken;
    }

    /// <summary>Takes note that a result came, and does nothing with it.</summary>
    public void Discard(CheckableId id, RunId run)
    {
        if (engine.Running.End(ref id, run, out var known) == CompletionStatus.Taken)
        {
            engine.Statistics(known!.Value.IsHost).Ignored(CompletionStatus.Superseded);
        }
    }

    private CheckReading Read(CheckableDefinition definition, in CheckResult result, EngineTime now)
    {
        var site = engine.Site;
        var program = result.Outcome == CheckOutcome.NotStarted
            ? ProgramName.Of(site.Macros.Expand(definition, definition.CheckCommand!, now) ?? [])
            : string.Empty;
        return definition is HostDefinition
            ? ResultReader.Host(result, program)
            : ResultReader.Service(result, program, site.Main.ServiceCheckTimeoutState);
    }

    private StateDecision Decide(CheckableDefinition definition, CheckState before, in CheckReading reading)
    {
        var site = engine.Site;
        if (definition is ServiceDefinition service)
        {
            return ServiceStateRule.Decide(before, reading.State, site.HostState(service.Host).State, definition.Checking);
        }

        var problemState = Reachability.OfProblem((HostDefinition)definition, site.HostState);
        var state = HostStateRule.FromPlugin(reading.State, site.Main.UseAggressiveHostChecking, problemState);
        return HostStateRule.Decide(before, state, definition.Checking);
    }

    private static CheckTimes Times(
        CheckableDefinition definition, in CheckResult result, TimeSpan latency, TimeSpan? next, EngineTime now)
    {
        var checkedAt = result.StartedAt.UtcTicks;
        var nextAt = next is { } due ? now.Wall.UtcTicks + (due - now.Monotonic).Ticks : 0;
        return new CheckTimes(
            checkedAt,
            definition is HostDefinition ? now.Wall.UtcTicks : checkedAt,
            Math.Clamp(nextAt, 0, DateTimeOffset.MaxValue.UtcTicks),
            Math.Max(0, latency.Ticks),
            Math.Max(0, result.Duration.Ticks));
    }

    private TimeSpan? ScheduleNext(CheckableId id, in StateDecision decision, TimeSpan started, EngineTime now)
    {
        var site = engine.Site;
        if (!site.IsOwned[id.Index] || !site.Table.CanBeChecked(id))
        {
            return null;
        }

        var isSoftProblem = decision.IsSoft && decision.State != 0;
        if (CheckTiming.AfterResult(site.Table[id].Checking, isSoftProblem, started, now.Monotonic) is not { } due)
        {
            return null;
        }

        site.Schedule.Set(id, due, now);
        return site.Schedule.Due(id);
    }
}
