using Compeer.Cluster.Handover;
using Compeer.Cluster.Links;
using Compeer.Cluster.Membership;
using Compeer.Cluster.Model;
using Compeer.Cluster.Wire;

namespace Compeer.Cluster.Exchange;

/// <summary>
/// Brings words to the present owner of an object, wherever in the component it is: straight to a neighbour, else along
/// the component. While nobody owns the object, or its owner has not taken it yet, they wait, a limited time and number.
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

    /// <summary>Requests that found no owner in time, since the start.</summary>
    public long Dropped { get; private set; }

    /// <summary>Sends words on their way, or hands them over here.</summary>
    public void Route(ObjectKeys keys, LinkFrame.Request request)
    {
        if (TryRoute(keys, request))
        {
            return;
        }

        if (_waiting.Count >= MaxWaiting)
        {
            Drop("too many wait already");
            return;
        }

        _waiting.Add((context.Monotonic + WaitLimit, request));
    }

    /// <summary>Words from a neighbour: for this node, or to be passed on.</summary>
    public void Receive(ObjectKeys keys, LinkFrame.Request request)
    {
        if (request.Hops >= MaxHops)
        {
            Drop("it passed too many nodes");
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

    /// <summary>Tries again what waits.</summary>
    public void Advance(ObjectKeys keys)
    {
        _sent.RemoveAll(sent => sent.Until <= context.Monotonic);
        if (_waiting.Count == 0)
        {
            return;
        }

        var before = _waiting.ToArray();
        _waiting.Clear();
        foreach (var (until, request) in before)
        {
            if (TryRoute(keys, request))
            {
                continue;
            }

            if (context.Monotonic >= until)
            {
                Drop("its object had no owner that can be reached");
            }
            else
            {
                _waiting.Add((until, request));
            }
        }
    }

    private bool TryRoute(ObjectKeys keys, LinkFrame.Request request)
    {
        var index = keys.Find(request.Key.Span);
        if (index >= 0 && group.Holds(index))
        {
            context.Emit(new ClusterEffect.Asked(index, request.Payload));
            return true;
        }

        // A node whose configuration does not have the object goes by the word of the one that asked.
        var owner = index < 0 ? request.Owner : group.OwnerOf(index);
        if (owner is not { } target || target == context.Self || HopTo(target) is not { } link)
        {
            return false;
        }

        // What the words are about may have been written a moment ago.
        flushUpdates();
        context.Send(link, request with { Owner = target });
        if (_sent.Count < MaxWaiting)
        {
            _sent.Add((context.Monotonic + WaitLimit, link, request));
        }

        return true;
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
        links.Find(node)?.Greeted is { IsPeerLink: true } link && link.Hello!.Capabilities.HasFlag(Capabilities.Requests)
            ? link.Id
            : null;

    private void Drop(string reason)
    {
        Dropped++;
        context.NoticeOnce("request", NoticeLevel.Warning, $"a request to the owner of an object was dropped: {reason}");
    }
}
