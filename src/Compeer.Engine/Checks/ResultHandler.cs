using Compeer.Configuration.Objects.Definitions;
using Compeer.Engine.Dependencies;
using Compeer.Engine.EventHandlers;
using Compeer.Engine.Events;
using Compeer.Engine.Flapping;
using Compeer.Engine.Maintenance;
using Compeer.Engine.Model;
using Compeer.Engine.Notifications;
using Compeer.Engine.Scheduling;
using Compeer.Engine.Site;
using Compeer.Engine.States;

namespace Compeer.Engine.Checks;

/// <summary>Takes the results of checks: reads them, decides by the rules of states and when the next check is due, and says which
/// other checks the news ask for.</summary>
internal sealed class ResultHandler(
    EngineState engine,
    CheckRequests requests,
    FreshnessWatch freshness,
    NotificationEvents notifications,
    StateCommands commands,
    PerformanceCommands performance,
    ObjectEntries entries)
{
    /// <summary>Takes a result, or says why not.</summary>
    public CompletionStatus Take(EngineTime now, CheckableId id, in CheckResult result, Transition transition)
    {
        var site = engine.Site;
        var status = engine.Running.StatusOf(ref id, result.Run, out var known);
        if (status != CompletionStatus.Taken)
        {
            var isHost = known?.IsHost ?? (id != RunningChecks.Removed && site.Table.IsHost(id));
            engine.Emit(MonitoringEvent.Ignored(now, id, result.Run, status, isHost), transition);
            return status;
        }

        var check = known!.Value;
        var settings = site.Effective(id);
        var before = site.States[id.Index];

        // The runner may have let the check wait for its turn: it started when it came back minus the time it ran, which
        // unlike the wall clock's figures no jump can spoil.
        var started = now.Monotonic - result.Duration;
        started = started > check.Started ? started : check.Started;
        if (check.IsForFreshness && freshness.IsFresh(id, now))
        {
            Pass(now, id, settings, before, check, started, transition);
            return CompletionStatus.Overtaken;
        }

        var reading = Read(settings, result, now);
        var decision = Decide(settings, before, reading);
        var next = PlanNext(id, settings, decision.IsSoft && decision.State != 0, check, started, now);
        var times = Times(settings, result, started - check.Due, next.Due, now);
        var history = EventRule.After(before, decision, engine.LastEventId + 1, now.Wall.UtcTicks);
        var flap = FlapRule.Decide(before, decision.State, decision.IsSoft, settings);
        var after = StateUpdate.Apply(
            before, decision, StateText.Of(reading, before), times, history, flap.History, flap.IsFlapping);

        Remark(now, id, reading, decision, transition);
        engine.Emit(
            MonitoringEvent.Taken(now, id, check.Run, after, next.Due, next.WaitsForPeriod) with { Turn = next.Turn }, transition);
        if (decision.Alert)
        {
            engine.Emit(MonitoringEvent.Alerted(now, id, after, decision.AlertAttempt, decision.AlertIsSoft), transition);
        }
        else if (StalkingRule.Tells(settings, before, after))
        {
            engine.Emit(MonitoringEvent.Alerted(now, id, after, after.Attempt, after.IsSoft), transition);
        }

        // A downtime that begins with this problem stands against its notification.
        entries.Follow(now, id, settings, decision, transition);
        notifications.Follow(now, id, before, decision, flap, transition);
        if (flap.IsFlapping != before.IsFlapping)
        {
            entries.Comments.Flapped(now, id, after, flap.Threshold, transition);
        }

        commands.Follow(now, id, settings, decision, after, transition);
        performance.Follow(now, settings, after, transition);
        requests.Follow(settings, before, after, now, transition);
        return CompletionStatus.Taken;
    }

    /// <summary>Takes note that a result came, and does nothing with it.</summary>
    public void Discard(EngineTime now, CheckableId id, RunId run, Transition transition)
    {
        if (engine.Running.StatusOf(ref id, run, out var known) == CompletionStatus.Taken)
        {
            var check = known!.Value;
            engine.Emit(MonitoringEvent.Ignored(now, id, check.Run, CompletionStatus.Superseded, check.IsHost), transition);
        }
    }

    /// <summary>A result that came from outside made the check needless: it takes precedence (Naemon), and only the next check is
    /// planned.</summary>
    private void Pass(
        EngineTime now,
        CheckableId id,
        in EffectiveSettings settings,
        CheckState state,
        in RunningCheck check,
        TimeSpan started,
        Transition transition)
    {
        engine.Emit(MonitoringEvent.Ignored(now, id, check.Run, CompletionStatus.Overtaken, check.IsHost), transition);
        var next = PlanNext(id, settings, state.IsSoft && state.State != 0, check, started, now);
        engine.Emit(MonitoringEvent.Planned(now, id, next.Due, next.WaitsForPeriod) with { Turn = next.Turn }, transition);
    }

    private void Remark(
        EngineTime now, CheckableId id, in CheckReading reading, in StateDecision decision, Transition transition)
    {
        if (reading.Warning != ReadingWarning.None)
        {
            var kind = reading.Warning == ReadingWarning.DidNotExitProperly
                ? EventKind.ImproperExit
                : EventKind.ReturnCodeOutOfBounds;
            engine.Emit(MonitoringEvent.Remark(kind, now, id, reading.ReturnCode), transition);
        }

        if (decision.ForcedHard)
        {
            engine.Emit(MonitoringEvent.Remark(EventKind.HostMadeHard, now, id, 0), transition);
        }
    }

    private CheckReading Read(in EffectiveSettings settings, in CheckResult result, EngineTime now)
    {
        var site = engine.Site;
        var program = result.Outcome == CheckOutcome.NotStarted && settings.CheckCommand is { } command
            ? ProgramName.Of(site.Macros.Expand(settings.Definition, command, now) ?? [])
            : string.Empty;
        return settings.IsHost
            ? ResultReader.Host(result, program)
            : ResultReader.Service(result, program, site.Main.ServiceCheckTimeoutState);
    }

    private StateDecision Decide(in EffectiveSettings settings, CheckState before, in CheckReading reading)
    {
        var site = engine.Site;
        if (settings.Definition is ServiceDefinition service)
        {
            return ServiceStateRule.Decide(before, reading.State, site.HostState(service.Host).State, settings.Checking);
        }

        var problemState = Reachability.OfProblem((HostDefinition)settings.Definition, site.HostState);
        var state = HostStateRule.FromPlugin(reading.State, site.Main.UseAggressiveHostChecking, problemState);
        return HostStateRule.Decide(before, state, settings.Checking);
    }

    private static CheckTimes Times(
        in EffectiveSettings settings, in CheckResult result, TimeSpan latency, TimeSpan? next, EngineTime now)
    {
        var checkedAt = result.StartedAt.UtcTicks;
        var nextAt = next is { } due ? now.Wall.UtcTicks + (due - now.Monotonic).Ticks : 0;
        return new CheckTimes(
            checkedAt,
            settings.IsHost ? now.Wall.UtcTicks : checkedAt,
            settings.IsHost ? checkedAt + Math.Max(0, result.Duration.Ticks) : checkedAt,
            Math.Clamp(nextAt, 0, DateTimeOffset.MaxValue.UtcTicks),
            Math.Max(0, latency.Ticks),
            Math.Max(0, result.Duration.Ticks));
    }

    private PlannedCheck PlanNext(
        CheckableId id, in EffectiveSettings settings, bool isSoftProblem, in RunningCheck check, TimeSpan started, EngineTime now)
    {
        var site = engine.Site;
        if (!site.IsOwned[id.Index] || !settings.IsScheduled)
        {
            return PlannedCheck.Never;
        }

        return site.Schedule.PlanNext(id, settings.Checking, isSoftProblem, check, started, now);
    }
}
