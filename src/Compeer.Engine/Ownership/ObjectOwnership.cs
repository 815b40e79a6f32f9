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
    /// <summary>This node owns the objects from now on; those it owned already stay as they are.</summary>
    public void Gain(EngineTime now, IReadOnlyList<CheckableId> objects, TimeSpan clockAhead, Transition transition)
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

    /// <summary>This node does not own the objects any more.</summary>
    public void Lose(EngineTime now, IReadOnlyList<CheckableId> objects, bool discardRunning, Transition transition)
    {
        if (discardRunning)
        {
            engine.Emit(MonitoringEvent.Discarded(now), transition);
        }

        CheckableId[] lost = [.. objects.Where(id => engine.Site.IsOwned[id.Index])];
        if (lost.Length > 0)
        {
            engine.Emit(MonitoringEvent.Lost(now, [.. lost]), transition);
            Array.ForEach(lost, notifications.Lose);
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

    /// <summary>What was told, as another node has it; the owner sends what is left, when it is to.</summary>
    public void Store(EngineTime now, CheckableId id, NotificationState told, bool sendsLeft, Transition transition)
    {
        engine.Emit(MonitoringEvent.Received(now, id, told), transition);
        if (sendsLeft && engine.Site.IsOwned[id.Index])
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
