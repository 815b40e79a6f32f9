using Compeer.Cluster.Model;
using Compeer.Cluster.Wire;

namespace Compeer.Cluster.Links;

/// <summary>
/// One neighbour: what happens to its connections goes in, and it is down, connecting, syncing or active, with the reason. A connection
/// that broke a moment ago is not news: until the grace is over it stays active.
/// </summary>
internal sealed class NeighbourMachine
{
    private readonly List<Link> _links = [];
    private Link? _synced;
    private string _reason = "not connected yet";
    private bool _hasFailed;
    private bool _isRefused;

    // A dial that is repeated again and again does not make it connecting.
    private bool _isKnownDown;
    private NodeLinkState _told = NodeLinkState.Down;
    private bool _wasActive;
    private TimeSpan _clockAhead;

    public NeighbourMachine(Neighbour config, NodeId self, ClusterTime now)
    {
        Config = config;
        StateSince = now.Wall;
        Redial = new Redial(self, config.Id, now.Monotonic);
    }

    public Neighbour Config { get; private set; }

    public string Name => Config.Name;

    public bool IsPeer => Config.Kind == NeighbourKind.Peer;

    public bool IsBelow => Config.Kind == NeighbourKind.Poller;

    public NodeLinkState State { get; private set; } = NodeLinkState.Down;

    /// <summary>Since when it is in that state, by the wall clock.</summary>
    public DateTimeOffset StateSince { get; private set; }

    /// <summary>Why it is not active; empty when it is, and only then.</summary>
    public string Reason => State == NodeLinkState.Active ? "" : _reason;

    /// <summary>All connections to it.</summary>
    public IReadOnlyList<Link> Links => _links;

    /// <summary>The link in use; null when there is none that was greeted.</summary>
    public Link? Greeted => _links.Find(link => link.Hello is not null);

    /// <summary>Whether its reason needs no line of its own: it was told, or is for nobody to mend.</summary>
    public bool IsTold { get; private set; }

    /// <summary>The run this node has caught up with and still counts on; null when it is down. Survives a short interruption.</summary>
    public Run? Edge { get; private set; }

    /// <summary>When it is given up unless a connection comes back.</summary>
    public TimeSpan? GraceEnd { get; private set; }

    /// <summary>What it said first when it was greeted last.</summary>
    public LinkFrame.Hello? LastHello { get; private set; }

    /// <summary>When its last frame came, by the wall clock.</summary>
    public DateTimeOffset? LastAlive { get; private set; }

    public Redial Redial { get; }

    public NeighbourClock Clock { get; } = new();

    /// <summary>Notices that two nodes have its key.</summary>
    public TwinWatch Twins { get; } = new();

    /// <summary>Rises with everything that happens to it.</summary>
    public long Changes { get; private set; }

    public PeerStanding Standing =>
        new(Config.Id, Config.Kind, Edge, Greeted?.Id, IsSynced, HasFailed: _hasFailed && _links.Count == 0, _clockAhead);

    private bool IsSynced => _synced is not null && _synced == Greeted;

    /// <summary>It is configured in another way.</summary>
    public void Configure(Neighbour config, ClusterTime now) => Move(now, () => Config = config);

    /// <summary>It says what time it has.</summary>
    public void ReadClock(ClusterTime now, long wallMilliseconds)
    {
        Clock.Read(now, wallMilliseconds);
        var ahead = Clock.Difference(now);
        if ((ahead - _clockAhead).Duration() >= NeighbourClock.Told)
        {
            Move(now, () => _clockAhead = ahead);
        }
    }

    /// <summary>A dial was made.</summary>
    public void Dial(ClusterTime now) => Move(now, () => Redial.Begin(now.Monotonic));

    /// <summary>A dial came to nothing.</summary>
    public void DialFailed(ClusterTime now, string reason) => Move(now, () =>
    {
        Redial.Answered();
        _isKnownDown = true;
        _hasFailed |= _links.Count == 0;
        if (Edge is null && _links.Count == 0)
        {
            Because(reason);
        }
    });

    /// <summary>A connection stands.</summary>
    public void Open(ClusterTime now, Link link) => Move(now, () =>
    {
        _links.Add(link);
        if (link.DialledHere)
        {
            Redial.Answered();
        }
    });

    /// <summary>The other end of a connection, the only greeted one, said hello.</summary>
    public void Greet(ClusterTime now, Link link) => Move(now, () =>
    {
        LastHello = link.Hello!;
        _hasFailed = _isKnownDown = _isRefused = IsTold = false;
        GraceEnd = null;
        Because("catching up with it");
        if (Edge is { } edge && edge.Incarnation != LastHello.Incarnation)
        {
            Edge = null;
        }
    });

    /// <summary>This node has caught up with it.</summary>
    public void Sync(ClusterTime now, Link link) => Move(now, () =>
    {
        _synced = link;
        Redial.Succeeded();
        Edge = new Run(Config.Id, link.Hello!.Incarnation);
    });

    /// <summary>A connection ended without this node's doing.</summary>
    public void Lose(ClusterTime now, Link link, string reason, TimeSpan graceEnd) => Move(now, () =>
    {
        Forget(link);
        if (Greeted is not null)
        {
            return;
        }

        Because($"connection closed: {reason}");
        if (Edge is not null)
        {
            GraceEnd ??= graceEnd;
        }

        if (link.Hello is null)
        {
            _hasFailed = _isKnownDown = true;
        }
    });

    /// <summary>This node ended a connection, or the other end said that it does not want it. Without another one it is down.</summary>
    public void Close(ClusterTime now, Link link, string reason) => Move(now, () =>
    {
        Forget(link);
        if (Greeted is null)
        {
            Drop(reason);
        }
    });

    /// <summary>A connection is refused, here or there: close it.</summary>
    /// <param name="now">The time.</param>
    /// <param name="link">Which.</param>
    /// <param name="reason">Why.</param>
    /// <param name="isTold">Whether that needs no line of its own.</param>
    /// <param name="isWaitedFor">Whether a start waits for it all the same.</param>
    public void Refuse(ClusterTime now, Link link, string reason, bool isTold, bool isWaitedFor)
    {
        _hasFailed |= !isWaitedFor;
        IsTold = isTold;
        _isRefused = true;
        Close(now, link, reason);
    }

    /// <summary>Nobody counts on it any more.</summary>
    public void GiveUp(ClusterTime now, string reason) => Move(now, () => Drop(reason));

    /// <summary>Time passed: it is down when no connection came back in time.</summary>
    public void Advance(ClusterTime now)
    {
        if (GraceEnd <= now.Monotonic)
        {
            GiveUp(now, _reason);
        }
    }

    /// <summary>This node was away for so long that nobody may count on anybody: it has to be caught up with anew.</summary>
    public void Doubt(ClusterTime now) => Move(now, () =>
    {
        Edge = null;
        GraceEnd = null;
        _synced = null;
    });

    /// <summary>This node lacks something of what a peer has: it has to be caught up with, and is counted on meanwhile.</summary>
    public void Resync(ClusterTime now) => Move(now, () => _synced = null);

    /// <summary>This node begins to wait for it: what failed before does not count.</summary>
    public void WaitAnew(ClusterTime now) => Move(now, () => _hasFailed = false);

    /// <summary>A frame came.</summary>
    public void Hear(ClusterTime now) => LastAlive = now.Wall;

    /// <summary>What changed since this was asked last.</summary>
    public NeighbourNews TakeNews()
    {
        var before = _told;
        _told = State;
        if (before == State)
        {
            return NeighbourNews.None;
        }

        if (State == NodeLinkState.Active)
        {
            // Caught up with anew, over another connection, it was active all the time for whoever reads the log.
            var isNew = !_wasActive;
            _wasActive = true;
            return isNew ? NeighbourNews.Active : NeighbourNews.None;
        }

        if (State != NodeLinkState.Down)
        {
            return NeighbourNews.None;
        }

        var wasActive = _wasActive;
        _wasActive = false;
        return wasActive ? NeighbourNews.Lost
            : before == NodeLinkState.Syncing || _isRefused ? NeighbourNews.NotReached
            : NeighbourNews.None;
    }

    private void Move(ClusterTime now, Action input)
    {
        input();
        Changes++;
        var next = Present();
        if (next != State)
        {
            (State, StateSince) = (next, now.Wall);
            _reason = next == NodeLinkState.Syncing ? "catching up with it" : _reason;
        }
    }

    /// <summary>What its connections make it.</summary>
    private NodeLinkState Present() =>
        Greeted is not null ? IsSynced ? NodeLinkState.Active : NodeLinkState.Syncing
        : Edge is not null ? NodeLinkState.Active
        : _links.Count > 0 || (Redial.End is not null && !_isKnownDown) ? NodeLinkState.Connecting
        : NodeLinkState.Down;

    private void Drop(string reason)
    {
        Because(reason);
        Edge = null;
        GraceEnd = null;
        _isKnownDown = true;
    }

    private void Forget(Link link)
    {
        _links.Remove(link);
        _synced = _synced == link ? null : _synced;
    }

    private void Because(string reason)
    {
        ArgumentException.ThrowIfNullOrEmpty(reason);
        _reason = reason;
    }
}
