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

/// <summary>Takes results that came from outside, or of checks that others made, of objects that this node owns. Rules of Naemon's
/// <c>process_passive_service_check</c> and <c>process_passive_host_check</c>.</summary>
internal sealed class PassiveResults(
    EngineState engine,
    CheckRequests requests,
    NotificationEvents notifications,
    StateCommands commands,
    PerformanceCommands performance,
    ObjectEntries entries)
{
    /// <summary>Takes a result, unless passive results of the object are off.</summary>
    /// <returns>Whether it is taken.</returns>
    public bool Take(EngineTime now, CheckableId id, ObjectRequest.Result result, Transition transition)
    {
        var site = engine.Site;
        var settings = site.Effective(id);
        if (!result.IsActive && !settings.TakesPassiveResults)
        {
            return false;
        }

        var before = site.States[id.Index];
        var reading = Read(result);
        var decision = Decide(settings, before, reading.State, result.IsActive);
        var retry = Retry(id, settings, decision, now);
        var latency = Math.Max(0, (now.Wall - result.At).Ticks);
        var next = (retry is { } planned ? planned.Due : site.Schedule.Due(id)) is { } due
            ? Math.Clamp(now.Wall.UtcTicks + (due - now.Monotonic).Ticks, 0, DateTimeOffset.MaxValue.UtcTicks)
            : 0;
        var times = new CheckTimes(
            result.At.UtcTicks,
            settings.IsHost ? now.Wall.UtcTicks : result.At.UtcTicks,
            settings.IsHost ? (result.At + result.Execution).UtcTicks : result.At.UtcTicks,
            next,
            latency,
            result.Execution.Ticks);
        var history = EventRule.After(before, decision, engine.LastEventId + 1, now.Wall.UtcTicks);
        var flap = FlapRule.Decide(before, decision.State, decision.IsSoft, settings);
        var after = StateUpdate.Apply(
            before, decision, StateText.Of(reading, before), times, history, flap.History, flap.IsFlapping) with
        { IsPassive = !result.IsActive };

        if (decision.ForcedHard)
        {
            engine.Emit(MonitoringEvent.Remark(EventKind.HostMadeHard, now, id, 0), transition);
        }

        engine.Emit(MonitoringEvent.PassiveTaken(now, id, after, reading.State, result.IsActive), transition);
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
        if (retry is { } again)
        {
            engine.Emit(MonitoringEvent.Planned(now, id, again.Due, again.WaitsForPeriod), transition);
        }

        requests.Follow(settings, before, after, now, transition);
        return true;
    }

    private static CheckReading Read(ObjectRequest.Result result)
    {
        var end = result.Output.Span.IndexOf((byte)'\n');
        var line = end < 0 ? result.Output : result.Output[..end];
        var further = end < 0 ? ReadOnlyMemory<byte>.Empty : result.Output[(end + 1)..];
        var bar = line.Span.IndexOf((byte)'|');
        var output = bar < 0 ? line : line[..bar];
        var performance = bar < 0 ? ReadOnlyMemory<byte>.Empty : line[(bar + 1)..];
        return new CheckReading(
            (byte)result.Code, Trimmed(output), further, Trimmed(performance), ReadingWarning.None, result.Code);
    }

    private static ReadOnlyMemory<byte> Trimmed(ReadOnlyMemory<byte> text) => text.Trim(" \t\r\n"u8);

    private StateDecision Decide(in EffectiveSettings settings, CheckState before, byte state, bool isActive)
    {
        var site = engine.Site;
        if (settings.Definition is ServiceDefinition service)
        {
            return ServiceStateRule.Decide(before, state, site.HostState(service.Host).State, settings.Checking);
        }

        if (isActive)
        {
            var problem = Reachability.OfProblem((HostDefinition)settings.Definition, site.HostState);
            var found = HostStateRule.FromPlugin(state, site.Main.UseAggressiveHostChecking, problem);
            return HostStateRule.Decide(before, found, settings.Checking);
        }

        var final = state != HostState.Up && site.Main.TranslatePassiveHostChecks
            ? Reachability.OfProblem((HostDefinition)settings.Definition, site.HostState)
            : state;
        return site.Main.PassiveHostChecksAreSoft
            ? HostStateRule.Decide(before, final, settings.Checking)
            : HostStateRule.DecideHard(before, final);
    }

    /// <summary>A soft problem is checked again after the retry interval, also when an earlier check stands; else nothing
    /// changes about the next check.</summary>
    private PlannedCheck? Retry(CheckableId id, in EffectiveSettings settings, in StateDecision decision, EngineTime now)
    {
        var isSoftProblem = decision.IsSoft && decision.State != 0;
        var retry = settings.Checking.RetryInterval;
        return isSoftProblem && retry > TimeSpan.Zero && settings.CanBeChecked && !engine.Running.Contains(id)
            ? engine.Site.Schedule.Plan(id, settings.Checking, now.Monotonic + retry, now)
            : null;
    }
}
