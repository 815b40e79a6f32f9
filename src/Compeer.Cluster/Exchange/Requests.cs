using Compeer.Cluster.Handover;
using Compeer.Cluster.Links;
using Compeer.Cluster.Membership;
using Compeer.Cluster.Model;
using Compeer.Cluster.Wire;

namespace Compeer.Cluster.Exchange;

/// <summary>
/// Brings words to the present owner of an object, wherever in the component it is: straight to a neighbour, else along
/// the component. While nobody owns the object they wait, a limited time and number; where this node is to take it and waits for a
/// check that is in flight elsewhere, they wait as long as the takeover does.
/// </summary>
internal sealed class Requests(ClusterContext context, LinkTable links, ReportStore reports, PeerGroup group, Action flushUpdates)
{
    /// <summary>Requests that wait for an owner; more are dropped, and that is said.</summary>
    public const int MaxWaiting = 1_024;

    /// <summary>Nodes that a request may pass: more than any way is long; it ends circles of nodes that disagree.</summary>
    public const int MaxHops = 32;

    private static readonly TimeSpan WaitLimit = TimeSpan.FromSeconds(10);

    private readonly List<(TimeSpan Until, LinkFrame.Request Request)> _waiting = [];

    // What was sent a moment ago, since a link may turn out to have been dead all the while. Oldest first.
    private readonly List<(TimeSpan Until, LinkId Link, LinkFrame.Request Request)> _sent = [];

    private (long Reports, int Held) _seen;
    private TimeSpan _nextTry;

    /// <summary>Sends words on their way, or hands them over here.</summary>
    public void Route(ObjectKeys keys, LinkFrame.Request request)
    {
        if (TryRoute(keys, request) is null)
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

    /// <summary>Words from a neighbour: for this node, or to be passed on.</summary>
    public void Receive(ObjectKeys keys, LinkFrame.Request request)
    {
        if (request.Hops >= MaxHops)
        {
            Drop(RequestEnd.TooFar);
            return;
        }

        Route(keys, request with { Hops = request.Hops + 1 });
    }

    /// <summary>A link ended: what was sent on it last is sent another way; its owner may get it twice.</summary>
    public void Forget(LinkId link)
    {
        foreach (var (until, _, request) in _sent.Where(sent => sent.Link == link).ToArray())
        {
            _waiting.Add((until, request));
        }

        _sent.RemoveAll(sent => sent.Link == link);
    }

    /// <summary>Tries again what waits, when something happened that may have given it an owner or a way to it.</summary>
    public void Advance(ObjectKeys keys)
    {
        _sent.RemoveAll(sent => sent.Until <= context.Monotonic);
        var seen = (reports.Changes, group.Held);
        if (_waiting.Count == 0 || (seen == _seen && context.Monotonic < _nextTry))
        {
            return;
        }

        (_seen, _nextTry) = (seen, context.Monotonic + Lifecycle.Heartbeat);
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

    /// <summary>Null when the words are on their way, or handed over here; else what is missing.</summary>
    private RequestEnd? TryRoute(ObjectKeys keys, LinkFrame.Request request)
    {
        var index = keys.Find(request.Key.Span);
        if (index >= 0 && group.Holds(index))
        {
            context.Emit(new ClusterEffect.Asked(index, request.Payload));
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

        if (HopTo(target) is not { } link)
        {
            return RequestEnd.OwnerNotReached;
        }

        // What the words are about may have been written a moment ago.
        flushUpdates();
        context.Send(link, request with { Owner = target });
        if (_sent.Count < MaxWaiting)
        {
            _sent.Add((context.Monotonic + WaitLimit, link, request));
        }

        return null;
    }

    /// <summary>The link on which the shortest way to a node begins; null when there is none.</summary>
    private LinkId? HopTo(NodeId target)
    {
        if (Usable(target) is { } direct)
        {
            return direct;
        }

        var reached = new HashSet<NodeId> { target, context.Self };
        var open = new Queue<NodeId>([target]);
        while (open.TryDequeue(out var node))
        {
            foreach (var edge in reports.Find(node)?.Edges ?? [])
            {
                if (!reports.AreAdjacent(node, edge.Node) || !reached.Add(edge.Node))
                {
                    continue;
                }

                if (Usable(edge.Node) is { } link)
                {
                    return link;
                }

                open.Enqueue(edge.Node);
            }
        }

        return null;
    }

    private LinkId? Usable(NodeId node) =>
        links.Find(node)?.Greeted is { } link && link.Hello!.Capabilities.HasFlag(Capabilities.Requests)
            ? link.Id
            : null;

    private void Drop(RequestEnd end)
    {
        var reason = end switch
        {
            RequestEnd.TooManyWait => $"{MaxWaiting} wait already",
            RequestEnd.TooFar => $"it passed {MaxHops} nodes that do not agree whose it is",
            RequestEnd.NoOwner => "no node takes a share of it",
            RequestEnd.OwnerNotReached => "there is no way to its owner that passes requests on",
            RequestEnd.NotTaken => "this node is its owner and could not take it",
            _ => throw new ArgumentOutOfRangeException(nameof(end), end, "no end of a request"),
        };
        context.NoticeOnce(
            $"request {end}",
            NoticeLevel.Warning,
            $"a request to the owner of an object was dropped: {reason}");
    }
}
