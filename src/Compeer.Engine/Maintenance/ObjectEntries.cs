using Compeer.Engine.Comments;
using Compeer.Engine.Downtimes;
using Compeer.Engine.Events;
using Compeer.Engine.Model;
using Compeer.Engine.Site;
using Compeer.Engine.States;

namespace Compeer.Engine.Maintenance;

/// <summary>Comments, downtimes and acknowledgements: what follows for them from time, from results, from ownership and from other
/// nodes.</summary>
internal sealed class ObjectEntries
{
    private readonly EngineState _engine;

    public ObjectEntries(EngineState engine)
    {
        _engine = engine;
        Comments = new CommentHandler(engine);
        Cancellation = new DowntimeCancellation(engine, Comments);
        Downtimes = new DowntimeHandler(engine, Comments, Cancellation);
        Acknowledgements = new AcknowledgementHandler(engine, Comments);
    }

    public CommentHandler Comments { get; }

    public DowntimeHandler Downtimes { get; }

    public DowntimeCancellation Cancellation { get; }

    public AcknowledgementHandler Acknowledgements { get; }

    /// <summary>Time passed.</summary>
    public void Advance(EngineTime now, Transition transition)
    {
        Downtimes.Advance(now, transition);
        Acknowledgements.Advance(now, transition);
    }

    /// <summary>A result made a state, of which the log is told already. It comes before anybody is notified: in a downtime that a
    /// problem starts nobody is.</summary>
    /// <param name="now">The time.</param>
    /// <param name="id">The object.</param>
    /// <param name="settings">What holds for it.</param>
    /// <param name="decision">What the rules of states made of the result.</param>
    /// <param name="transition">What follows.</param>
    public void Follow(
        EngineTime now, CheckableId id, in EffectiveSettings settings, in StateDecision decision, Transition transition)
    {
        Acknowledgements.Look(now, id, transition);
        var after = _engine.Site.States[id.Index];
        if (_engine.Site.IsOwned[id.Index] && DowntimeRule.IsProblem(settings, after, decision.IsEvent, decision.HardStateChanged))
        {
            Downtimes.StartFlexible(now, id, transition);
        }
    }

    /// <summary>A state came that another node wrote: also of an object that this node owns, when a former owner's check came to its
    /// end, or after a split.</summary>
    public void Received(EngineTime now, CheckableId id, CheckState before, Transition transition)
    {
        var site = _engine.Site;
        if (!site.IsOwned[id.Index])
        {
            return;
        }

        Acknowledgements.Look(now, id, transition);
        var after = site.States[id.Index];
        var isHardChange = after.LastHardState != before.LastHardState;
        if (site.Downtimes.Has(id) && DowntimeRule.IsProblem(site.Effective(id), after, before.State != after.State, isHardChange))
        {
            Downtimes.StartFlexible(now, id, transition);
        }
    }

    /// <summary>This node owns an object from now on.</summary>
    public void Gained(EngineTime now, CheckableId id, Transition transition)
    {
        Downtimes.Gained(now, id, transition);
        Cancellation.Gained(now, id, transition);
        Acknowledgements.Look(now, id, transition);
        if (!_engine.Site.States[id.Index].IsFlapping)
        {
            Comments.RemoveAll(now, id, CommentKind.Flapping, transition);
        }
    }

    /// <summary>Another node wrote or removed something.</summary>
    /// <returns>False when this configuration does not have its object.</returns>
    public bool Take(EngineTime now, EntryChange change, Transition transition)
    {
        switch (change)
        {
            case EntryChange.OfComment comment:
                return Comments.Take(now, comment, transition);
            case EntryChange.OfDowntime downtime:
                return Downtimes.Take(now, downtime, transition);
            case EntryChange.OfDowntimeStart start:
                Downtimes.Take(now, start, transition);
                return true;
            case EntryChange.OfDowntimeEnd end:
                Cancellation.Take(now, end, transition);
                return true;
            case EntryChange.OfAcknowledgement given:
                return Acknowledgements.Take(now, given, transition);
            default:
                throw new ArgumentOutOfRangeException(nameof(change), change, "no such change");
        }
    }
}
