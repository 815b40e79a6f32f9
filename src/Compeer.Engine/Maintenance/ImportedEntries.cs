using Compeer.Engine.Comments;
using Compeer.Engine.Downtimes;
using Compeer.Engine.Events;
using Compeer.Engine.Model;
using Compeer.Engine.Site;

namespace Compeer.Engine.Maintenance;

/// <summary>
/// Puts in order what two nodes took out of a <c>retention.dat</c> at the same moment. What both took and numbered differently stays once,
/// under the highest number, which every node decides alike. Where a number was given twice, what was imported gets another, higher
/// one, from the owner of its object; the others see by the first rule which is left.
/// </summary>
internal sealed class ImportedEntries(EngineState engine)
{
    /// <summary>A comment came from another node, and is in the set.</summary>
    /// <param name="now">The time.</param>
    /// <param name="id">Its object.</param>
    /// <param name="comment">It.</param>
    /// <param name="twin">What was imported under the same writer before and has another number; null for nothing.</param>
    /// <param name="transition">What follows.</param>
    public void Received(EngineTime now, CheckableId id, Comment comment, Comment? twin, Transition transition)
    {
        if (twin is not null)
        {
            Remove(now, id, twin.Id < comment.Id ? twin : comment, transition);
        }

        if (Second(engine.Site.Comments.With(comment.Id.Number)) is { } second && engine.Site.Find(second.Object) is { } of
            && engine.Site.IsOwned[of.Index])
        {
            var renumbered = second with { Id = second.Id with { Number = engine.Numbers.NextComment(engine.Site).Number } };
            engine.Emit(MonitoringEvent.Added(now, of, renumbered), transition);
            transition.Entries.Add(new EntryChange.OfComment(renumbered.Id, renumbered));
            Remove(now, of, second, transition);
        }
    }

    /// <summary>A downtime came from another node, and is in the set.</summary>
    /// <param name="now">The time.</param>
    /// <param name="id">Its object.</param>
    /// <param name="downtime">It.</param>
    /// <param name="twin">What was imported under the same writer before and has another number; null for nothing.</param>
    /// <param name="transition">What follows.</param>
    /// <returns>It, as it is left.</returns>
    public Downtime Received(EngineTime now, CheckableId id, Downtime downtime, Downtime? twin, Transition transition)
    {
        if (twin is not null)
        {
            downtime = twin.Id < downtime.Id
                ? Replace(now, id, twin, downtime, transition)
                : Replace(now, id, downtime, twin, transition);
        }

        if (Second(engine.Site.Downtimes.With(downtime.Id.Number)) is { } second && engine.Site.Find(second.Object) is { } of
            && engine.Site.IsOwned[of.Index])
        {
            var renumbered = second with { Id = second.Id with { Number = engine.Numbers.NextDowntime(engine.Site).Number } };
            transition.Entries.Add(new EntryChange.OfDowntime(renumbered.Id, renumbered));
            renumbered = Replace(now, of, second, renumbered, transition);
            downtime = second.Id == downtime.Id ? renumbered : downtime;
        }

        return downtime;
    }

    /// <summary>The one of those with one number that is to get another; null when there is none.</summary>
    private static T? Second<T>(IReadOnlyList<T> sameNumber)
        where T : ObjectEntry => sameNumber.Count > 1 ? sameNumber.LastOrDefault(entry => entry.Id.IsImported) : null;

    private void Remove(EngineTime now, CheckableId id, Comment comment, Transition transition)
    {
        engine.Emit(MonitoringEvent.Removed(now, id, comment), transition);
        transition.Entries.Add(new EntryChange.OfComment(comment.Id, null));
    }

    /// <summary>A downtime goes on under another number, as far as it is: nobody is told again.</summary>
    private Downtime Replace(EngineTime now, CheckableId id, Downtime former, Downtime remaining, Transition transition)
    {
        if (former.StartedTicks != 0 && remaining.StartedTicks == 0)
        {
            transition.Entries.Add(new EntryChange.OfDowntimeStart(remaining.Id, former.StartedTicks));
        }

        remaining = remaining with
        {
            StartedTicks = Math.Max(former.StartedTicks, remaining.StartedTicks),
            Phase = former.Phase > remaining.Phase ? former.Phase : remaining.Phase,
        };
        engine.Emit(MonitoringEvent.Of(EventKind.DowntimeScheduled, now, id, remaining), transition);
        engine.Emit(MonitoringEvent.Of(EventKind.DowntimeRemoved, now, id, former), transition);
        transition.Entries.Add(new EntryChange.OfDowntimeStart(former.Id, null));
        transition.Entries.Add(new EntryChange.OfDowntime(former.Id, null));
        return remaining;
    }
}
