namespace Compeer.Engine.Notifications;

/// <summary>
/// What this node sent lately. When a split heals, the word of another owner can outrank this node's that something is sent: what still
/// stands there as left is not sent a second time by whoever sent it. Bounded: the oldest are forgotten.
/// </summary>
internal sealed class SentNotifications
{
    /// <summary>So many are remembered, about 2 MB.</summary>
    public const int Most = 16_384;

    private readonly HashSet<NotificationTicket> _known = [];
    private readonly Queue<NotificationTicket> _inOrder = [];

    /// <summary>Whether it was sent, as far as is remembered.</summary>
    public bool Contains(in NotificationTicket ticket) => _known.Contains(ticket);

    /// <summary>It was sent, or given up.</summary>
    public void Add(in NotificationTicket ticket)
    {
        if (!_known.Add(ticket))
        {
            return;
        }

        _inOrder.Enqueue(ticket);
        if (_inOrder.Count > Most)
        {
            _known.Remove(_inOrder.Dequeue());
        }
    }
}
