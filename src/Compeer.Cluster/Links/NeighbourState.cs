using Compeer.Cluster.Model;

namespace Compeer.Cluster.Links;

/// <summary>What this node knows about one neighbour, and its links to it.</summary>
internal sealed class NeighbourState(Neighbour config, ClusterTime now)
{
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
