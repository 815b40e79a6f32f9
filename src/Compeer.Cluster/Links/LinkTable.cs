using System.Globalization;
using Compeer.Cluster.Model;
using Compeer.Cluster.Wire;

namespace Compeer.Cluster.Links;

/// <summary>
/// The neighbours and the connections to them: which there are, when to dial, which of two stays, who is silent. What becomes of a
/// neighbour by that is <see cref="NeighbourMachine"/>'s.
/// </summary>
internal sealed class LinkTable(ClusterContext context)
{
    /// <summary>Connections to one neighbour at a time; more are refused.</summary>
    public const int MaxLinksPerNeighbour = 4;

    private readonly List<NeighbourMachine> _neighbours = [];
    private readonly Dictionary<LinkId, Link> _links = [];
    private readonly NeighbourWords _words = new(context);
    private (long Changes, IReadOnlyList<PeerStanding> List) _peers = (-1, []);
    private long _reconfigured;

    public IReadOnlyList<NeighbourMachine> Neighbours => _neighbours;

    /// <summary>How each neighbour stands with this node, in the order of the configuration; the same list until something happens.
    /// </summary>
    public IReadOnlyList<PeerStanding> Peers
    {
        get
        {
            var changes = _reconfigured + _neighbours.Sum(neighbour => neighbour.Changes);
            if (changes != _peers.Changes)
            {
                _peers = (changes, [.. _neighbours.Select(one => one.Standing)]);
            }

            return _peers.List;
        }
    }

    /// <summary>One greeted link of every peer that has one, in the order of the configuration.</summary>
    public IEnumerable<Link> PeerLinks() => GreetedLinks().Where(link => link.IsPeerLink);

    /// <summary>Whether this node notifies also while it sees a master: neither its own configuration says otherwise, nor any master
    /// when they met last.</summary>
    public bool Notifies => !_neighbours.Exists(one => one.Config.Kind == NeighbourKind.Master
        && (!one.Config.Notifies || one.LastHello is { ReceiverIsSilent: true }));

    /// <summary>All greeted links.</summary>
    public IEnumerable<Link> GreetedLinks() => _neighbours.Select(neighbour => neighbour.Greeted).OfType<Link>();

    public Link? Find(LinkId id) => _links.GetValueOrDefault(id);

    public NeighbourMachine? Find(NodeId id) => _neighbours.Find(neighbour => neighbour.Config.Id == id);

    /// <summary>What a node is called in a line for people.</summary>
    public string NameOf(NodeId node) => node == context.Self ? "this node" : Find(node)?.Name ?? node.ToString()[..8];

    /// <summary>This node is going to stop: no new connections.</summary>
    public bool IsStopping { get; set; }

    /// <summary>Is told of every connection that ended, by whoever's doing.</summary>
    public Action<LinkId> Forgotten { get; set; } = _ => { };

    /// <summary>The silence of a neighbour that makes it down.</summary>
    public TimeSpan SilenceLimit(Neighbour neighbour)
    {
        var limit = neighbour.DataTimeout ?? context.Options.DataTimeout;
        var least = 2 * context.Options.PulseInterval;
        return limit < least ? least : limit;
    }

    public void Configure(IReadOnlyList<Neighbour> configured)
    {
        var usable = ConfiguredNodes.Usable(context, configured);
        foreach (var gone in _neighbours.Where(old => !usable.Exists(one => one.Id == old.Config.Id)).ToArray())
        {
            CloseAll(gone, "the node is not configured any more");
            _reconfigured += gone.Changes;
            _neighbours.Remove(gone);
            context.Notice(NoticeLevel.Information, $"node {gone.Name} is not configured any more");
        }

        var byId = _neighbours.ToDictionary(neighbour => neighbour.Config.Id);
        _neighbours.Clear();
        _neighbours.AddRange(usable.Select(neighbour => byId.TryGetValue(neighbour.Id, out var known)
            ? Reconfigure(known, neighbour)
            : new NeighbourMachine(neighbour, context.Self, context.Now)));
        _reconfigured++;
    }

    public void Opened(LinkId id, NodeId from, bool dialledHere, string address)
    {
        var neighbour = Find(from);
        if (dialledHere)
        {
            neighbour?.Redial.Answered();
        }

        var refusal = neighbour is null
            ? new Refusal(RefusalCode.NotConfigured, $"node {from} is not configured here", $"its merlin.conf does not name node {from}")
            : IsStopping ? Refusal.Stopping
            : neighbour.Links.Count >= MaxLinksPerNeighbour ? Refusal.TooMany
            : null;
        if (refusal is not null)
        {
            Refuse(id, refusal);
            return;
        }

        var link = new Link(id, neighbour!, dialledHere, address, context.Now);
        _links.Add(id, link);
        neighbour!.Open(context.Now, link);
        context.Send(link.Id, OwnHello.To(neighbour.Config, SilenceLimit(neighbour.Config), context));
    }

    /// <summary>Takes a neighbour's hello; false when the link was closed for it.</summary>
    public bool Greet(Link link, LinkFrame.Hello hello)
    {
        var hasPollers = !context.Groups.IsEmpty;
        if (HelloCheck.Problem(link.Neighbour.Config, hello, context.Options.SoftwareVersion, context.Version, hasPollers)
            is { } problem)
        {
            Refuse(link, problem);
            return false;
        }

        var others = link.Neighbour.Links.Where(other => other != link && other.Hello is not null).ToArray();
        link.Greet(hello, context.Monotonic);
        if (link.Neighbour.Twins.IsOutrun(hello.Incarnation))
        {
            Refuse(link, TwinWatch.OutrunElsewhere(link));
            return false;
        }

        foreach (var other in others)
        {
            var loser = LinkChoice.Loser(link, other, context.Self);
            CloseLoser(loser, stays: loser == link ? other : link, isLatest: loser == link);
            if (loser == link)
            {
                return false;
            }
        }

        link.Neighbour.Greet(context.Now, link);
        return true;
    }

    /// <summary>The shell lost a connection.</summary>
    public void Lost(Link link, string reason)
    {
        Forget(link);
        reason = link.Hello is null && link.DialledHere
            ? $"{reason}, before it said anything; it may not have this node's key ({context.Self}) in its merlin.conf, see its log"
            : reason;
        link.Neighbour.Lose(context.Now, link, reason, context.Monotonic + context.Options.ReconnectGrace);
        if (link.Neighbour.Greeted is null)
        {
            link.Neighbour.Redial.Later(context.Monotonic);
            if (link.Hello is null)
            {
                _words.TellOnce(link.Neighbour, $"cannot be connected: {reason}");
            }
        }
    }

    /// <summary>A dial of the shell's came to nothing.</summary>
    public void DialFailed(NodeId id, string reason)
    {
        if (Find(id) is { } neighbour)
        {
            DialFailed(neighbour, reason);
        }
    }

    private void DialFailed(NeighbourMachine neighbour, string reason)
    {
        neighbour.DialFailed(context.Now, reason);
        neighbour.Redial.Later(context.Monotonic);
        _words.TellOnce(neighbour, $"cannot be connected: {reason}");
    }

    /// <summary>The other end broke a rule of the protocol: close, and count it as down at once.</summary>
    public void Refuse(Link link, string rule) => Refuse(link, Refusal.Broken(rule));

    /// <summary>A pulse came; false when the link was closed, as another node with the same key was started later.</summary>
    /// <param name="link">On which.</param>
    /// <param name="latest">The latest run of that node that anybody speaks of.</param>
    public bool TakePulse(Link link, long latest)
    {
        if (!link.Neighbour.Twins.Outruns(link, latest))
        {
            return true;
        }

        Refuse(link, TwinWatch.OutrunElsewhere(link));
        return false;
    }

    /// <summary>The other end says that it does not want this connection, and why.</summary>
    public void RefusedThere(Link link, LinkFrame.Refused refused)
    {
        Forget(link);
        context.Emit(new ClusterEffect.Close(link.Id, $"refused there: {refused.Reason}"));

        // Before it gives up the connection of this node's former run, it takes this run for the earlier of two: the next try will do.
        var isWaitedFor = refused.Code == RefusalCode.SameKey;
        var reason = $"it refuses this node: {refused.Reason}";
        link.Neighbour.Refuse(context.Now, link, reason, isTold: !Refusal.IsFault(refused.Code), isWaitedFor);
        RedialWhenAlone(link.Neighbour);
    }

    /// <summary>This node has caught up with a neighbour.</summary>
    public void Synced(Link link) => link.Neighbour.Sync(context.Now, link);

    /// <summary>Dials, gives up what was silent or away for too long.</summary>
    public void Advance()
    {
        foreach (var neighbour in _neighbours)
        {
            var limit = SilenceLimit(neighbour.Config);
            foreach (var link in neighbour.Links.Where(link => context.Monotonic >= link.LastReceived + limit).ToArray())
            {
                Close(link, string.Create(CultureInfo.InvariantCulture, $"silent for {limit.TotalSeconds:0.###} s"));
            }

            neighbour.Advance(context.Now);
            if (neighbour.Redial.IsOver(context.Monotonic))
            {
                DialFailed(neighbour, "no answer");
            }

            if (MayDial(neighbour) && neighbour.Redial.IsDue(context.Monotonic))
            {
                neighbour.Dial(context.Now);
                context.Emit(new ClusterEffect.Dial(neighbour.Config.Id));
            }
        }
    }

    /// <summary>When <see cref="Advance"/> has something to do.</summary>
    public TimeSpan NextWake()
    {
        var next = TimeSpan.MaxValue;
        foreach (var neighbour in _neighbours)
        {
            foreach (var link in neighbour.Links)
            {
                next = Earlier(next, link.LastReceived + SilenceLimit(neighbour.Config));
                next = link.Hello is null ? next : Earlier(next, link.NextPulse);
            }

            next = Earlier(next, neighbour.GraceEnd ?? TimeSpan.MaxValue);
            next = Earlier(next, neighbour.Redial.End ?? (MayDial(neighbour) ? neighbour.Redial.NextWake : TimeSpan.MaxValue));
        }

        return next;
    }

    /// <summary>This node did not listen for a while: what it did not hear in that time is nobody's silence.</summary>
    public void Forgive(TimeSpan deafFor)
    {
        foreach (var link in _links.Values)
        {
            link.Forgive(deafFor, context.Monotonic);
        }
    }

    /// <summary>This node was away for so long that nobody may count on it any more, nor it on anybody.</summary>
    public void DoubtAll() => _neighbours.ForEach(neighbour => neighbour.Doubt(context.Now));

    /// <summary>All peers have to be caught up with, while they are counted on as before.</summary>
    public void ResyncAll() => _neighbours.ForEach(neighbour => neighbour.Resync(context.Now));

    /// <summary>This node begins to wait for its peers.</summary>
    public void WaitAnew() => _neighbours.ForEach(neighbour => neighbour.WaitAnew(context.Now));

    /// <summary>Says what changed about the neighbours.</summary>
    public void Settle() => _words.Tell(_neighbours);

    /// <summary>Ends all connections to all neighbours.</summary>
    public void CloseAll(string reason) => _neighbours.ForEach(neighbour => CloseAll(neighbour, reason));

    private static TimeSpan Earlier(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private bool MayDial(NeighbourMachine neighbour) => neighbour.Config.Connect && neighbour.Links.Count == 0 && !IsStopping;

    private NeighbourMachine Reconfigure(NeighbourMachine known, Neighbour neighbour)
    {
        if (known.Config.Kind != neighbour.Kind)
        {
            CloseAll(known, $"it is a {neighbour.Kind} now");
        }

        var reason = neighbour.Kind == NeighbourKind.Poller && known.Config.Notifies != neighbour.Notifies
            ? "it is told anew whether it notifies"
            : (known.Config.Uuid, known.Config.OwnUuid) != (neighbour.Uuid, neighbour.OwnUuid) ? "a uuid has changed" : null;
        known.Configure(neighbour, context.Now);
        if (reason is not null)
        {
            TellAnew(known, reason);
        }

        return known;
    }

    /// <summary>What the first words on a connection say has changed: connects once more. It is back before anybody takes it for lost.
    /// </summary>
    private void TellAnew(NeighbourMachine neighbour, string reason)
    {
        foreach (var link in neighbour.Links.ToArray())
        {
            Forget(link);
            context.Emit(new ClusterEffect.Close(link.Id, reason));
            neighbour.Lose(context.Now, link, reason, context.Monotonic + context.Options.ReconnectGrace);
        }

        neighbour.Redial.AtOnce(context.Monotonic);
    }

    private void CloseAll(NeighbourMachine neighbour, string reason)
    {
        foreach (var link in neighbour.Links.ToArray())
        {
            Close(link, reason);
        }

        neighbour.GiveUp(context.Now, reason);
    }

    /// <summary>Of two greeted connections one goes. Two of one run are the rule, as both ends dial; two runs may be two nodes.</summary>
    private void CloseLoser(Link loser, Link stays, bool isLatest)
    {
        if (loser.Hello!.Incarnation == stays.Hello!.Incarnation)
        {
            Close(loser, "another connection to the same node is in use");
            return;
        }

        if (isLatest && loser.Neighbour.Twins.AreTwins(stays, context.Monotonic))
        {
            _words.TellOnce(loser.Neighbour, TwinWatch.Words(stays, loser));
        }

        var refusal = TwinWatch.Refusal(stays, loser);
        context.Send(loser.Id, new LinkFrame.Refused(refusal.There, refusal.Code));
        Close(loser, refusal.Here);
    }

    /// <summary>This node does not want a connection, and says why.</summary>
    public void Refuse(Link link, Refusal refusal)
    {
        _words.TellOnce(link.Neighbour, $"is refused: {refusal.Here}");
        Forget(link);
        Refuse(link.Id, refusal);
        link.Neighbour.Refuse(context.Now, link, refusal.Here, isTold: true, isWaitedFor: false);
        RedialWhenAlone(link.Neighbour);
    }

    private void Refuse(LinkId link, Refusal refusal)
    {
        context.Send(link, new LinkFrame.Refused(refusal.There, refusal.Code));
        context.Emit(new ClusterEffect.Close(link, refusal.Here));
    }

    private void Close(Link link, string reason)
    {
        Forget(link);
        context.Emit(new ClusterEffect.Close(link.Id, reason));
        link.Neighbour.Close(context.Now, link, reason);
        RedialWhenAlone(link.Neighbour);
    }

    private void RedialWhenAlone(NeighbourMachine neighbour)
    {
        if (neighbour.Links.Count == 0)
        {
            neighbour.Redial.Later(context.Monotonic);
        }
    }

    private void Forget(Link link)
    {
        _links.Remove(link.Id);
        Forgotten(link.Id);
    }
}
