using Compeer.Engine.Events;
using Compeer.Engine.Model;
using Compeer.Engine.Site;

namespace Compeer.Engine.Checks;

/// <summary>Checks at a time that an operator wishes, by the rules of Naemon's <c>schedule_next_service_check</c>.</summary>
internal sealed class RequestedChecks(EngineState engine)
{
    /// <summary>Gives a check of an object that this node owns its time.</summary>
    public void Schedule(EngineTime now, CheckableId id, DateTimeOffset at, bool isForced, Transition transition)
    {
        var site = engine.Site;
        var settings = site.Effective(id);
        if (engine.Running.Contains(id) || settings.CheckCommand is null || !(isForced || settings.IsScheduled))
        {
            return;
        }

        var wait = at - now.Wall;
        var due = now.Monotonic + (wait > TimeSpan.Zero ? wait : TimeSpan.Zero);
        if (!isForced && site.Schedule.Due(id) < due)
        {
            // An earlier check stands unless it is forced away.
            return;
        }

        var planned = isForced
            ? MonitoringEvent.Forced(now, id, due)
            : Planned(now, id, settings, due);
        engine.Emit(planned, transition);
    }

    private MonitoringEvent Planned(EngineTime now, CheckableId id, in EffectiveSettings settings, TimeSpan due)
    {
        var planned = engine.Site.Schedule.Plan(id, settings.Checking, due, now);
        return MonitoringEvent.Planned(now, id, planned.Due, planned.WaitsForPeriod);
    }
}
