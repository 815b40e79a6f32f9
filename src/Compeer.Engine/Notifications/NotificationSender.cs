using System.Globalization;
using Compeer.Engine.Events;
using Compeer.Engine.Model;
using Compeer.Engine.Site;

namespace Compeer.Engine.Notifications;

/// <summary>
/// Sends what is left of the notifications of the objects whose are this node's to send: runs the command of each contact, takes note
/// when it ended, and tries one that failed again, <see cref="MostAttempts"/> times in all. What is in flight is known here only; what is
/// left stands in <see cref="NotificationState.Pending"/>, which the owner of the object writes. Who sends and does not own it says what
/// was sent (<see cref="SentDeliveries"/>), and the owner takes it out.
/// </summary>
internal sealed class NotificationSender(EngineState engine)
{
    /// <summary>How often a command is tried that fails.</summary>
    public const int MostAttempts = 3;

    /// <summary>The time from a failure to the second attempt; to the third it is twice as long.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(10);

    private static readonly SentDeliveries NothingSent = new([]);

    private readonly SentNotifications _sent = new();
    private readonly HashSet<NotificationTicket> _running = [];
    private readonly Dictionary<ObjectName, int> _byObject = [];
    private readonly NotificationRetries _waiting = new();

    /// <summary>When something is tried again; null for nothing.</summary>
    public TimeSpan? NextWake => _waiting.Next;

    /// <summary>What became of notifications here.</summary>
    public NotificationCounters Counters { get; private set; }

    /// <summary>Commands that run now.</summary>
    public int Running => _running.Count;

    /// <summary>Whether a command about an object runs now, or has run and its owner does not know that yet.</summary>
    public bool IsSending(CheckableId id) =>
        (_running.Count > 0 && _byObject.ContainsKey(ObjectName.Of(engine.Site.Table[id])))
        || (!engine.Site.IsOwned[id.Index] && SentOf(id).All.Length > 0);

    /// <summary>What is left of an object as its owner has it, and was sent.</summary>
    public SentDeliveries SentOf(CheckableId id)
    {
        if (engine.Site.Told[id].Pending is not { IsEmpty: false } pending)
        {
            return NothingSent;
        }

        var name = ObjectName.Of(engine.Site.Table[id]);
        return new SentDeliveries(
        [
            .. pending.SelectMany(one => one.Left.Select(delivery => (one.Ticket, delivery)))
                .Where(one => _sent.Contains(new NotificationTicket(name, one.Ticket, one.delivery))),
        ]);
    }

    /// <summary>Somebody sent these.</summary>
    public void Take(EngineTime now, CheckableId id, SentDeliveries sent, Transition transition)
    {
        var name = ObjectName.Of(engine.Site.Table[id]);
        foreach ((var number, var delivery) in sent.All)
        {
            NotificationTicket ticket = new(name, number, delivery);
            _sent.Add(ticket);
            _waiting.Remove(ticket);
        }

        SendLeft(now, id, transition);
    }

    /// <summary>Sends what is left of an object, where that is this node's to do, and is neither under way nor to be tried again later.
    /// What was sent already is taken out of what is left by the owner.</summary>
    public void SendLeft(EngineTime now, CheckableId id, Transition transition)
    {
        if (engine.Site.Told[id].Pending is not { IsEmpty: false } pending)
        {
            return;
        }

        var name = ObjectName.Of(engine.Site.Table[id]);
        foreach (var notification in pending)
        {
            foreach (var delivery in notification.Left)
            {
                NotificationTicket ticket = new(name, notification.Ticket, delivery);
                if (_sent.Contains(ticket))
                {
                    TakeOut(now, id, ticket, transition);
                }
                else if (engine.Site.Sends[id.Index] && !_running.Contains(ticket) && !_waiting.Contains(ticket))
                {
                    Start(now, id, ticket, notification, attempt: 1, transition);
                }
            }
        }
    }

    /// <summary>A notification was held back.</summary>
    public void CountSuppressed() => Counters = Counters with { Suppressed = Counters.Suppressed + 1 };

    /// <summary>Tries again what is due.</summary>
    public void Advance(EngineTime now, Transition transition)
    {
        while (_waiting.TryTake(now.Monotonic, out var ticket, out var attempt))
        {
            if (Find(ticket) is var (id, notification) && engine.Site.Sends[id.Index])
            {
                Start(now, id, ticket, notification, attempt, transition);
            }
        }
    }

    /// <summary>A command ended.</summary>
    public void Ended(EngineTime now, CommandToRun run, in CommandResult result, Transition transition)
    {
        var ticket = NotificationTicket.Of(run);
        if (_running.Remove(ticket))
        {
            var others = _byObject[ticket.Object] - 1;
            _byObject[ticket.Object] = others;
            if (others == 0)
            {
                _byObject.Remove(ticket.Object);
            }
        }

        if (NotificationFailure.WordsOf(run, result) is { } words)
        {
            Say(now, words, transition);
        }

        if (result.IsSuccess || run.Attempt >= MostAttempts)
        {
            _sent.Add(ticket);
            Counters = result.IsSuccess
                ? Counters with { Sent = Counters.Sent + 1 }
                : Counters with { Failed = Counters.Failed + 1 };
        }

        if (Find(ticket) is not var (id, _))
        {
            return;
        }

        if (!result.IsSuccess && run.Attempt < MostAttempts)
        {
            if (engine.Site.Sends[id.Index])
            {
                _waiting.Set(ticket, now.Monotonic + (RetryAfter * run.Attempt), run.Attempt + 1);
            }

            return;
        }

        if (!result.IsSuccess)
        {
            var given = string.Create(
                CultureInfo.InvariantCulture, $"Warning: Contact '{run.Who}' was not notified: the command failed {MostAttempts} times");
            Say(now, given, transition);
        }

        Finish(now, id, ticket, transition);
    }

    /// <summary>What is left of an object is not this node's to send any more.</summary>
    public void Lose(CheckableId id) => _waiting.Remove(ObjectName.Of(engine.Site.Table[id]));

    private void Start(
        EngineTime now, CheckableId id, in NotificationTicket ticket, PendingNotification notification, int attempt, Transition transition)
    {
        var site = engine.Site;
        var subject = site.Table[id];
        if (NotificationCommands.Find(site, subject, ticket.Delivery) is not { } call)
        {
            // The configuration does not have the contact any more, or fewer commands of it.
            Finish(now, id, ticket, transition);
            return;
        }

        var contact = NotificationCommands.Contact(site, ticket.Delivery.Contact);
        if (attempt == 1)
        {
            var line = NotificationLine.Of(subject, site.States[id.Index], notification, contact?.Name ?? NotificationLine.Global, call);
            engine.Emit(MonitoringEvent.Notified(now, id, line, isGlobal: contact is null), transition);
        }

        var scope = NotificationCommands.Scope(site, notification, contact);
        var words = site.Macros.Expand(subject, call, now, scope);
        var run = new CommandToRun(CommandKind.Notification, words, site.Main.Notifications.Timeout)
        {
            Environment = site.Macros.Environment(),
            Host = ticket.Object.Host,
            Service = ticket.Object.Service,
            Who = contact?.Name ?? NotificationLine.Global,
            Contact = ticket.Delivery.Contact,
            Part = ticket.Delivery.Part,
            Ticket = ticket.Number,
            Attempt = attempt,
        };
        if (words is null)
        {
            // What the kernel would say to a command line that is too long (E2BIG). Another attempt would not be shorter.
            const int TooLong = 7;
            var result = new CommandResult(CheckOutcome.NotStarted, TooLong, default, default, default);
            Ended(now, run with { Attempt = MostAttempts }, result, transition);
            return;
        }

        _running.Add(ticket);
        _byObject[ticket.Object] = _byObject.GetValueOrDefault(ticket.Object) + 1;
        transition.Commands.Add(run);
    }

    /// <summary>One command less is left. Who owns the object notes it down; anybody else says so.</summary>
    private void Finish(EngineTime now, CheckableId id, NotificationTicket ticket, Transition transition)
    {
        _sent.Add(ticket);
        if (engine.Site.IsOwned[id.Index])
        {
            TakeOut(now, id, ticket, transition);
        }
        else
        {
            transition.Deliveries.Add(id);
        }
    }

    private void TakeOut(EngineTime now, CheckableId id, NotificationTicket ticket, Transition transition)
    {
        if (!engine.Site.IsOwned[id.Index])
        {
            return;
        }

        var told = engine.Site.Told[id];
        var place = PlaceOf(told, ticket.Number);
        if (place < 0)
        {
            return;
        }

        var pending = told.Pending[place].Without(ticket.Delivery) is { } rest
            ? told.Pending.SetItem(place, rest)
            : told.Pending.RemoveAt(place);
        engine.Emit(MonitoringEvent.Noted(now, id, told with { Pending = pending }), transition);
    }

    private (CheckableId Id, PendingNotification Notification)? Find(in NotificationTicket ticket) =>
        EngineConfiguration.Find(engine.Site.Objects, ticket.Object.Host, ticket.Object.Service) is { } id
        && engine.Site.Told[id] is var told && PlaceOf(told, ticket.Number) is >= 0 and var place
        && told.Pending[place].Left.Contains(ticket.Delivery)
            ? (id, told.Pending[place])
            : null;

    /// <summary>Where the notification of this number stands among those that are not sent yet; less than 0 when it does not.</summary>
    private static int PlaceOf(NotificationState told, long number)
    {
        var place = told.Pending.Length - 1;
        while (place >= 0 && told.Pending[place].Ticket != number)
        {
            place--;
        }

        return place;
    }

    private void Say(EngineTime now, string text, Transition transition) => engine.Emit(MonitoringEvent.Said(now, text), transition);
}
