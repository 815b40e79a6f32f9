using Compeer.Cluster.Membership;

namespace Compeer.Cluster.Handover;

/// <summary>
/// The groups of nodes whose checks this node knows of. One today: this node and its peers. Pollers that are peers of each
/// other divide other objects among themselves and are groups of their own; each has its view, its division and its handover.
/// </summary>
internal sealed class PeerGroups(PeerGroup own)
{
    private readonly PeerGroup[] _all = [own];

    /// <summary>The group that this node is one of.</summary>
    public PeerGroup Own { get; } = own;

    /// <summary>How many objects this node runs, of all groups.</summary>
    public int Held => _all.Sum(group => group.Held);

    /// <summary>When any of them has something to do without another input.</summary>
    public TimeSpan NextWake => _all.Min(group => group.NextWake);

    /// <summary>Gives up everything at once, and the results of all checks in flight.</summary>
    public void Discard() => Array.ForEach(_all, group => group.Discard());

    /// <summary>Time passed.</summary>
    public void Advance(TimeSpan now) => Array.ForEach(_all, group => group.Running.Advance(now));

    /// <summary>Takes up what the reports say now.</summary>
    public void Follow(ClusterView view) => Array.ForEach(_all, group => group.Follow(view));

    /// <summary>Takes what is this node's own and that nobody else runs any more.</summary>
    public void TakePending() => Array.ForEach(_all, group => group.TakePending());
}
