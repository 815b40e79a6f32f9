using Compeer.Engine.Events;
using Compeer.Engine.Model;
using Compeer.Engine.Site;

namespace Compeer.Engine.Checks;

/// <summary>
/// Looks once a minute for checks whose results should have come long ago (Naemon <c>check_for_orphaned_hosts</c>,
/// <c>check_for_orphaned_services</c>). Here a check waits visibly for its turn, for as long as that takes, so that time alone does not
/// tell: whoever runs checks is asked, and only what nobody knows of any more is lost.
/// </summary>
internal sealed class OrphanWatch(EngineState engine)
{
    /// <summary>What Naemon allows beside the time limit.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private TimeSpan? _next;

    /// <summary>Looks when it is time. It asks for no time of its own: what is late by ten minutes can wait until something else
    /// happens, and a peer's cluster has something to do every few seconds.</summary>
    public void Advance(EngineTime now, Transition transition)
    {
        if (engine.Running.Count == 0)
        {
            _next = null;
        }
        else if (_next is not { } next)
        {
            _next = now.Monotonic + Slack;
        }
        else if (next <= now.Monotonic)
        {
            _next = Look(now, transition);
        }
    }

    /// <summary>Nothing is known of a run any more: it is over, and the object is checked again.</summary>
    /// <returns>Whether it was in flight still; its object by its present index.</returns>
    public CheckableId? Lost(EngineTime now, CheckableId id, RunId run, Transition transition)
    {
        if (engine.Running.Find(id, run) is not { } present)
        {
            return null;
        }

        engine.Emit(MonitoringEvent.Orphaned(now, present, run, engine.Site.States[present.Index]), transition);
        var settings = engine.Site.Effective(present);
        if (engine.Site.IsOwned[present.Index] && settings.IsScheduled)
        {
            var planned = engine.Site.Schedule.Plan(present, settings.Checking, now.Monotonic, now);
            engine.Emit(MonitoringEvent.Planned(now, present, planned.Due, planned.WaitsForPeriod), transition);
        }

        return present;
    }

    private TimeSpan Look(EngineTime now, Transition transition)
    {
        var main = engine.Site.Main;
        var earliest = TimeSpan.MaxValue;
        foreach ((var id, var check) in engine.Running.All)
        {
            var limit = check.Started + engine.Site.Effective(id).Checking.CheckTimeout + Slack;
            if (!(check.IsHost ? main.FindsOrphanedHosts : main.FindsOrphanedServices))
            {
                continue;
            }

            if (limit <= now.Monotonic)
            {
                transition.Doubts.Add(new DoubtfulCheck(id, check.Run, now.Monotonic - check.Started));
            }

            earliest = limit < earliest ? limit : earliest;
        }

        var soonest = now.Monotonic + Interval;
        var latest = now.Monotonic + Slack;
        return earliest < soonest ? soonest : earliest < latest ? earliest : latest;
    }
}
