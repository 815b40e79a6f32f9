using Compeer.Cluster.Model;
using Compeer.Cluster.Wire;

namespace Compeer.Cluster.Exchange;

/// <summary>
/// The requests of this node whose end somebody waits for. Each ends once: with its owner's answer, with the reason why it came to
/// no owner, or when its time is over. Until then this node alone keeps it and sends it again: a copy that another node kept would come to
/// an owner when later words have come after it.
/// </summary>
internal sealed class AwaitedRequests(ClusterContext context)
{
    /// <summary>Requests that wait for their answers.</summary>
    public const int Most = 4_096;

    /// <summary>How long somebody waits at most: until a silent owner is given up, and the next one has taken over and answered.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>After how long one that is on its way is sent again: a node on the way may have had none itself.</summary>
    public static readonly TimeSpan Again = TimeSpan.FromSeconds(2);

    private readonly Dictionary<long, Awaited> _open = [];
    private long _last;

    /// <summary>Whether any wait.</summary>
    public bool IsAny => _open.Count > 0;

    /// <summary>Whether no more may wait.</summary>
    public bool IsFull => _open.Count >= Most;

    /// <summary>Those that are to be sent, or to be ended, oldest first.</summary>
    /// <param name="hasMoved">Whether one is another owner's by now than the one that it was sent to.</param>
    public IReadOnlyList<Awaited> Due(Func<Awaited, bool> hasMoved) =>
    [
        .. _open.Values.Where(one => one.NextTry <= context.Monotonic || IsOver(one) || (one.Link is not null && hasMoved(one)))
            .OrderBy(one => one.Since),
    ];

    /// <summary>The number of one that ends at once.</summary>
    public long Refuse(string failure)
    {
        context.Emit(new ClusterEffect.Answered(++_last, failure));
        return _last;
    }

    /// <summary>One more begins to wait.</summary>
    public Awaited Open(LinkFrame.Request request)
    {
        RequestTag tag = new(context.Self, context.Run.Incarnation, ++_last);
        Awaited opened = new(tag, request with { Tag = tag }, context.Monotonic);
        _open.Add(tag.Number, opened);
        return opened;
    }

    /// <summary>One went out on a link, where an answer is to come from.</summary>
    /// <param name="link">The link.</param>
    /// <param name="tag">The request's.</param>
    /// <param name="owner">To whom.</param>
    /// <param name="isSettled">Whether all that could have it by now act on the view that says so.</param>
    public void SentOn(LinkId link, RequestTag tag, NodeId owner, bool isSettled)
    {
        if (Find(tag) is { } one)
        {
            (one.Link, one.Owner, one.IsSettled) = (link, owner, isSettled);
        }
    }

    /// <summary>A link ended: what went out on it last is sent another way.</summary>
    public void Forget(LinkId link)
    {
        foreach (var one in _open.Values.Where(one => one.Link == link))
        {
            (one.Link, one.NextTry) = (null, context.Monotonic);
        }
    }

    /// <summary>Whether somebody waited for one long enough.</summary>
    public bool IsOver(Awaited one) => context.Monotonic - one.Since >= Limit;

    /// <summary>One ends; nothing when it did already.</summary>
    public void End(RequestTag tag, string? failure)
    {
        if (Find(tag) is not null)
        {
            _open.Remove(tag.Number);
            context.Emit(new ClusterEffect.Answered(tag.Number, failure));
        }
    }

    private Awaited? Find(RequestTag tag) => _open.TryGetValue(tag.Number, out var open) && open.Tag == tag ? open : null;

    /// <summary>One that waits.</summary>
    internal sealed class Awaited(RequestTag tag, LinkFrame.Request request, TimeSpan since)
    {
        public RequestTag Tag { get; } = tag;

        public LinkFrame.Request Request { get; } = request;

        public TimeSpan Since { get; } = since;

        /// <summary>On which link it went out last.</summary>
        public LinkId? Link { get; set; }

        /// <summary>To whom.</summary>
        public NodeId? Owner { get; set; }

        /// <summary>Whether that one could have taken what it owns: everybody had given up what the view took away.</summary>
        public bool IsSettled { get; set; }

        /// <summary>When it is sent again.</summary>
        public TimeSpan NextTry { get; set; }
    }
}
