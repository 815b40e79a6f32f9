using Compeer.Configuration.Objects.Definitions;
using Compeer.Engine.Events;
using Compeer.Engine.Model;
using Compeer.Engine.Site;
using Compeer.Engine.States;

namespace Compeer.Engine.EventHandlers;

/// <summary>
/// The commands that follow a result: event handlers, where it is a change of state, and obsessing ones, always (Naemon
/// <c>handle_service_event</c>, <c>handle_host_event</c>, <c>obsessive_compulsive_service_check_processor</c> and its like). Called
/// by the object's owner, so that each is run once in a cluster.
/// </summary>
internal sealed class StateCommands(EngineState engine)
{
    /// <summary>Asks for the commands that a result brings about.</summary>
    /// <param name="now">The time.</param>
    /// <param name="id">The object.</param>
    /// <param name="settings">What holds for it.</param>
    /// <param name="decision">What the result made of its state.</param>
    /// <param name="after">Its state now.</param>
    /// <param name="transition">What follows.</param>
    public void Follow(
        EngineTime now, CheckableId id, in EffectiveSettings settings, in StateDecision decision, CheckState after, Transition transition)
    {
        var seen = SeenBy(decision, after);
        var program = settings.Program;

        // Of services each retry counts, and each result of a volatile one in a hard problem; of hosts what Naemon takes for a change.
        var isEvent = settings.IsHost ? decision.StateChanged : decision.Alert;
        if (isEvent && settings.RunsEventHandlers)
        {
            var global = program.GlobalHandler(settings.IsHost) is { } text ? ChangedSettings.Call(engine.Site.Objects, text) : null;
            Handle(now, id, settings, global, isGlobal: true, seen, transition);
            Handle(now, id, settings, settings.EventHandler, isGlobal: false, seen, transition);
        }

        if (settings.IsObsessed && engine.Site.Obsession(settings.IsHost) is { } call)
        {
            var handlers = engine.Site.Main.Handlers;
            var timeout = settings.IsHost ? handlers.HostObsessionTimeout : handlers.ServiceObsessionTimeout;
            Run(now, settings.Definition, call, CommandKind.Obsession, timeout, FollowingCommand.Own, seen, transition);
        }
    }

    /// <summary>The state as commands see it: a recovery tells the attempt at which it was found, and whether the problem was
    /// hard.</summary>
    private static CheckState SeenBy(in StateDecision decision, CheckState after) =>
        decision.Alert && (after.Attempt != decision.AlertAttempt || after.IsSoft != decision.AlertIsSoft)
            ? after with { Attempt = decision.AlertAttempt, IsSoft = decision.AlertIsSoft }
            : after;

    private void Handle(
        EngineTime now,
        CheckableId id,
        in EffectiveSettings settings,
        CommandCall? call,
        bool isGlobal,
        CheckState seen,
        Transition transition)
    {
        if (call is null)
        {
            return;
        }

        engine.Emit(MonitoringEvent.Handled(now, id, seen, ChangedSettings.TextOf(call), isGlobal), transition);
        var timeout = engine.Site.Main.Handlers.EventHandlerTimeout;
        var which = isGlobal ? FollowingCommand.Global : FollowingCommand.Own;
        Run(now, settings.Definition, call, CommandKind.EventHandler, timeout, which, seen, transition);
    }

    private void Run(
        EngineTime now,
        CheckableDefinition subject,
        CommandCall call,
        CommandKind kind,
        TimeSpan timeout,
        long which,
        CheckState seen,
        Transition transition)
    {
        if (engine.Site.Macros.Expand(subject, call, now, seen) is { } line)
        {
            var command = FollowingCommand.About(subject, call, kind, line, timeout, which);
            transition.Commands.Add(command with { Environment = engine.Site.Macros.Environment() });
        }
        else
        {
            engine.Emit(MonitoringEvent.Said(now, FollowingCommand.TooLong(subject, call)), transition);
        }
    }
}
