using Compeer.Cluster.Handover;
using Compeer.Cluster.Membership;
using Compeer.Cluster.Model;
using Compeer.Cluster.Wire;

namespace Compeer.Cluster.Exchange;

/// <summary>
/// Brings words to the present owner of an object, wherever in the component it is: straight to a neighbour, else along
/// the component. While nobody owns the object they wait, a limited time and number; where this node is to take it and waits for a
/// check that is in flight elsewhere, they wait as long as the takeover does. Words that somebody waits for are kept by the node where
/// they were asked alone, and answered by the one that obeyed them.
/// </summary>
internal sealed class Requests(ClusterContext context, Ways ways, ReportStore reports, PeerGroup group, Action flushUpdates)
{
    /// <summary>Requests that wait for an owner; more are dropped, and that is said.</summary>
    public const int MaxWaiting = 1_024;

    /// <summary>Nodes that a request may pass: more than any way is long; it ends circles of nodes that disagree.</summary>
    public const int MaxHops = 32;

    /// <summary>How long one waits for an owner, and what was sent is remembered.</summary>
    public static readonly TimeSpan WaitLimit = TimeSpan.FromSeconds(10);

    private readonly List<(TimeSpan Until, LinkFrame.Request Request)> _waiting = [];

    // What was sent a moment ago, since a link may turn out to have been dead all the while. Oldest first.
    private readonly List<(TimeSpan Until, LinkId Link, LinkFrame.Request Request)> _sent = [];
    private readonly AwaitedRequests _awaited = new(context);
    private readonly ObeyedRequests _obeyed = new(context);

    private (long Reports, int Held) _seen;
    private TimeSpan _nextTry;

    /// <summary>Sends words on their way, or hands them over here.</summary>
    public void Route(ObjectKeys keys, LinkFrame.Request request)
    {
        // What somebody waits for is kept where it was asked, and nowhere else.
        if (TryRoute(keys, request) is null || request.Tag is not null)
        {
            return;
        }

        if (_waiting.Count >= MaxWaiting)
        {
            Drop(RequestEnd.TooManyWait);
            return;
        }

        _waiting.Add((context.Monotonic + WaitLimit, request));
    }

    /// <summary>The same for words of this node whose end somebody waits for.</summary>
    /// <returns>Their number.</returns>
    public long RouteAwaited(ObjectKeys keys, LinkFrame.Request request)
    {
        if (_awaited.IsFull)
        {
            return _awaited.Refuse($"{AwaitedRequests.Most} others wait for owners already");
        }

        var awaited = _awaited.Open(request);
        Try(keys, awaited);
        return awaited.Tag.Number;
    }

    /// <summary>A frame from a neighbour: words for this node or to be passed on, or what became of some.</summary>
    public void Receive(ObjectKeys keys, LinkFrame frame)
    {
        if (frame is LinkFrame.Answered answered)
        {
            Receive(answered);
        }
        else if (frame is LinkFrame.Request request)
        {
            if (request.Hops >= MaxHops)
            {
                if (request.Tag is null)
                {
                    Drop(RequestEnd.TooFar);
                }

                return;
            }

            Route(keys, request with { Hops = request.Hops + 1 });
        }
    }

    /// <summary>Words that somebody waits for were obeyed here, or why they were not.</summary>
    public void Answer(RequestTag tag, string? failure)
    {
        _obeyed.Answered(tag, failure);
        Reply(tag, failure, hops: 0);
    }

    /// <summary>A link ended: what was sent on it last is sent another way; its owner may get it twice.</summary>
    public void Forget(LinkId link)
    {
        _waiting.AddRange(_sent.Where(sent => sent.Link == link).Select(sent => (sent.Until, sent.Request)));
        _sent.RemoveAll(sent => sent.Link == link);
        _awaited.Forget(link);
    }

    /// <summary>Tries again what waits, when something happened that may have given it an owner or a way to it.</summary>
    public void Advance(ObjectKeys keys)
    {
        _sent.RemoveAll(sent => sent.Until <= context.Monotonic);
        var seen = (reports.Changes, group.Held);
        if ((_waiting.Count == 0 && !_awaited.IsAny) || (seen == _seen && context.Monotonic < _nextTry))
        {
            return;
        }

        (_seen, _nextTry) = (seen, context.Monotonic + Lifecycle.Heartbeat);
        foreach (var awaited in _awaited.Due(one => HasMoved(keys, one)))
        {
            Try(keys, awaited);
        }

        var before = _waiting.ToArray();
        _waiting.Clear();
        foreach (var (until, request) in before)
        {
            if (TryRoute(keys, request) is not { } missing)
            {
                continue;
            }

            // A takeover has an end of its own.
            if (context.Monotonic >= until && !(missing == RequestEnd.NotTaken && group.Awaits(keys.Find(request.Key.Span))))
            {
                Drop(missing);
            }
            else
            {
                _waiting.Add((until, request));
            }
        }
    }

    /// <summary>Sends what somebody waits for, again when it was sent before; or ends it.</summary>
    private void Try(ObjectKeys keys, AwaitedRequests.Awaited awaited)
    {
        if (_awaited.IsOver(awaited))
        {
            _awaited.End(
                awaited.Tag,
                $"its owner did not say within {AwaitedRequests.Limit.TotalSeconds:0} s that it has it; it may have it all the same");
            return;
        }

        var missing = TryRoute(keys, awaited.Request);
        awaited.NextTry = missing is null ? context.Monotonic + AwaitedRequests.Again : context.Monotonic;
        if (missing is { } end && context.Monotonic - awaited.Since >= WaitLimit
            && !(end == RequestEnd.NotTaken && group.Awaits(keys.Find(awaited.Request.Key.Span))))
        {
            _awaited.End(awaited.Tag, $"it was not brought to its owner: {ReasonOf(end)}");
        }
    }

    /// <summary>Whoever it went to is its owner no more, or can have become it only since: nobody needs to wait for the next try.</summary>
    private bool HasMoved(ObjectKeys keys, AwaitedRequests.Awaited awaited)
    {
        var index = keys.Find(awaited.Request.Key.Span);
        return index >= 0 && (group.OwnerOf(index) != awaited.Owner || (group.IsConfirmed && !awaited.IsSettled));
    }

    private void Receive(LinkFrame.Answered answered)
    {
        if (answered.Hops < MaxHops)
        {
            Reply(answered.Tag, answered.Failure, answered.Hops + 1);
        }
    }

    /// <summary>Brings an answer on its way to whoever asked, behind the values that it is about. When there is no way whoever asks hears
    /// it when it sends the words again.</summary>
    private void Reply(RequestTag tag, string? failure, int hops)
    {
        flushUpdates();
        if (tag.Origin == context.Self)
        {
            _awaited.End(tag, failure);
        }
        else if (ways.To(tag.Origin, Capabilities.Answers) is { } link)
        {
            context.Send(link, new LinkFrame.Answered(tag, failure, hops));
        }
    }

    /// <summary>Null when the words are on their way, or handed over here; else what is missing.</summary>
    private RequestEnd? TryRoute(ObjectKeys keys, LinkFrame.Request request)
    {
        var index = keys.Find(request.Key.Span);
        if (index >= 0 && group.Holds(index))
        {
            HandOver(index, request);
            return null;
        }

        // A node whose configuration does not have the object goes by the word of the one that asked.
        var owner = index < 0 ? request.Owner : group.OwnerOf(index);
        if (owner is not { } target)
        {
            return RequestEnd.NoOwner;
        }

        if (target == context.Self)
        {
            return RequestEnd.NotTaken;
        }

        var words = request with { Owner = target };
        if (request.Tag is null || ways.To(target, Capabilities.Requests | Capabilities.Answers) is not { } link)
        {
            if (ways.To(target, Capabilities.Requests) is not { } other)
            {
                return RequestEnd.OwnerNotReached;
            }

            // A node of an earlier version is asked as always, and answers nothing.
            words = words with { Tag = null };
            link = other;
        }

        // What the words are about may have been written a moment ago.
        flushUpdates();
        context.Send(link, words);
        if (request.Tag is not { } tag)
        {
            if (_sent.Count < MaxWaiting)
            {
                _sent.Add((context.Monotonic + WaitLimit, link, words));
            }
        }
        else if (words.Tag is null)
        {
            Reply(tag, failure: null, hops: 0);
        }
        else if (tag.Origin == context.Self)
        {
            _awaited.SentOn(link, tag, target, group.IsConfirmed);
        }

        return null;
    }

    /// <summary>This node is the owner.</summary>
    private void HandOver(int index, LinkFrame.Request request)
    {
        if (request.Tag is not { } tag || _obeyed.TryBegin(tag, out var answer))
        {
            context.Emit(new ClusterEffect.Asked(index, request.Payload) { Tag = request.Tag });
        }
        else if (answer.IsAnswered)
        {
            Reply(tag, answer.Failure, hops: 0);
        }
    }

    private void Drop(RequestEnd end) => context.NoticeOnce(
        $"request {end}",
        NoticeLevel.Warning,
        $"a request to the owner of an object was dropped: {ReasonOf(end)}");

    private static string ReasonOf(RequestEnd end) => end switch
    {
        RequestEnd.TooManyWait => $"{MaxWaiting} wait already",
        RequestEnd.TooFar => $"it passed {MaxHops} nodes that do not agree whose it is",
        RequestEnd.NoOwner => "no node takes a share of it",
        RequestEnd.OwnerNotReached => "there is no way to its owner that passes requests on",
        RequestEnd.NotTaken => "this node is its owner and could not take it",
        _ => throw new ArgumentOutOfRangeException(nameof(end), end, "no end of a request"),
    };
}
