using Compeer.Configuration.Objects.Definitions;
using Compeer.Engine.Acknowledgements;
using Compeer.Engine.Downtimes;
using Compeer.Engine.Events;
using Compeer.Engine.Flapping;
using Compeer.Engine.Model;
using Compeer.Engine.Site;
using Compeer.Engine.States;

namespace Compeer.Engine.Notifications;

/// <summary>What happens of which people may have to be told: results of checks, and what operators and time bring about. Rules of
/// Naemon's <c>handle_host_state</c>, <c>handle_async_service_check_result</c> and those of flapping, downtimes and
/// acknowledgements.</summary>
internal sealed class NotificationEvents(EngineState engine, Notifier notifier)
{
    /// <summary>A result was taken, and the object has its new state: says that it flaps, or does no more, and tells people. An
    /// unchanged OK costs nothing.</summary>
    /// <param name="now">The time.</param>
    /// <param name="id">The object.</param>
    /// <param name="before">Its state before.</param>
    /// <param name="decision">What the rules made of the result.</param>
    /// <param name="flap">Whether it flaps from now on.</param>
    /// <param name="transition">What follows.</param>
    public void Follow(
        EngineTime now, CheckableId id, CheckState before, in StateDecision decision, in FlapDecision flap, Transition transition)
    {
        var isFlapChange = flap.IsFlapping != before.IsFlapping;
        if (decision.State == 0 && before.State == 0 && !decision.StateChanged && !decision.HardStateChanged && !isFlapChange)
        {
            return;
        }

        // The news of a host come before those of its flapping.
        var isHost = engine.Site.Table.IsHost(id);
        if (isHost)
        {
            OfHost(now, id, before, decision, transition);
        }

        if (isFlapChange)
        {
            engine.Emit(MonitoringEvent.Flapped(now, id, engine.Site.States[id.Index], flap.Threshold), transition);
            var type = flap.IsFlapping ? NotificationType.FlappingStart : NotificationType.FlappingStop;
            notifier.Ask(now, id, new NotificationRequest(type), transition);
        }

        if (!isHost)
        {
            OfService(now, id, before, decision, transition);
        }
    }

    /// <summary>Something happened that is no result of a check.</summary>
    public void Watch(in MonitoringEvent happened, Transition transition)
    {
        switch (happened.Kind)
        {
            case EventKind.FlappingDisabled:
                notifier.Ask(happened.At, happened.Id, new NotificationRequest(NotificationType.FlappingDisabled), transition);
                break;
            case EventKind.DowntimeStarted when IsToldOf(happened):
                Ask(happened, NotificationType.DowntimeStart, transition);
                break;
            case EventKind.DowntimeEnded when IsToldOf(happened):
                Ask(happened, NotificationType.DowntimeEnd, transition);
                break;
            case EventKind.DowntimeCancelled when IsToldOf(happened):
                Ask(happened, NotificationType.DowntimeCancelled, transition);
                break;
            case EventKind.AcknowledgementGiven when happened is { IsMarked: true, Detail: Acknowledgement { Notifies: true } given }:
                Tell(happened.At, happened.Id, given, transition);
                break;
            default:
                // Nobody is told of anything else.
                break;
        }
    }

    /// <summary>This node owns an object from now on: of an acknowledgement that its former owner had no time to tell of people are
    /// told.</summary>
    public void Gained(EngineTime now, CheckableId id, Transition transition)
    {
        var given = engine.Site.AcknowledgementOf(id, now.Wall);
        if (given.Notifies && engine.Site.Told[id].Acknowledged != given.Id)
        {
            Tell(now, id, given, transition);
        }
    }

    /// <summary>Together with what comes of it it is written down that it was done.</summary>
    private void Tell(EngineTime now, CheckableId id, Acknowledgement given, Transition transition)
    {
        notifier.Note(now, id, engine.Site.Told[id] with { Acknowledged = given.Id }, transition);
        var request = new NotificationRequest(NotificationType.Acknowledgement, NotificationOptions.None, given.Author, given.Text);
        notifier.Ask(now, id, request, transition);
    }

    /// <summary>Only the owner tells, and only of the first downtime and the last of several.</summary>
    private static bool IsToldOf(in MonitoringEvent happened) => happened is { IsMarked: true, Code: 0 };

    private void Ask(in MonitoringEvent happened, NotificationType type, Transition transition)
    {
        var downtime = (Downtime)happened.Detail!;
        var request = type == NotificationType.DowntimeCancelled
            ? new NotificationRequest(type)
            : new NotificationRequest(type, NotificationOptions.None, downtime.Author, downtime.Text);
        notifier.Ask(happened.At, happened.Id, request, transition, isInDowntime: false);
    }

    private void OfHost(EngineTime now, CheckableId id, CheckState before, in StateDecision decision, Transition transition)
    {
        if (decision.StateChanged)
        {
            Reset(now, id, transition);
        }

        // A host's flapping is judged after it was told of.
        var isProblem = decision.State != HostState.Up;
        if (!decision.IsSoft && (decision.StateChanged || isProblem))
        {
            notifier.Ask(now, id, NotificationRequest.Normal, transition, isFlapping: before.IsFlapping);
        }

        if (decision.StateChanged && !isProblem)
        {
            notifier.Note(now, id, engine.Site.Told[id] with { Number = 0, NotifiedOn = StateOptions.None }, transition);
        }
    }

    private void OfService(EngineTime now, CheckableId id, CheckState before, in StateDecision decision, Transition transition)
    {
        if (decision.State != before.State || decision.HardStateChanged)
        {
            Reset(now, id, transition);
        }

        if (decision.State == PluginState.Ok)
        {
            if (decision.HardStateChanged)
            {
                notifier.Ask(now, id, NotificationRequest.Normal, transition);
            }

            // Whether more was to be sent stands until the next problem (Naemon).
            var told = engine.Site.Told[id];
            notifier.Note(now, id, told with { LastTicks = 0, NextTicks = 0, Number = 0, NotifiedOn = StateOptions.None }, transition);
        }
        else if (decision.Attempt >= engine.Site.Effective(id).Checking.MaxCheckAttempts)
        {
            notifier.Ask(now, id, NotificationRequest.Normal, transition);
        }
        else if (!decision.IsSoft)
        {
            // Hard before its last attempt, because the host is not up: Naemon does not even ask.
            notifier.Note(now, id, engine.Site.Told[id].With(NotificationReason.HostNotUp, now.Wall.UtcTicks), transition);
        }
    }

    /// <summary>Another state has a first notification of its own.</summary>
    private void Reset(EngineTime now, CheckableId id, Transition transition) =>
        notifier.Note(now, id, engine.Site.Told[id] with { LastTicks = 0, NextTicks = 0, NoMore = false }, transition);
}
