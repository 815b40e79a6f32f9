using Compeer.Engine.Acknowledgements;
using Compeer.Engine.Comments;
using Compeer.Engine.Events;
using Compeer.Engine.Model;
using Compeer.Engine.Site;

namespace Compeer.Engine.Maintenance;

/// <summary>
/// Gives and takes away acknowledgements, by Naemon's <c>acknowledge_host_problem</c> and <c>remove_host_acknowledgement</c>. The node
/// at which one is given writes it down under an id of its own: nobody takes away what he has not seen. Whether it holds follows from
/// the problem that it is of; the object's owner takes away what does not hold any more.
/// </summary>
internal sealed class AcknowledgementHandler(EngineState engine, CommentHandler comments)
{
    /// <summary>How long what has ended waits for its owner to take it away, before this node, should it own it then, does.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Somebody acknowledges the problem of an object at this node; an earlier acknowledgement of it goes.</summary>
    /// <param name="now">The time.</param>
    /// <param name="id">The object.</param>
    /// <param name="kind">Until when it holds.</param>
    /// <param name="given">Who, and how: its author, text, end and switches.</param>
    /// <param name="transition">What follows.</param>
    public void Give(EngineTime now, CheckableId id, AcknowledgementKind kind, Acknowledgement given, Transition transition)
    {
        var site = engine.Site;
        foreach (var earlier in site.Acknowledgements.Of(id))
        {
            Remove(now, id, earlier, transition);
        }

        var state = site.States[id.Index];
        var comment = comments.Add(
            now, id, CommentKind.Acknowledgement, now.Wall, given.Author, given.Text, given.IsPersistent, given.EndTicks, transition);
        var acknowledgement = given with
        {
            Id = engine.Numbers.NextAcknowledgement(site),
            Object = ObjectName.Of(site.Table[id]),
            EntryTicks = now.Wall.UtcTicks,
            Kind = kind,
            ProblemStartTicks = state.History.ProblemStartTicks,
            State = state.State,
            CommentId = comment,
        };
        engine.Emit(
            MonitoringEvent.Of(EventKind.AcknowledgementGiven, now, id, acknowledgement, site.IsOwned[id.Index]), transition);
        transition.Entries.Add(new EntryChange.OfAcknowledgement(acknowledgement.Id, acknowledgement));
    }

    /// <summary>Takes away all of an object.</summary>
    public void RemoveAll(EngineTime now, CheckableId id, Transition transition)
    {
        foreach (var given in engine.Site.Acknowledgements.Of(id))
        {
            Remove(now, id, given, transition);
        }
    }

    /// <summary>The owner takes away what does not hold for an object's problem any more.</summary>
    public void Look(EngineTime now, CheckableId id, Transition transition)
    {
        var site = engine.Site;
        if (!site.IsOwned[id.Index] || !site.Acknowledgements.Has(id))
        {
            return;
        }

        foreach (var given in site.Acknowledgements.Of(id))
        {
            if (!AcknowledgementRule.Holds(given, site.States[id.Index], now.Wall))
            {
                Remove(now, id, given, transition);
            }
        }
    }

    /// <summary>Takes away what has ended by now.</summary>
    public void Advance(EngineTime now, Transition transition)
    {
        var site = engine.Site;
        while (site.Acknowledgements.Ended(now.Wall) is { } given)
        {
            var id = site.Find(given.Object)!.Value;
            if (site.IsOwned[id.Index])
            {
                Remove(now, id, given, transition);
            }
            else
            {
                site.Acknowledgements.LookAgain(given, (now.Wall + Patience).UtcTicks);
            }
        }
    }

    /// <summary>Another node wrote one down, or took one away.</summary>
    /// <returns>False when this configuration does not have its object.</returns>
    public bool Take(EngineTime now, EntryChange.OfAcknowledgement change, Transition transition)
    {
        var site = engine.Site;
        var known = site.Acknowledgements.Find(change.Id);
        if ((change.Value ?? known) is not { } given || site.Find(given.Object) is not { } id)
        {
            return change.Value is null;
        }

        var isOwned = site.IsOwned[id.Index];
        if (change.Value is null)
        {
            engine.Emit(MonitoringEvent.Of(EventKind.AcknowledgementRemoved, now, id, given, isOwned), transition);
        }
        else if (known is null)
        {
            var holds = AcknowledgementRule.Holds(given, site.States[id.Index], now.Wall);
            engine.Emit(MonitoringEvent.Of(EventKind.AcknowledgementGiven, now, id, given, isOwned && holds), transition);
            Look(now, id, transition);
        }

        return true;
    }

    private void Remove(EngineTime now, CheckableId id, Acknowledgement given, Transition transition)
    {
        var isOwned = engine.Site.IsOwned[id.Index];
        engine.Emit(MonitoringEvent.Of(EventKind.AcknowledgementRemoved, now, id, given, isOwned), transition);
        transition.Entries.Add(new EntryChange.OfAcknowledgement(given.Id, null));
        if (!given.IsPersistent)
        {
            comments.Remove(now, id, given.CommentId, transition);
        }
    }
}
