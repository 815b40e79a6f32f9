using System.Collections.Immutable;
using Compeer.Cluster.Model;
using Compeer.Cluster.Wire;

namespace Compeer.Cluster.Membership;

/// <summary>
/// What follows from the reports: a function of them alone, so that two nodes of a component that have the same reports
/// have the same view, even when they do not see each other directly.
/// </summary>
internal sealed record ClusterView
{
    /// <summary>The most nodes that <see cref="Configured"/> takes in without being members.</summary>
    public const int MaxConfigured = 1_024;

    /// <summary>All nodes reachable over mutual edges, of every tier, this one included, ascending.</summary>
    public required ImmutableArray<NodeReport> Tree { get; init; }

    /// <summary>Those of the tree that are above this node, below it, or of its group: others never run what it may run.
    /// Ascending.</summary>
    public required ImmutableArray<NodeReport> Related { get; init; }

    /// <summary>Those of the tree all of whose writes come here: of this node's group, and below it.</summary>
    public required ImmutableHashSet<NodeId> Heard { get; init; }

    /// <summary>The nodes of this node's group that it reaches over peers and masters, this one included, ascending.</summary>
    public required ImmutableArray<NodeReport> Component { get; init; }

    /// <summary>Those of the group that share the load: acting, and on the newest configuration of all that act. Ascending.</summary>
    public required ImmutableArray<NodeId> Members { get; init; }

    /// <summary>The nodes that the members' configurations name, and the members. Ascending.</summary>
    public required ImmutableArray<NodeId> Configured { get; init; }

    /// <summary>
    /// A number for exactly this state of all reports of the tree. It never comes back: a node that left and returned
    /// has another revision or another run.
    /// </summary>
    public required ulong Fingerprint { get; init; }

    /// <summary>The configuration that the members run, the newest of those that act; null when nobody acts.</summary>
    public required ConfigurationVersion? InForce { get; init; }

    /// <summary>The groups of pollers below, in the order of <see cref="ClusterContext.Groups"/>.</summary>
    public ImmutableArray<GroupView> Below { get; init; } = [];

    /// <summary>Whether a master of this node's group acts.</summary>
    public bool HasMaster { get; init; }

    /// <summary>Those members that leave it to their masters to notify, while one of these acts. Ascending.</summary>
    public ImmutableArray<NodeId> Silent { get; init; } = [];

    /// <summary>Whether masters notify of all that this node's group and those below it check: none of its members does, or those
    /// masters are spoken for themselves.</summary>
    public bool IsSpokenFor { get; init; }

    /// <summary>The nodes that can own objects: the members, then those of the groups below.</summary>
    public ImmutableArray<NodeId> Owning { get; init; } = [];

    public static ClusterView Empty { get; } = new()
    {
        Tree = [],
        Related = [],
        Heard = [],
        Component = [],
        Members = [],
        Configured = [],
        Fingerprint = 0,
        InForce = null,
    };

    public bool IsMember(NodeId node) => Members.BinarySearch(node) >= 0;

    /// <summary>The view of a node whose configuration names no pollers.</summary>
    public static ClusterView Of(ReportStore reports, NodeId self) => Of(reports, self, []);

    /// <summary>The view of a node.</summary>
    /// <param name="reports">What all nodes say.</param>
    /// <param name="self">The node.</param>
    /// <param name="groups">The groups of pollers below it.</param>
    public static ClusterView Of(ReportStore reports, NodeId self, ImmutableArray<PollerGroup> groups)
    {
        if (reports.Find(self) is not { } own)
        {
            return Empty;
        }

        var tiers = new TierMap(TreeOf(reports, own), own);
        var newest = tiers.Group.Where(report => report.Acting).Select(report => report.Configuration).Max();
        var members = MembersOf(tiers.Group, newest);
        ImmutableArray<NodeId> ids = [.. members.Select(report => report.Node)];
        ImmutableArray<GroupView> below = [.. groups.Select(group => GroupView.Of(group, tiers.Tree))];
        var masters = MastersOf(tiers.Tree, tiers.Group);
        return new ClusterView
        {
            Tree = tiers.Tree,
            Related = tiers.Related,
            Heard = tiers.Heard,
            Component = tiers.Group,
            Members = ids,
            Configured = ConfiguredBy(members),
            Fingerprint = FingerprintOf(tiers.Tree),
            InForce = newest,
            Below = below,
            HasMaster = masters.Length > 0,
            Silent = [.. members.Where(report => !report.Notifies && masters.Length > 0).Select(report => report.Node)],
            IsSpokenFor = AreSpokenFor(tiers.Tree, members, masters, tiers.Tree.Length),
            Owning = [.. ids, .. below.SelectMany(group => group.Members)],
        };
    }

    /// <summary>All nodes that are reachable over mutual edges, of every tier.</summary>
    public static ImmutableArray<NodeReport> TreeOf(ReportStore reports, NodeReport own)
    {
        var reached = new SortedDictionary<NodeId, NodeReport> { [own.Node] = own };
        var open = new Queue<NodeReport>([own]);
        while (open.TryDequeue(out var from))
        {
            foreach (var edge in from.Edges)
            {
                if (reached.Count < ProtocolLimits.MaxNodes && !reached.ContainsKey(edge.Node) && reports.Find(edge.Node) is { } to
                    && ReportStore.AreAdjacent(from, to))
                {
                    reached.Add(to.Node, to);
                    open.Enqueue(to);
                }
            }
        }

        return [.. reached.Values];
    }

    /// <summary>
    /// Those that act by the newest configuration of their group. The hash says which objects there are; numbers only order hashes: the
    /// same files are taken up here and there. Of those that name other pollers, the ones that name most run everything until the
    /// others do so too: what one takes for a poller's would else be checked twice, or by nobody.
    /// </summary>
    internal static NodeReport[] MembersOf(IEnumerable<NodeReport> group, ConfigurationVersion? newest)
    {
        NodeReport[] acting = [.. group.Where(report => report.Acting && report.Configuration.Hash == newest?.Hash)];
        var shape = acting.Select(report => (report.Pollers.Length, report.Shape)).DefaultIfEmpty().Max();
        return [.. acting.Where(report => (report.Pollers.Length, report.Shape) == shape)];
    }

    /// <summary>The masters that act of some nodes.</summary>
    private static NodeReport[] MastersOf(ImmutableArray<NodeReport> tree, IReadOnlyCollection<NodeReport> nodes)
    {
        var named = nodes.SelectMany(report => report.Masters).ToHashSet();
        return named.Count == 0 ? [] : [.. tree.Where(report => report.Acting && named.Contains(report.Node))];
    }

    /// <summary>See <see cref="IsSpokenFor"/>. There are at most as many tiers as nodes, also where masters are named in a circle.
    /// </summary>
    private static bool AreSpokenFor(ImmutableArray<NodeReport> tree, NodeReport[] nodes, NodeReport[] masters, int tiers) =>
        tiers > 0 && masters.Length > 0
        && (Array.TrueForAll(nodes, report => !report.Notifies)
            || AreSpokenFor(tree, masters, MastersOf(tree, masters), tiers - 1));

    /// <summary>
    /// Nodes that the members' configurations name, or may name: more than <see cref="MaxConfigured"/> is nobody's cluster, and
    /// what a report says must not decide how long a division takes.
    /// </summary>
    internal static ImmutableArray<NodeId> ConfiguredBy(NodeReport[] members)
    {
        var named = members.SelectMany(report => report.Configured).Distinct().Order().Take(MaxConfigured);
        return [.. named.Concat(members.Select(report => report.Node)).Distinct().Order()];
    }

    private static ulong FingerprintOf(ImmutableArray<NodeReport> tree)
    {
        var hash = 0UL;
        foreach (var report in tree)
        {
            hash = StableHash.Mix(hash ^ StableHash.OfNode(report.Node));
            hash = StableHash.Mix(hash ^ (ulong)report.Incarnation);
            hash = StableHash.Mix(hash ^ (ulong)report.Revision);
        }

        // Zero means that a node holds nothing.
        return hash == 0 ? 1 : hash;
    }
}
