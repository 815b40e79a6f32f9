using System.Collections.Immutable;
using Compeer.Configuration.Objects.Definitions;
using Compeer.Engine.Events;
using Compeer.Engine.Model;
using Compeer.Engine.Site;

namespace Compeer.Engine.Notifications;

/// <summary>
/// Decides whether and whom to tell when something happened, and notes it down: rules of Naemon's <c>host_notification</c> and
/// <c>service_notification</c>. What is decided is sent by <see cref="NotificationSender"/> when that is this node's to do; else by
/// whoever does it, who has it with what this node noted down.
/// </summary>
internal sealed class Notifier(EngineState engine, NotificationSender sender)
{
    /// <summary>Notifications of an object that may wait to be sent; the oldest goes beyond that.</summary>
    private const int MostPending = 16;

    private readonly Dictionary<(string Contact, bool IsHost), NotificationReason> _leftOut = [];

    /// <summary>Something happened at an object.</summary>
    /// <param name="now">The time.</param>
    /// <param name="id">The object.</param>
    /// <param name="request">What is to be told.</param>
    /// <param name="transition">What follows.</param>
    /// <param name="isFlapping">Whether the object flaps, when it is not by its present state.</param>
    /// <param name="isInDowntime">Whether the object is in a downtime, when it is not by those in effect now.</param>
    public void Ask(
        EngineTime now,
        CheckableId id,
        in NotificationRequest request,
        Transition transition,
        bool? isFlapping = null,
        bool? isInDowntime = null)
    {
        var site = engine.Site;
        var told = site.Told[id];
        var facts = Facts(now, id, request, isFlapping ?? site.States[id.Index].IsFlapping, isInDowntime);
        if (NotificationFilter.Decide(facts) is { } reason)
        {
            var after = told.With(reason, now.Wall.UtcTicks);
            if (reason == NotificationReason.OutsidePeriod && request.Type == NotificationType.Normal)
            {
                after = after with { NextTicks = NextInPeriod(facts) };
            }

            Suppress(now, id, told, after, transition);
            return;
        }

        var number = told.Number + (request.Counts ? 1 : 0);
        var rule = new EscalationRule(facts.Settings.IsHost, facts.State.State, number, now.Wall, site.MacroContext.Periods);
        var escalations = EscalationRule.Of(site.Objects, facts.Settings.Definition);
        var plan = Plan(now, facts, rule, escalations);
        Tell(now, id, plan.LeftOut, facts.Settings.IsHost, transition);
        var deliveries = Deliveries(facts.Settings.Definition, plan);
        if (plan.Contacts.IsEmpty && deliveries.IsEmpty)
        {
            var after = told.With(NotificationReason.NoContacts, now.Wall.UtcTicks) with { LeftOut = plan.LeftOut };
            Suppress(now, id, told, after, transition);
            return;
        }

        var sent = told with
        {
            Number = number,
            Reason = NotificationReason.Sent,
            ReasonTicks = now.Wall.UtcTicks,
            LeftOut = plan.LeftOut,
        };
        sent = request.Type == NotificationType.Normal
            ? Timed(sent, facts, rule.Interval(escalations, facts.Settings.Notifying.Interval))
            : sent;
        Note(now, id, deliveries.IsEmpty ? sent : WithPending(now, sent, facts, plan, deliveries), transition);
        if (site.Sends[id.Index])
        {
            sender.SendLeft(now, id, transition);
        }
    }

    /// <summary>Notes down what holds from now on, when it is not what held before.</summary>
    public void Note(EngineTime now, CheckableId id, NotificationState after, Transition transition)
    {
        if (!after.Equals(engine.Site.Told[id]))
        {
            engine.Emit(MonitoringEvent.Noted(now, id, after), transition);
        }
    }

    /// <summary>The times that the first notification and each further one begin (Naemon <c>get_next_host_notification_time</c>).</summary>
    private static NotificationState Timed(NotificationState sent, in NotificationFacts facts, TimeSpan interval) => sent with
    {
        LastTicks = facts.Wall.UtcTicks,
        NextTicks = Math.Min(DateTimeOffset.MaxValue.UtcTicks, facts.Wall.UtcTicks + interval.Ticks),
        NoMore = interval == TimeSpan.Zero && !facts.Settings.Checking.IsVolatile,
        NotifiedOn = sent.NotifiedOn | StateOption.Of(facts.Settings.IsHost, facts.State.State),
    };

    private static NotificationState WithPending(
        EngineTime now,
        NotificationState sent,
        in NotificationFacts facts,
        in NotificationPlan plan,
        ImmutableArray<NotificationDelivery> deliveries)
    {
        // The ticket goes on from whatever was given, and with the clock, so that two owners in a split seldom give the same.
        var ticket = Math.Max(sent.LastTicket + 1, now.Wall.UtcTicks);
        var pending = new PendingNotification(ticket, facts.Request.Type, now.Wall.UtcTicks)
        {
            State = facts.State.State,
            Number = sent.Number,
            IsEscalated = plan.IsEscalated,
            Author = facts.Request.Author,
            Comment = facts.Request.Comment,
            Recipients = [.. plan.Contacts.Select(contact => contact.Name)],
            Left = deliveries,
        };
        var before = sent.Pending.Length < MostPending ? sent.Pending : sent.Pending.RemoveAt(0);
        return sent with { LastTicket = ticket, Pending = before.Add(pending) };
    }

    private NotificationFacts Facts(
        EngineTime now, CheckableId id, in NotificationRequest request, bool isFlapping, bool? isInDowntime)
    {
        var site = engine.Site;
        var settings = site.Effective(id);
        var service = settings.Definition as ServiceDefinition;
        var host = service is null ? id : CheckableId.Of(service.Host.Id);
        var period = settings.Notifying.Period ?? (service is null ? null : site.Effective(host).Notifying.Period);
        var isNormal = request.Type == NotificationType.Normal;
        return new NotificationFacts
        {
            Request = request,
            Settings = settings,
            State = site.States[id.Index],
            Told = site.Told[id],
            Wall = now.Wall,
            Started = site.MacroContext.Started,
            IsInPeriod = site.MacroContext.Periods.Contains(period, now.Wall),
            IsFlapping = isFlapping && settings.DetectsFlapping,
            IsInDowntime = isInDowntime ?? site.DowntimeDepth(id) > 0,
            IsHostInDowntime = service is not null && site.DowntimeDepth(host) > 0,
            IsAcknowledged = site.AcknowledgementOf(id, now.Wall).Kind != Acknowledgements.AcknowledgementKind.None,
            IsHostUp = site.States[host.Index].State == States.HostState.Up,
            DoParentsFail = isNormal && service is { Parents.IsEmpty: false }
                && service.Parents.All(parent => site.States[CheckableId.Of(parent.Id, site.Objects).Index].State != 0),
            IsHeldBack = isNormal && IsHeldBack(settings.Definition, now.Wall),
        };
    }

    private bool IsHeldBack(CheckableDefinition subject, DateTimeOffset wall)
    {
        var rule = engine.Site.Dependencies;
        return rule.IsHeldBack(subject, DependencyKind.Notification, wall)
            || (subject is ServiceDefinition service && rule.IsHeldBack(service.Host, DependencyKind.Notification, wall));
    }

    private NotificationPlan Plan(
        EngineTime now, NotificationFacts facts, EscalationRule rule, ImmutableArray<EscalationSettings> escalations)
    {
        var site = engine.Site;
        var isHost = facts.Settings.IsHost;
        var filter = new ContactFilter(facts.Request, isHost, facts.State.State, facts.Told.NotifiedOn, ValueOf(facts.Settings.Definition));
        return NotificationPlan.Of(facts.Settings.Definition, facts.Request.IsBroadcast, escalations, rule, contact =>
        {
            var settings = site.Contacts.NotificationsOf(contact, isHost);
            return filter.Decide(contact, settings, site.MacroContext.Periods.Contains(settings.Period, now.Wall));
        });
    }

    private long ValueOf(CheckableDefinition subject)
    {
        long value = subject.Processing.HourlyValue;
        if (subject is HostDefinition host)
        {
            var all = value;
            foreach (var service in engine.Site.MacroContext.ServicesOf(host))
            {
                all += service.Processing.HourlyValue;
            }

            value = Math.Max(value, all);
        }

        return value;
    }

    /// <summary>Naemon runs the global handler first, and then goes through the contacts from the last to the first.</summary>
    private ImmutableArray<NotificationDelivery> Deliveries(CheckableDefinition subject, in NotificationPlan plan)
    {
        var deliveries = ImmutableArray.CreateBuilder<NotificationDelivery>();
        if (NotificationCommands.Global(engine.Site, subject) is not null)
        {
            deliveries.Add(new NotificationDelivery("", 0));
        }

        for (var place = plan.Contacts.Length - 1; place >= 0; place--)
        {
            var contact = plan.Contacts[place];
            for (var part = 0; part < NotificationCommands.Of(contact, subject).Length; part++)
            {
                deliveries.Add(new NotificationDelivery(contact.Name, part));
            }
        }

        return deliveries.ToImmutable();
    }

    /// <summary>When the period opens again; without an opening in a year (Naemon).</summary>
    private long NextInPeriod(in NotificationFacts facts)
    {
        var period = facts.Settings.Notifying.Period;
        return (engine.Site.MacroContext.Periods.NextValid(period, facts.Wall) ?? facts.Wall.AddDays(365)).UtcTicks;
    }

    private void Suppress(EngineTime now, CheckableId id, NotificationState told, NotificationState after, Transition transition)
    {
        if (after.Reason != told.Reason)
        {
            sender.CountSuppressed();
            engine.Emit(MonitoringEvent.Suppressed(now, id, after.Reason), transition);
        }

        Note(now, id, after, transition);
    }

    /// <summary>Says of contacts that were left out why, once until the reason is another one.</summary>
    private void Tell(EngineTime now, CheckableId id, ImmutableArray<LeftOutContact> leftOut, bool isHost, Transition transition)
    {
        foreach (var contact in leftOut)
        {
            if (_leftOut.GetValueOrDefault((contact.Contact, isHost)) != contact.Reason)
            {
                _leftOut[(contact.Contact, isHost)] = contact.Reason;
                engine.Emit(MonitoringEvent.LeftOut(now, id, contact), transition);
            }
        }
    }
}
