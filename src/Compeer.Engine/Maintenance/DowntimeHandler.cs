using Compeer.Engine.Downtimes;
using Compeer.Engine.Events;
using Compeer.Engine.Model;
using Compeer.Engine.Site;

namespace Compeer.Engine.Maintenance;

/// <summary>
/// Starts, ends and removes downtimes, by Naemon's <c>downtime.c</c>. Each node has all of them and reckons which are in effect. The
/// owner of an object tells people, writes down that a downtime began, and removes it when it is over; so a downtime that is still
/// there and over was not told of, and the next owner does it.
/// </summary>
internal sealed class DowntimeHandler(EngineState engine, CommentHandler comments, DowntimeCancellation cancellation)
{
    private readonly ImportedEntries _imported = new(engine);

    /// <summary>Adds a downtime, here and at every node.</summary>
    public void Schedule(EngineTime now, CheckableId id, Downtime downtime, Transition transition)
    {
        engine.Emit(MonitoringEvent.Of(EventKind.DowntimeScheduled, now, id, downtime), transition);
        transition.Entries.Add(new EntryChange.OfDowntime(downtime.Id, downtime));
        StartTriggered(now, id, downtime, transition);
    }

    /// <summary>A downtime is there that may be in effect already: it begins with the one that triggers it, and those that it
    /// triggers with it.</summary>
    public void Added(EngineTime now, CheckableId id, Downtime downtime, Transition transition)
    {
        StartTriggered(now, id, downtime, transition);
        if (downtime.Phase == DowntimePhase.InEffect)
        {
            StartAllTriggeredBy(now, downtime, transition);
        }
    }

    /// <summary>Starts and ends what is due by the clock.</summary>
    public void Advance(EngineTime now, Transition transition)
    {
        while (engine.Site.Downtimes.Due(now.Wall) is { } downtime)
        {
            var id = engine.Site.Find(downtime.Object)!.Value;
            if (downtime.Phase == DowntimePhase.InEffect)
            {
                End(now, id, downtime, transition);
            }
            else if (DowntimeRule.StartsByClock(downtime) && now.Wall.UtcTicks < downtime.EndTicks)
            {
                Start(now, id, downtime, now.Wall.UtcTicks, transition);
            }
            else
            {
                Expire(now, id, downtime, transition);
            }
        }
    }

    /// <summary>A result was taken: a problem that begins starts the flexible downtimes that wait for one.</summary>
    public void StartFlexible(EngineTime now, CheckableId id, Transition transition)
    {
        foreach (var downtime in engine.Site.Downtimes.Of(id))
        {
            if (DowntimeRule.StartsByProblem(downtime, now.Wall))
            {
                Start(now, id, downtime, now.Wall.UtcTicks, transition);
            }
        }
    }

    /// <summary>This node owns an object: what its former owner left undone is done.</summary>
    public void Gained(EngineTime now, CheckableId id, Transition transition)
    {
        foreach (var downtime in engine.Site.Downtimes.Of(id))
        {
            if (engine.Site.Downtimes.Find(downtime.Id) is not { } present)
            {
                // It went with the one that triggered it.
                continue;
            }

            switch (present.Phase)
            {
                case DowntimePhase.InEffect when present.StartedTicks == 0:
                    Start(now, id, present, now.Wall.UtcTicks, transition);
                    break;
                case DowntimePhase.Over:
                    End(now, id, present, transition);
                    break;
                default:
                    StartTriggered(now, id, present, transition);
                    break;
            }
        }
    }

    /// <summary>Another node scheduled a downtime, or removed one.</summary>
    /// <returns>False when this configuration does not have its object.</returns>
    public bool Take(EngineTime now, EntryChange.OfDowntime change, Transition transition)
    {
        var known = engine.Site.Downtimes.Find(change.Id) ?? engine.Site.Downtimes.FindRevoked(change.Id);
        if ((change.Value ?? known) is not { } downtime || engine.Site.Find(downtime.Object) is not { } id)
        {
            return change.Value is null;
        }

        if (change.Value is null)
        {
            cancellation.Removed(now, id, downtime, transition);
        }
        else if (known is null)
        {
            var twin = engine.Site.Downtimes.Meant(downtime.Id);
            engine.Emit(MonitoringEvent.Of(EventKind.DowntimeScheduled, now, id, downtime), transition);
            Added(now, id, _imported.Received(now, id, downtime, twin, transition), transition);
        }

        return true;
    }

    /// <summary>The owner of an object says that a downtime began.</summary>
    public void Take(EngineTime now, EntryChange.OfDowntimeStart change, Transition transition)
    {
        if (change.StartedTicks is { } begun && engine.Site.Downtimes.FindRevoked(change.Id) is { StartedTicks: 0 } revoked)
        {
            // The next owner is to know that people were told.
            var of = engine.Site.Find(revoked.Object)!.Value;
            engine.Emit(
                MonitoringEvent.Of(EventKind.DowntimeRevoked, now, of, revoked with { StartedTicks = begun }), transition);
            return;
        }

        if (change.StartedTicks is not { } started || engine.Site.Downtimes.Find(change.Id) is not { StartedTicks: 0 } downtime
            || downtime.Phase == DowntimePhase.Over)
        {
            return;
        }

        var id = engine.Site.Find(downtime.Object)!.Value;
        Enter(now, id, downtime with { StartedTicks = started }, isToldHere: false, transition);
    }

    /// <summary>One that another triggers starts when that one is in effect, also when it is added later.</summary>
    private void StartTriggered(EngineTime now, CheckableId id, Downtime downtime, Transition transition)
    {
        if (downtime is { Phase: DowntimePhase.Pending, Trigger: { } trigger } && engine.Site.IsOwned[id.Index]
            && engine.Site.Downtimes.Meant(trigger) is { Phase: DowntimePhase.InEffect } by)
        {
            Start(now, id, downtime, by.StartedTicks == 0 ? now.Wall.UtcTicks : by.StartedTicks, transition);
        }
    }

    /// <summary>A downtime begins. The owner says so to people and to the others.</summary>
    private void Start(EngineTime now, CheckableId id, Downtime downtime, long startedTicks, Transition transition)
    {
        var isOwned = engine.Site.IsOwned[id.Index];
        if (!isOwned)
        {
            Enter(now, id, downtime, isToldHere: false, transition);
            return;
        }

        transition.Entries.Add(new EntryChange.OfDowntimeStart(downtime.Id, startedTicks));
        Enter(now, id, downtime with { StartedTicks = startedTicks }, isToldHere: true, transition);
    }

    private void Enter(EngineTime now, CheckableId id, Downtime downtime, bool isToldHere, Transition transition)
    {
        var started = downtime with { Phase = DowntimePhase.InEffect };
        Tell(EventKind.DowntimeStarted, now, id, started, isToldHere, transition);
        StartAllTriggeredBy(now, downtime, transition);
    }

    private void StartAllTriggeredBy(EngineTime now, Downtime downtime, Transition transition)
    {
        foreach (var triggered in engine.Site.Downtimes.Triggered(downtime.Id))
        {
            StartTriggered(now, engine.Site.Find(triggered.Object)!.Value, triggered, transition);
        }
    }

    /// <summary>A downtime's time is over, and that of those that it triggered.</summary>
    private void End(EngineTime now, CheckableId id, Downtime downtime, Transition transition)
    {
        var isOwned = engine.Site.IsOwned[id.Index];
        Tell(EventKind.DowntimeEnded, now, id, downtime with { Phase = DowntimePhase.Over }, isOwned, transition);
        foreach (var triggered in engine.Site.Downtimes.Triggered(downtime.Id))
        {
            EndTriggered(now, triggered, transition);
        }

        if (isOwned)
        {
            Finish(now, id, downtime, transition);
        }
    }

    private void EndTriggered(EngineTime now, Downtime triggered, Transition transition)
    {
        var id = engine.Site.Find(triggered.Object)!.Value;
        if (triggered.Phase == DowntimePhase.InEffect)
        {
            End(now, id, triggered, transition);
        }
        else if (triggered.Phase == DowntimePhase.Pending && engine.Site.IsOwned[id.Index])
        {
            Finish(now, id, triggered, transition);
        }
    }

    /// <summary>The time is over in which a downtime could have begun (Naemon <c>check_for_expired_downtime</c>).</summary>
    private void Expire(EngineTime now, CheckableId id, Downtime downtime, Transition transition)
    {
        var isOwned = engine.Site.IsOwned[id.Index];
        Tell(EventKind.DowntimeExpired, now, id, downtime with { Phase = DowntimePhase.Over }, isOwned, transition);
        if (isOwned)
        {
            Finish(now, id, downtime, transition);
        }
    }

    /// <summary>The owner removes what is over, here and at every node.</summary>
    private void Finish(EngineTime now, CheckableId id, Downtime downtime, Transition transition)
    {
        engine.Emit(MonitoringEvent.Of(EventKind.DowntimeRemoved, now, id, downtime), transition);
        Remove(downtime, transition);
        comments.Remove(now, id, downtime.CommentId, transition);
    }

    private static void Remove(Downtime downtime, Transition transition)
    {
        transition.Entries.Add(new EntryChange.OfDowntimeStart(downtime.Id, null));
        transition.Entries.Add(new EntryChange.OfDowntime(downtime.Id, null));
    }

    private void Tell(
        EventKind kind, EngineTime now, CheckableId id, Downtime downtime, bool isToldHere, Transition transition)
    {
        var others = engine.Site.Downtimes.Of(id).Count(other => other.Id != downtime.Id && other.Phase == DowntimePhase.InEffect);
        engine.Emit(MonitoringEvent.Of(kind, now, id, downtime, others, isToldHere), transition);
    }
}
