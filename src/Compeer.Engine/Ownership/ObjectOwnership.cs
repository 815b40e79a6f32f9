using Compeer.Engine.Events;
using Compeer.Engine.Model;
using Compeer.Engine.Site;
using Compeer.Engine.States;

namespace Compeer.Engine.Ownership;

/// <summary>Which objects this node acts for, and what their former owners left.</summary>
internal sealed class ObjectOwnership(EngineState engine)
{
    /// <summary>This node owns the objects from now on; those it owned already stay as they are.</summary>
    public void Gain(EngineTime now, IReadOnlyList<CheckableId> objects, TimeSpan clockAhead, Transition transition)
    {
        var site = engine.Site;
        foreach (var id in objects)
        {
            if (site.IsOwned[id.Index])
            {
                continue;
            }

            site.IsOwned[id.Index] = true;
            site.Owned++;
            site.Clocks.Note(id, clockAhead);
            FitAttempt(id, transition);
            site.ScheduleByState(id, engine.Running, now);
        }
    }

    /// <summary>This node does not own the objects any more.</summary>
    public void Lose(IReadOnlyList<CheckableId> objects, bool discardRunning)
    {
        var site = engine.Site;
        if (discardRunning)
        {
            engine.Running.DiscardAll();
        }

        foreach (var id in objects)
        {
            if (!site.IsOwned[id.Index])
            {
                continue;
            }

            site.IsOwned[id.Index] = false;
            site.Owned--;
            site.Schedule.Remove(id);
            site.Clocks.Forget(id);
        }
    }

    /// <summary>The state as another node has it.</summary>
    public void Store(CheckableId id, CheckState state, TimeSpan clockAhead)
    {
        var site = engine.Site;
        site.States[id.Index] = state;
        engine.SeeEvent(state.History.EventId);
        if (site.IsOwned[id.Index] && engine.Now is { } now)
        {
            site.Clocks.Note(id, clockAhead);
            site.ScheduleByState(id, engine.Running, now);
        }
    }

    /// <summary>The owner writes down what another max_check_attempts makes of a state; the others get it from there.</summary>
    public void FitAttempt(CheckableId id, Transition transition)
    {
        var site = engine.Site;
        var before = site.States[id.Index];
        var after = AttemptRule.Fit(before, site.Table[id]);
        if (site.IsOwned[id.Index] && !ReferenceEquals(before, after))
        {
            // It goes out in this node's name, so its times are by this node's clock.
            after = after.ByClock(site.Clocks.Ahead(id));
            site.Clocks.Forget(id);
            site.States[id.Index] = after;
            transition.Changes.Add(new StateChange(id, before, after));
        }
    }
}
