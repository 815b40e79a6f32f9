using Compeer.Engine.Downtimes;
using Compeer.Engine.Events;
using Compeer.Engine.Model;
using Compeer.Engine.Site;

namespace Compeer.Engine.Maintenance;

/// <summary>
/// Cancels downtimes (Naemon <c>unschedule_downtime</c>). One counts no more as soon as somebody cancels it, at whichever node. People who
/// were told that it began are told that it was cancelled by the owner of its object: at once, or when it has one again. Until then the
/// word that it was cancelled stands beside it, at every node.
/// </summary>
internal sealed class DowntimeCancellation(EngineState engine, CommentHandler comments)
{
    /// <summary>Somebody cancels a downtime at this node, and with it those that it triggers.</summary>
    public void Cancel(EngineTime now, CheckableId id, Downtime downtime, Transition transition)
    {
        if (engine.Site.IsOwned[id.Index])
        {
            Close(now, id, downtime, isRevoked: false, transition);
        }
        else
        {
            engine.Emit(MonitoringEvent.Of(EventKind.DowntimeRevoked, now, id, downtime), transition);
            transition.Entries.Add(new EntryChange.OfDowntimeEnd(downtime.Id, now.Wall.UtcTicks));
            comments.Remove(now, id, downtime.CommentId, transition);
        }

        foreach (var triggered in engine.Site.Downtimes.Triggered(downtime.Id))
        {
            Cancel(now, engine.Site.Find(triggered.Object)!.Value, triggered, transition);
        }
    }

    /// <summary>Another node, which does not own the object, says that a downtime was cancelled.</summary>
    public void Take(EngineTime now, EntryChange.OfDowntimeEnd change, Transition transition)
    {
        if (change.CancelledTicks is null || engine.Site.Downtimes.Find(change.Id) is not { } downtime)
        {
            return;
        }

        var id = engine.Site.Find(downtime.Object)!.Value;
        if (engine.Site.IsOwned[id.Index])
        {
            Close(now, id, downtime, isRevoked: true, transition);
        }
        else
        {
            engine.Emit(MonitoringEvent.Of(EventKind.DowntimeRevoked, now, id, downtime), transition);
        }

        CancelTriggered(now, downtime, transition);
    }

    /// <summary>Another node removed a downtime for good: as the object's owner, who said what was to be said.</summary>
    public void Removed(EngineTime now, CheckableId id, Downtime downtime, Transition transition)
    {
        engine.Emit(MonitoringEvent.Of(EventKind.DowntimeRemoved, now, id, downtime), transition);

        // One that was imported may go on under another number, and so do those that it triggers; whoever cancels it cancels them.
        if (!downtime.Id.IsImported)
        {
            CancelTriggered(now, downtime, transition);
        }
    }

    /// <summary>This node owns an object: of what was cancelled while nobody did people are told now.</summary>
    public void Gained(EngineTime now, CheckableId id, Transition transition)
    {
        foreach (var downtime in engine.Site.Downtimes.Revoked(id))
        {
            Close(now, id, downtime, isRevoked: true, transition);
        }
    }

    private void CancelTriggered(EngineTime now, Downtime downtime, Transition transition)
    {
        foreach (var triggered in engine.Site.Downtimes.Triggered(downtime.Id))
        {
            var other = engine.Site.Find(triggered.Object)!.Value;
            if (engine.Site.IsOwned[other.Index])
            {
                Cancel(now, other, triggered, transition);
            }
        }
    }

    /// <summary>The owner says so and removes the downtime, here and at every node. Of what nobody was told that it began nobody is told
    /// that it was cancelled.</summary>
    private void Close(EngineTime now, CheckableId id, Downtime downtime, bool isRevoked, Transition transition)
    {
        var others = engine.Site.Downtimes.Of(id).Count(other => other.Id != downtime.Id && other.Phase == DowntimePhase.InEffect);
        engine.Emit(
            downtime.StartedTicks == 0
                ? MonitoringEvent.Of(EventKind.DowntimeRemoved, now, id, downtime)
                : MonitoringEvent.Of(EventKind.DowntimeCancelled, now, id, downtime, others, isToldHere: true),
            transition);
        transition.Entries.Add(new EntryChange.OfDowntimeStart(downtime.Id, null));
        if (isRevoked)
        {
            transition.Entries.Add(new EntryChange.OfDowntimeEnd(downtime.Id, null));
        }

        transition.Entries.Add(new EntryChange.OfDowntime(downtime.Id, null));
        comments.Remove(now, id, downtime.CommentId, transition);
    }
}
