using Compeer.Engine.Events;
using Compeer.Engine.Model;
using Compeer.Engine.Site;

namespace Compeer.Engine.Maintenance;

/// <summary>Ends the flapping of objects of which flapping is not detected any more (Naemon
/// <c>handle_service_flap_detection_disabled</c>): what suppresses notifications must not stay for ever.</summary>
internal sealed class FlappingEnd(EngineState engine, CommentHandler comments)
{
    /// <summary>Looks at an object whose settings changed.</summary>
    public void Look(EngineTime now, CheckableId id, Transition transition)
    {
        var site = engine.Site;
        var state = site.States[id.Index];
        if (state.IsFlapping && site.IsOwned[id.Index] && !site.Effective(id).DetectsFlapping)
        {
            // It goes out in this node's name, so its times are by this node's clock.
            var ended = (state with { IsFlapping = false }).ByClock(site.Clocks.Ahead(id));
            engine.Emit(MonitoringEvent.Fitted(now, id, ended), transition);
            engine.Emit(MonitoringEvent.Unflapped(now, id), transition);
            comments.Flapped(now, id, ended, threshold: 0, transition);
        }
    }

    /// <summary>Looks at all objects: a switch of the program changed.</summary>
    public void LookAtAll(EngineTime now, Transition transition)
    {
        for (var index = 0; index < engine.Site.Table.Count; index++)
        {
            Look(now, new CheckableId(index), transition);
        }
    }
}
