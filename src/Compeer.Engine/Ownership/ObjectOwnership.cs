using Compeer.Engine.Events;
using Compeer.Engine.Maintenance;
using Compeer.Engine.Model;
using Compeer.Engine.Notifications;
using Compeer.Engine.Scheduling;
using Compeer.Engine.Site;
using Compeer.Engine.States;

namespace Compeer.Engine.Ownership;

/// <summary>Which objects this node acts for, and what their former owners left.</summary>
internal sealed class ObjectOwnership(
    EngineState engine, ObjectEntries entries, FlappingEnd flapping, NotificationSender notifications, NotificationEvents events)
{
    /// <summary>This node has the duties from now on; objects that it owned already stay as they are.</summary>
    public void Gain(EngineTime now, IReadOnlyList<CheckableId> objects, TimeSpan clockAhead, Duties duties, Transition transition)
    {
        if (duties.HasFlag(Duties.Checks))
        {
            Own(now, objects, clockAhead, transition);
        }

        CheckableId[] sending = duties.HasFlag(Duties.Sending) ? [.. objects.Where(id => !engine.Site.Sends[id.Index])] : [];
        if (sending.Length > 0)
        {
            engine.Emit(MonitoringEvent.Sending(now, [.. sending], isGained: true), transition);
            Array.ForEach(sending, id => notifications.SendLeft(now, id, transition));
        }
    }

    private void Own(EngineTime now, IReadOnlyList<CheckableId> objects, TimeSpan clockAhead, Transition transition)
    {
        CheckableId[] gained = [.. objects.Where(id => !engine.Site.IsOwned[id.Index])];
        if (gained.Length == 0)
        {
            return;
        }

        engine.Emit(MonitoringEvent.Gained(now, [.. gained], clockAhead), transition);
        foreach (var id in gained)
        {
            FitAttempt(now, id, transition);
            flapping.Look(now, id, transition);
            entries.Gained(now, id, transition);
            events.Gained(now, id, transition);
            notifications.SendLeft(now, id, transition);
        }
    }

    /// <summary>This node has the duties no more.</summary>
    public void Lose(EngineTime now, IReadOnlyList<CheckableId> objects, bool discardRunning, Duties duties, Transition transition)
    {
        if (discardRunning)
        {
            engine.Emit(MonitoringEvent.Discarded(now), transition);
        }

        CheckableId[] lost = duties.HasFlag(Duties.Checks) ? [.. objects.Where(id => engine.Site.IsOwned[id.Index])] : [];
        if (lost.Length > 0)
        {
            engine.Emit(MonitoringEvent.Lost(now, [.. lost]), transition);
        }

        CheckableId[] silent = duties.HasFlag(Duties.Sending) ? [.. objects.Where(id => engine.Site.Sends[id.Index])] : [];
        if (silent.Length > 0)
        {
            engine.Emit(MonitoringEvent.Sending(now, [.. silent], isGained: false), transition);
            Array.ForEach(silent, notifications.Lose);
        }
    }

    /// <summary>The state as another node has it.</summary>
    public void Store(CheckableId id, CheckState state, TimeSpan clockAhead, Transition transition)
    {
        var now = engine.Now ?? default;
        var before = engine.Site.States[id.Index];
        engine.Emit(MonitoringEvent.Received(now, id, state, clockAhead), transition);
        flapping.Look(now, id, transition);
        entries.Received(now, id, before, transition);
    }

    /// <summary>What was told, as another node has it; who sends what is left does so, when it is to.</summary>
    public void Store(EngineTime now, CheckableId id, NotificationState told, bool sendsLeft, Transition transition)
    {
        engine.Emit(MonitoringEvent.Received(now, id, told), transition);
        if (sendsLeft)
        {
            notifications.SendLeft(now, id, transition);
        }
    }

    /// <summary>The owner writes down what another max_check_attempts makes of a state; the others get it from there.</summary>
    public void FitAttempt(EngineTime now, CheckableId id, Transition transition)
    {
        var site = engine.Site;
        var before = site.States[id.Index];
        var after = AttemptRule.Fit(before, site.Effective(id));
        if (site.IsOwned[id.Index] && !ReferenceEquals(before, after))
        {
            // It goes out in this node's name, so its times are by this node's clock.
            engine.Emit(MonitoringEvent.Fitted(now, id, after.ByClock(site.Clocks.Ahead(id))), transition);
        }
    }

    /// <summary>The owner writes down when the next check is, after a setting moved it: what is shown, and what is left after a crash, is
    /// not a time at which nothing happens.</summary>
    public void FitTime(EngineTime now, CheckableId id, Transition transition)
    {
        var site = engine.Site;
        var state = site.States[id.Index];
        if (!site.IsOwned[id.Index] || !state.HasBeenChecked || engine.Running.Contains(id))
        {
            return;
        }

        var before = state.ByClock(site.Clocks.Ahead(id));
        var next = new PlannedCheck(site.Schedule.Due(id), WaitsForPeriod: false).WallTicks(now);
        if (before.NextCheckTicks != next)
        {
            engine.Emit(MonitoringEvent.Fitted(now, id, before with { NextCheckTicks = next }), transition);
        }
    }
}
