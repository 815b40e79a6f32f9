using System.Collections.Immutable;
using Compeer.Cluster.Links;
using Compeer.Cluster.Membership;
using Compeer.Cluster.Model;

namespace Compeer.Cluster.Exchange;

/// <summary>Says once where the nodes' merlin.conf do not fit together.</summary>
internal sealed class TierWatch(ClusterContext context, LinkTable links)
{
    /// <summary>A fault is told when it has stood so long: nodes are named at one node after the other.</summary>
    public static readonly TimeSpan Settling = TimeSpan.FromSeconds(10);

    private readonly HashSet<string> _told = new(StringComparer.Ordinal);
    private TimeSpan _since;

    /// <summary>What does not fit together now: one sentence each, that of this node's own merlin.conf before all.</summary>
    public ImmutableArray<string> Faults { get; private set; } = [];

    /// <summary>What this node's own lacks or has too much, by the others'; empty when it fits.</summary>
    public string OwnFault { get; private set; } = "";

    /// <summary>Takes up a view.</summary>
    public void Follow(ClusterView view)
    {
        OwnFault = TierFaults.OfOwn(view, context.Self, links.NameOf);
        var others = TierFaults.Of(view, context.Self, links.NameOf);
        var faults = OwnFault.Length == 0 ? others : [OwnFault, .. others];
        if (!faults.SequenceEqual(Faults))
        {
            (Faults, _since) = (faults, context.Monotonic);
            _told.IntersectWith(faults);
        }
    }

    /// <summary>Tells what is new and has stood for long enough.</summary>
    public void Advance()
    {
        if (Faults.Length > _told.Count && context.Monotonic >= _since + Settling)
        {
            foreach (var fault in Faults.Where(_told.Add))
            {
                context.Notice(NoticeLevel.Warning, fault);
            }
        }
    }
}
