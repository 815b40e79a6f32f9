using Compeer.Cluster.Model;

namespace Compeer.Cluster.Links;

/// <summary>What this node knows about one neighbour, and its links to it.</summary>
internal sealed class NeighbourState(Neighbour config, ClusterTime now)
{
    /// <summary>Times further from 1970 than 5,000 years are not read.</summary>
    private const long MaxWallMilliseconds = 5_000L * 365 * 24 * 3_600 * 1_000;

    public Neighbour Config { get; set; } = config;

    public string Name => Config.Name;

    public bool IsPeer => Config.Kind == NeighbourKind.Peer;

    public List<Link> Links { get; } = [];

    /// <summary>The link in use; null when there is none that was greeted.</summary>
    public Link? Greeted => Links.Find(link => link.Hello is not null);

    /// <summary>The run this node has caught up with and still counts on; null when it is down. Survives a short interruption.</summary>
    public Run? Edge { get; set; }

    /// <summary>When it is given up unless a connection comes back.</summary>
    public TimeSpan? GraceEnd { get; set; }

    /// <summary>When a dial under way is given up; null when none is.</summary>
    public TimeSpan? DialEnd { get; set; }

    public TimeSpan NextDial { get; set; } = now.Monotonic;

    public int Failures { get; set; }

    /// <summary>It could not be reached, or was refused, since this node began to wait for it.</summary>
    public bool HasFailed { get; set; }

    /// <summary>A dial that is repeated again and again does not make it connecting.</summary>
    public bool IsKnownDown { get; set; }

    public NodeLinkState State { get; set; } = NodeLinkState.Down;

    public DateTimeOffset StateSince { get; set; } = now.Wall;

    public DateTimeOffset? LastAlive { get; set; }

    public TimeSpan? RoundTrip { get; set; }

    /// <summary>Its wall clock when it said so last, with what was underway; and when that was here.</summary>
    private (DateTimeOffset Theirs, TimeSpan Here)? _clock;

    /// <summary>It says what time it has.</summary>
    public void ReadClock(ClusterTime now, long wallMilliseconds)
    {
        if (Math.Abs(wallMilliseconds) < MaxWallMilliseconds)
        {
            _clock = (DateTimeOffset.FromUnixTimeMilliseconds(wallMilliseconds) + ((RoundTrip ?? TimeSpan.Zero) / 2), now.Monotonic);
        }
    }

    /// <summary>How far its wall clock is ahead of this node's; less than a second is none, as is a clock never read.</summary>
    public TimeSpan ClockAhead(ClusterTime now)
    {
        var ahead = _clock is { } read ? read.Theirs + (now.Monotonic - read.Here) - now.Wall : TimeSpan.Zero;
        return ahead.Duration() < TimeSpan.FromSeconds(1) ? TimeSpan.Zero : ahead;
    }

    public string SoftwareVersion { get; set; } = "";

    public long? Incarnation { get; set; }

    public ConfigurationVersion? Version { get; set; }

    /// <summary>Why it is not active.</summary>
    public string Reason { get; set; } = "not connected yet";

    /// <summary>The state that its links show now.</summary>
    public NodeLinkState Current()
    {
        if (Greeted is { } link)
        {
            return link.IsSynced ? NodeLinkState.Active : NodeLinkState.Syncing;
        }

        // A connection that broke a moment ago is not news yet.
        if (Edge is not null)
        {
            return NodeLinkState.Active;
        }

        return Links.Count > 0 || (DialEnd is not null && !IsKnownDown) ? NodeLinkState.Connecting : NodeLinkState.Down;
    }
}
