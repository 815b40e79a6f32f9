using Compeer.Cluster.Membership;

namespace Compeer.Cluster.Handover;

/// <summary>What this node runs, whatever kind of work it is.</summary>
internal sealed class PeerGroups(PeerGroup own)
{
    private readonly PeerGroup[] _all = [own];

    /// <summary>Checks, and what follows from them.</summary>
    public PeerGroup Own { get; } = own;

    /// <summary>How many objects this node checks.</summary>
    public int Held => Own.Held;

    /// <summary>When any of them has something to do without another input.</summary>
    public TimeSpan NextWake => _all.Min(group => group.NextWake);

    /// <summary>Gives up everything at once, and the results of all checks in flight.</summary>
    public void Discard() => Array.ForEach(_all, group => group.Discard());

    /// <summary>Other groups of pollers are named.</summary>
    public void Regroup() => Array.ForEach(_all, group => group.Regroup());

    /// <summary>Time passed.</summary>
    public void Advance(TimeSpan now) => Array.ForEach(_all, group => group.Running.Advance(now));

    /// <summary>Takes up what the reports say now.</summary>
    public void Follow(ClusterView view) => Array.ForEach(_all, group => group.Follow(view));

    /// <summary>Takes what is this node's own and that nobody else runs any more.</summary>
    public void TakePending() => Array.ForEach(_all, group => group.TakePending());
}
