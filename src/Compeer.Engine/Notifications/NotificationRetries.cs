using Compeer.Engine.Model;

namespace Compeer.Engine.Notifications;

/// <summary>Commands of notifications that failed and are to be tried again. A mail server that is away leaves thousands of them, so none
/// of what is asked here looks at all.</summary>
internal sealed class NotificationRetries
{
    private readonly Dictionary<NotificationTicket, (long Number, int Attempt)> _all = [];
    private readonly Dictionary<ObjectName, HashSet<NotificationTicket>> _byObject = [];
    private readonly PriorityQueue<NotificationTicket, (TimeSpan Due, long Number)> _queue = new();
    private long _last;

    /// <summary>When the first is due, by the monotonic clock; null when there is none.</summary>
    public TimeSpan? Next => _queue.TryPeek(out _, out var first) ? first.Due : null;

    /// <summary>Whether a command is to be tried again.</summary>
    public bool Contains(in NotificationTicket ticket) => _all.ContainsKey(ticket);

    /// <summary>Has a command tried again.</summary>
    /// <param name="ticket">It.</param>
    /// <param name="due">When, by the monotonic clock.</param>
    /// <param name="attempt">Which attempt it is then.</param>
    public void Set(in NotificationTicket ticket, TimeSpan due, int attempt)
    {
        Remove(ticket);
        _all[ticket] = (++_last, attempt);
        _queue.Enqueue(ticket, (due, _last));
        if (!_byObject.TryGetValue(ticket.Object, out var tickets))
        {
            _byObject.Add(ticket.Object, tickets = []);
        }

        tickets.Add(ticket);
    }

    /// <summary>It is not tried again.</summary>
    public void Remove(in NotificationTicket ticket)
    {
        if (!_all.Remove(ticket))
        {
            return;
        }

        var tickets = _byObject[ticket.Object];
        tickets.Remove(ticket);
        if (tickets.Count == 0)
        {
            _byObject.Remove(ticket.Object);
        }

        // What was removed further back goes when it comes to the front.
        while (_queue.TryPeek(out var first, out var place) && (!_all.TryGetValue(first, out var entry) || entry.Number != place.Number))
        {
            _queue.Dequeue();
        }
    }

    /// <summary>None about an object is tried again.</summary>
    public void Remove(ObjectName subject)
    {
        if (_byObject.TryGetValue(subject, out var tickets))
        {
            foreach (var ticket in tickets.ToArray())
            {
                Remove(ticket);
            }
        }
    }

    /// <summary>Takes out the first that is due; of equal times the one that was set first.</summary>
    public bool TryTake(TimeSpan now, out NotificationTicket ticket, out int attempt)
    {
        if (Next is { } due && due <= now)
        {
            ticket = _queue.Peek();
            attempt = _all[ticket].Attempt;
            Remove(ticket);
            return true;
        }

        (ticket, attempt) = (default, 0);
        return false;
    }
}
