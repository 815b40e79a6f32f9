using System.Collections.Immutable;
using Compeer.Engine.Acknowledgements;
using Compeer.Engine.Comments;
using Compeer.Engine.Downtimes;
using Compeer.Engine.Events;
using Compeer.Engine.Model;
using Compeer.Engine.Scheduling;

namespace Compeer.Engine.Site;

/// <summary>
/// The one place where what an engine keeps changes: live, in a replay, and for what other nodes wrote. It decides nothing: what an
/// event brings about follows from the event and what is kept already. Adding a kind of event: its number in
/// <see cref="EventKind"/>, its maker in <see cref="MonitoringEvent"/>, its effect here, and its line, if it has one, in
/// <see cref="Logging.LogLines"/>.
/// </summary>
internal sealed class EventApplier(EngineState engine)
{
    /// <summary>Lets an event take effect.</summary>
    public void Apply(in MonitoringEvent happened)
    {
        Change(happened);
        if (IsOfObject(happened.Kind))
        {
            engine.Site.Updates[happened.Id.Index] = happened.At.Wall.UtcTicks;
        }
    }

    /// <summary>Whether an event changes what is kept of the object that it names.</summary>
    private static bool IsOfObject(EventKind kind) => kind is EventKind.CheckStarted or EventKind.ResultTaken or EventKind.CheckPlanned
        or EventKind.StateReceived or EventKind.StateFitted or EventKind.PassiveResultTaken or EventKind.SettingChanged
        or (>= EventKind.CommentAdded and <= EventKind.DowntimeRevoked)
        or EventKind.NotificationChanged or EventKind.NotificationReceived;

    private void Change(in MonitoringEvent happened)
    {
        switch (happened.Kind)
        {
            case EventKind.CheckStarted:
                Start(happened);
                break;
            case EventKind.ResultTaken:
                Take(happened);
                break;
            case EventKind.ResultIgnored:
                engine.Running.End(happened.Run);
                engine.Statistics(happened.IsMarked).Ignored((CompletionStatus)happened.Code);
                break;
            case EventKind.CheckOrphaned or EventKind.RunsDiscarded:
                GiveUp(happened);
                break;
            case EventKind.CheckPlanned:
                engine.Site.Schedule.Set(happened.Id, Planned(happened));
                break;
            case EventKind.StateReceived:
                Receive(happened);
                break;
            case EventKind.StateFitted or EventKind.PassiveResultTaken:
                engine.LastEventId = Math.Max(engine.LastEventId, happened.State!.History.EventId);
                engine.Site.States[happened.Id.Index] = happened.State;
                engine.Site.Clocks.Forget(happened.Id);
                break;
            case EventKind.ObjectsGained:
                Gain(happened);
                break;
            case EventKind.ObjectsLost:
                Lose(happened);
                break;
            case EventKind.SendingGained or EventKind.SendingLost:
                Send(happened.Objects, happened.Kind == EventKind.SendingGained);
                break;
            case EventKind.OwnerAsked:
                engine.Asked.Note(happened.Id, happened.At.Monotonic);
                break;
            case EventKind.ClockJumped:
                engine.Site.Schedule.PlanAgain(id => engine.Site.Effective(id).Checking, happened.At);
                break;
            case EventKind.ConfigurationTaken:
                TakeUp((EngineChange)happened.Step!, happened.At);
                break;
            case EventKind.SettingChanged or EventKind.ProgramSettingChanged or EventKind.ContactSettingChanged:
                ChangeSetting(happened);
                break;
            case (>= EventKind.CommentAdded and <= EventKind.DowntimeRevoked)
                or EventKind.NotificationChanged or EventKind.NotificationReceived:
                Note(happened);
                break;
            case EventKind.FreshnessLooked:
                engine.Freshness.Look(happened.At, happened.IsMarked, happened.Due);
                break;
            case EventKind.PerformanceProcessed:
                engine.Performance.Run(happened.IsMarked, happened.Due);
                break;
            case EventKind.ImproperExit or EventKind.ReturnCodeOutOfBounds or EventKind.HostMadeHard or EventKind.Alert
                or EventKind.FlappingChanged or EventKind.FlappingDisabled or EventKind.CommandGiven or EventKind.Said
                or EventKind.ResultsStale or EventKind.EventHandled or EventKind.ContactNotified or EventKind.NotificationSuppressed
                or EventKind.ContactLeftOut:
                // Told, and that is all.
                break;
            default:
                throw new InvalidOperationException($"unknown event {happened.Kind}");
        }
    }

    /// <summary>One check in flight, or all, are not awaited any more.</summary>
    private void GiveUp(in MonitoringEvent happened)
    {
        if (happened.Kind == EventKind.CheckOrphaned)
        {
            engine.Running.End(happened.Run);
        }
        else
        {
            engine.Running.DiscardAll();
        }
    }

    /// <summary>Something about comments, downtimes and acknowledgements.</summary>
    private void Note(in MonitoringEvent happened)
    {
        switch (happened.Kind)
        {
            case EventKind.CommentAdded:
                engine.Site.Comments.Set(happened.Id, (Comment)happened.Detail!);
                break;
            case EventKind.CommentRemoved:
                engine.Site.Comments.Remove(happened.Id, ((Comment)happened.Detail!).Id);
                break;
            case EventKind.DowntimeScheduled or EventKind.DowntimeStarted or EventKind.DowntimeEnded or EventKind.DowntimeExpired:
                engine.Site.Downtimes.Set(happened.Id, (Downtime)happened.Detail!);
                break;
            case EventKind.DowntimeCancelled or EventKind.DowntimeRemoved:
                engine.Site.Downtimes.Remove(happened.Id, (Downtime)happened.Detail!);
                break;
            case EventKind.DowntimeRevoked:
                engine.Site.Downtimes.Revoke(happened.Id, (Downtime)happened.Detail!);
                break;
            case EventKind.AcknowledgementGiven:
                engine.Site.Acknowledgements.Set(happened.Id, (Acknowledgement)happened.Detail!);
                break;
            case EventKind.NotificationChanged or EventKind.NotificationReceived:
                engine.Site.Told[happened.Id] = (NotificationState)happened.Detail!;
                break;
            case EventKind.AcknowledgementRemoved:
                engine.Site.Acknowledgements.Remove(happened.Id, ((Acknowledgement)happened.Detail!).Id);
                break;
            default:
                throw new InvalidOperationException($"unknown event {happened.Kind}");
        }
    }

    private static PlannedCheck Planned(in MonitoringEvent happened) =>
        new(happened.Due, happened.WaitsForPeriod)
        {
            Turn = happened.Turn,
            IsForced = happened.IsMarked,
            IsForFreshness = happened is { Kind: EventKind.CheckPlanned, Code: MonitoringEvent.ForFreshness },
        };

    private void Start(in MonitoringEvent happened)
    {
        var isHost = engine.Site.Table.IsHost(happened.Id);
        var due = happened.Due!.Value;
        var check = new RunningCheck(happened.Run, isHost, due, happened.At.Monotonic)
        {
            Turn = engine.Site.Schedule.Turn(happened.Id, due),
        };
        engine.Site.Schedule.Set(happened.Id, PlannedCheck.Never);
        engine.Running.Start(happened.Id, check with { IsForFreshness = happened.Code == MonitoringEvent.ForFreshness });
        engine.Statistics(isHost).Started();
    }

    private void Take(in MonitoringEvent happened)
    {
        var site = engine.Site;
        var state = happened.State!;
        engine.Running.End(happened.Run);
        engine.LastEventId = Math.Max(engine.LastEventId, state.History.EventId);
        site.States[happened.Id.Index] = state;
        site.Clocks.Forget(happened.Id);
        site.Schedule.Set(happened.Id, Planned(happened));
        engine.Statistics(site.Table.IsHost(happened.Id)).Completed(
            happened.At.Monotonic, new TimeSpan(state.LatencyTicks), new TimeSpan(state.ExecutionTicks));
    }

    private void Receive(in MonitoringEvent happened)
    {
        var site = engine.Site;
        engine.LastEventId = Math.Max(engine.LastEventId, happened.State!.History.EventId);
        site.States[happened.Id.Index] = happened.State;
        if (site.IsOwned[happened.Id.Index])
        {
            site.Clocks.Note(happened.Id, happened.ClockAhead);
            site.ScheduleByState(happened.Id, engine.Running, happened.At);
        }
    }

    private void Gain(in MonitoringEvent happened)
    {
        var site = engine.Site;
        foreach (var id in happened.Objects)
        {
            if (site.IsOwned[id.Index])
            {
                continue;
            }

            site.IsOwned[id.Index] = true;
            site.Owned++;
            site.Clocks.Note(id, happened.ClockAhead);
            site.Told[id] = site.Told[id].ByClock(happened.ClockAhead);
            site.ScheduleByState(id, engine.Running, happened.At);
        }
    }

    private void Lose(in MonitoringEvent happened)
    {
        var site = engine.Site;
        foreach (var id in happened.Objects)
        {
            if (!site.IsOwned[id.Index])
            {
                continue;
            }

            site.IsOwned[id.Index] = false;
            site.Owned--;
            site.Schedule.Set(id, PlannedCheck.Never);
            site.Clocks.Forget(id);
        }
    }

    private void Send(ImmutableArray<CheckableId> objects, bool isOwn)
    {
        foreach (var id in objects)
        {
            engine.Site.Sends[id.Index] = isOwn;
        }
    }

    private void TakeUp(EngineChange change, EngineTime now)
    {
        var former = engine.Site;
        engine.Site = change.Site;
        engine.Site.MoveFrom(former, change);
        engine.Site.Since = change.Former.Contains(-1) ? now.Monotonic : former.Since;
        engine.Running.Renumber(change.Later.AsSpan());
        engine.Asked.Renumber();
        engine.Site.Reschedule(former, change, engine.Running, now);
    }

    private void ChangeSetting(in MonitoringEvent happened)
    {
        switch (happened.Kind)
        {
            case EventKind.ProgramSettingChanged:
                ChangeProgram(happened);
                break;
            case EventKind.ContactSettingChanged:
                var contacts = engine.Site.Contacts;
                var contact = ((ContactName)happened.Detail!).Name;
                contacts.Set(contact, contacts.SettingsOf(contact).With((ContactSetting)happened.Code, happened.Value));
                break;
            default:
                ChangeObject(happened);
                break;
        }
    }

    private void ChangeObject(in MonitoringEvent happened)
    {
        var site = engine.Site;
        var before = site.Effective(happened.Id);
        var settings = (before.Changes?.Settings ?? OperatorSettings.None).With((OperatorSetting)happened.Code, happened.Value);
        site.Settings.Set(happened.Id, settings);
        Reschedule(happened.Id, before, happened.At);
    }

    private void ChangeProgram(in MonitoringEvent happened)
    {
        var site = engine.Site;
        var before = site.Program;
        site.Program = before.With(site.Main, (ProgramSetting)happened.Code, happened.Value);
        var areHosts = site.Program.HostChecks && !before.HostChecks;
        var areServices = site.Program.ServiceChecks && !before.ServiceChecks;
        for (var index = 0; (areHosts || areServices) && index < site.Table.Count; index++)
        {
            // A host without check_interval has one turn, and that may have passed by.
            CheckableId id = new(index);
            if ((site.Table.IsHost(id) ? areHosts : areServices) && site.IsOwned[index] && site.Schedule.Due(id) is null)
            {
                site.ScheduleByState(id, engine.Running, happened.At);
            }
        }
    }

    /// <summary>Gives an object another time when what decides it is not what it was.</summary>
    private void Reschedule(CheckableId id, in EffectiveSettings before, EngineTime now)
    {
        var site = engine.Site;
        var after = site.Effective(id);
        var isSame = before.IsScheduled == after.IsScheduled
            && before.Checking.CheckInterval == after.Checking.CheckInterval
            && before.Checking.RetryInterval == after.Checking.RetryInterval
            && before.Checking.CheckPeriod == after.Checking.CheckPeriod;

        // A check that is forced runs whatever is changed of it, as at Naemon; its result brings the next time.
        if (!isSame && site.IsOwned[id.Index] && !engine.Running.Contains(id) && !site.Schedule.IsForced(id))
        {
            site.ScheduleAnew(id, site.Schedule.Due(id), site.Table.Fraction(id), engine.Running, now);
        }
    }
}
