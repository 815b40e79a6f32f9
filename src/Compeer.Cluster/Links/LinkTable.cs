using System.Globalization;
using Compeer.Cluster.Model;
using Compeer.Cluster.Wire;

namespace Compeer.Cluster.Links;

/// <summary>
/// The neighbours and the connections to them: dialling, greeting, one connection of two, silence, and who is down.
/// </summary>
internal sealed class LinkTable(ClusterContext context)
{
    /// <summary>Connections to one neighbour at a time; more are refused.</summary>
    private const int MaxLinksPerNeighbour = 4;

    /// <summary>A dial that the shell never answers counts as failed after this.</summary>
    private static readonly TimeSpan DialLimit = TimeSpan.FromSeconds(10);

    private readonly List<NeighbourState> _neighbours = [];
    private readonly Dictionary<LinkId, Link> _links = [];

    public IReadOnlyList<NeighbourState> Neighbours => _neighbours;

    /// <summary>One greeted link of every peer that has one, in the order of the configuration.</summary>
    public IEnumerable<Link> PeerLinks()
    {
        foreach (var neighbour in _neighbours)
        {
            if (neighbour.IsPeer && neighbour.Greeted is { } link)
            {
                yield return link;
            }
        }
    }

    /// <summary>All greeted links.</summary>
    public IEnumerable<Link> GreetedLinks() => _neighbours.Select(neighbour => neighbour.Greeted).OfType<Link>();

    public Link? Find(LinkId id) => _links.GetValueOrDefault(id);

    public NeighbourState? Find(NodeId id) => _neighbours.Find(neighbour => neighbour.Config.Id == id);

    public bool IsStopping { get; set; }

    /// <summary>Is told of every connection that ended, by whoever's doing.</summary>
    public Action<LinkId> Forgotten { get; set; } = _ => { };

    /// <summary>The silence of a neighbour that makes it down.</summary>
    public TimeSpan SilenceLimit(NeighbourState neighbour)
    {
        var limit = neighbour.Config.DataTimeout ?? context.Options.DataTimeout;
        var least = 2 * context.Options.PulseInterval;
        return limit < least ? least : limit;
    }

    public void Configure(IReadOnlyList<Neighbour> configured)
    {
        var wanted = new List<Neighbour>();
        foreach (var neighbour in configured)
        {
            if (neighbour.Id == context.Self)
            {
                context.Notice(NoticeLevel.Warning, $"node {neighbour.Name} has this node's own key and is left out");
            }
            else if (wanted.Find(other => other.Id == neighbour.Id) is { } other)
            {
                context.Notice(
                    NoticeLevel.Warning, $"nodes {other.Name} and {neighbour.Name} have the same key; {neighbour.Name} is left out");
            }
            else if (wanted.Count == ProtocolLimits.MaxNodes - 1)
            {
                context.Notice(
                    NoticeLevel.Error, $"node {neighbour.Name} is left out: a cluster has at most {ProtocolLimits.MaxNodes} nodes");
            }
            else
            {
                wanted.Add(neighbour);
            }
        }

        foreach (var gone in _neighbours.Where(old => !wanted.Exists(one => one.Id == old.Config.Id)).ToArray())
        {
            CloseAll(gone, "the node is not configured any more");
            _neighbours.Remove(gone);
            context.Notice(NoticeLevel.Information, $"node {gone.Name} is not configured any more");
        }

        var byId = _neighbours.ToDictionary(neighbour => neighbour.Config.Id);
        _neighbours.Clear();
        foreach (var neighbour in wanted)
        {
            _neighbours.Add(byId.TryGetValue(neighbour.Id, out var state)
                ? Reconfigure(state, neighbour)
                : new NeighbourState(neighbour, context.Now));
        }
    }

    public void Opened(LinkId id, NodeId from, bool dialledHere)
    {
        var neighbour = Find(from);
        if (dialledHere && neighbour is not null)
        {
            neighbour.DialEnd = null;
        }

        if (neighbour is null || IsStopping || neighbour.Links.Count >= MaxLinksPerNeighbour)
        {
            context.Emit(new ClusterEffect.Close(id, neighbour is null ? $"node {from} is not configured here"
                : IsStopping ? "this node is stopping" : $"node {neighbour.Name} has too many connections"));
            return;
        }

        var link = new Link(id, neighbour, dialledHere, context.Now);
        neighbour.Links.Add(link);
        _links.Add(id, link);
        context.Send(link.Id, new LinkFrame.Hello(
            ProtocolLimits.MinVersion,
            ProtocolLimits.MaxVersion,
            context.Self,
            context.Run.Incarnation,
            Shortened(context.Options.SoftwareVersion),
            context.Version,
            neighbour.Config.Kind,
            SilenceLimit(neighbour),
            context.Now.Wall.ToUnixTimeMilliseconds(),
            Capabilities.Own));
    }

    /// <summary>Takes a neighbour's hello; false when the link was closed for it.</summary>
    public bool Greet(Link link, LinkFrame.Hello hello)
    {
        var neighbour = link.Neighbour;
        if (HelloCheck.Problem(neighbour, hello) is { } problem)
        {
            Refuse(link, problem);
            return false;
        }

        link.Hello = hello;
        link.NextPulse = context.Monotonic;
        neighbour.HasFailed = false;
        neighbour.IsKnownDown = false;
        neighbour.SoftwareVersion = hello.SoftwareVersion;
        neighbour.Incarnation = hello.Incarnation;
        neighbour.Version = hello.Configuration;
        if (neighbour.Edge is { } edge && edge.Incarnation != hello.Incarnation)
        {
            MarkDown(neighbour, "it was restarted");
        }

        neighbour.GraceEnd = null;
        foreach (var other in neighbour.Links.Where(other => other != link && other.Hello is not null).ToArray())
        {
            var loser = LinkChoice.Loser(link, other, context.Self);
            Close(loser, "another connection to the same node is in use");
            if (loser == link)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The shell lost a connection.</summary>
    public void Lost(Link link, string reason)
    {
        Forget(link);
        var neighbour = link.Neighbour;
        if (neighbour.Greeted is not null)
        {
            return;
        }

        neighbour.Reason = $"connection closed: {reason}";
        if (neighbour.Edge is not null)
        {
            neighbour.GraceEnd ??= context.Monotonic + context.Options.ReconnectGrace;
        }

        if (link.Hello is null)
        {
            neighbour.HasFailed = true;
            neighbour.IsKnownDown = true;
            TellWhyUnreachable(neighbour, reason);
        }

        Retry(neighbour);
    }

    public void DialFailed(NeighbourState neighbour, string reason)
    {
        neighbour.DialEnd = null;
        neighbour.IsKnownDown = true;
        neighbour.HasFailed |= neighbour.Links.Count == 0;
        if (neighbour.Edge is null && neighbour.Links.Count == 0)
        {
            neighbour.Reason = reason;
        }

        TellWhyUnreachable(neighbour, reason);
        Retry(neighbour);
    }

    /// <summary>The other end broke a rule: close, and count it as down at once.</summary>
    public void Refuse(Link link, string reason)
    {
        context.NoticeOnce(
            $"refuse {link.Neighbour.Config.Id} {reason}", NoticeLevel.Warning, $"node {link.Neighbour.Name} is refused: {reason}");
        Close(link, reason);
        link.Neighbour.HasFailed = true;
        if (link.Neighbour.Greeted is null)
        {
            MarkDown(link.Neighbour, reason);
        }
    }

    /// <summary>This node has caught up with a neighbour.</summary>
    public static void Synced(Link link)
    {
        link.IsSynced = true;
        link.Neighbour.Failures = 0;
        link.Neighbour.Edge = link.Neighbour.IsPeer ? new Run(link.Neighbour.Config.Id, link.Hello!.Incarnation) : null;
    }

    /// <summary>Dials, gives up what was silent or away for too long.</summary>
    public void Advance()
    {
        foreach (var neighbour in _neighbours)
        {
            foreach (var link in neighbour.Links.Where(link => IsSilent(link)).ToArray())
            {
                var limit = SilenceLimit(neighbour);
                Close(link, string.Create(CultureInfo.InvariantCulture, $"silent for {limit.TotalSeconds:0.###} s"));
                if (neighbour.Greeted is null)
                {
                    MarkDown(neighbour, string.Create(CultureInfo.InvariantCulture, $"silent for {limit.TotalSeconds:0.###} s"));
                }
            }

            if (neighbour.GraceEnd <= context.Monotonic)
            {
                MarkDown(neighbour, neighbour.Reason);
            }

            if (neighbour.DialEnd <= context.Monotonic)
            {
                DialFailed(neighbour, "no answer");
            }

            if (neighbour.Config.Connect && neighbour.Links.Count == 0 && neighbour.DialEnd is null && !IsStopping
                && neighbour.NextDial <= context.Monotonic)
            {
                neighbour.DialEnd = context.Monotonic + DialLimit;
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
                next = Earlier(next, link.LastReceived + SilenceLimit(neighbour));
                next = link.Hello is null ? next : Earlier(next, link.NextPulse);
            }

            next = Earlier(next, neighbour.GraceEnd ?? TimeSpan.MaxValue);
            next = Earlier(next, neighbour.DialEnd
                ?? (neighbour.Links.Count == 0 && neighbour.Config.Connect && !IsStopping ? neighbour.NextDial : TimeSpan.MaxValue));
        }

        return next;
    }

    /// <summary>This node did not listen for a while: what it did not hear in that time is nobody's silence.</summary>
    public void Forgive(TimeSpan deafFor)
    {
        foreach (var link in _links.Values)
        {
            link.LastReceived = Earlier(link.LastReceived + deafFor, context.Monotonic);
        }
    }

    /// <summary>This node was away for so long that nobody may count on it any more, nor it on anybody.</summary>
    public void DoubtAll()
    {
        foreach (var neighbour in _neighbours)
        {
            neighbour.Edge = null;
            neighbour.GraceEnd = null;
        }

        foreach (var link in PeerLinks())
        {
            link.IsSynced = false;
        }
    }

    /// <summary>Updates what is shown of the neighbours, and says what changed.</summary>
    public void Settle()
    {
        foreach (var neighbour in _neighbours)
        {
            var state = neighbour.Current();
            if (state == neighbour.State)
            {
                continue;
            }

            var before = neighbour.State;
            (neighbour.State, neighbour.StateSince) = (state, context.Now.Wall);
            if (state == NodeLinkState.Active)
            {
                neighbour.Reason = "";
                context.Notice(NoticeLevel.Information, $"node {neighbour.Name} is active");
            }
            else if (state == NodeLinkState.Down && before is NodeLinkState.Active or NodeLinkState.Syncing)
            {
                context.Notice(NoticeLevel.Warning, $"node {neighbour.Name} is down: {neighbour.Reason}");
            }
        }
    }

    public void CloseAll(NeighbourState neighbour, string reason)
    {
        foreach (var link in neighbour.Links.ToArray())
        {
            Close(link, reason);
        }

        MarkDown(neighbour, reason);
    }

    private static TimeSpan Earlier(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static string Shortened(string text) => text.Length <= ProtocolLimits.MaxText ? text : text[..ProtocolLimits.MaxText];

    private NeighbourState Reconfigure(NeighbourState state, Neighbour neighbour)
    {
        if (state.Config.Kind != neighbour.Kind)
        {
            CloseAll(state, $"it is a {neighbour.Kind} now");
        }

        state.Config = neighbour;
        return state;
    }

    private bool IsSilent(Link link) => context.Monotonic >= link.LastReceived + SilenceLimit(link.Neighbour);

    private void Close(Link link, string reason)
    {
        Forget(link);
        context.Emit(new ClusterEffect.Close(link.Id, reason));
        if (link.Neighbour.Links.Count == 0)
        {
            Retry(link.Neighbour);
        }
    }

    private void Forget(Link link)
    {
        _links.Remove(link.Id);
        link.Neighbour.Links.Remove(link);
        Forgotten(link.Id);
    }

    private static void MarkDown(NeighbourState neighbour, string reason)
    {
        neighbour.Edge = null;
        neighbour.GraceEnd = null;
        neighbour.IsKnownDown = true;
        neighbour.Reason = reason;
    }

    /// <summary>Dials are repeated for as long as they fail: each reason is told once.</summary>
    private void TellWhyUnreachable(NeighbourState neighbour, string reason) => context.NoticeOnce(
        $"unreachable {neighbour.Config.Id} {reason}",
        NoticeLevel.Warning,
        $"node {neighbour.Name} cannot be connected: {reason}");

    private void Retry(NeighbourState neighbour)
    {
        neighbour.NextDial = context.Monotonic + Backoff.After(neighbour.Failures, context.Self, neighbour.Config.Id);
        neighbour.Failures++;
    }
}
