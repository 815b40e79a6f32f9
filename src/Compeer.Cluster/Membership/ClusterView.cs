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

    /// <summary>The nodes reachable over mutual edges, this one included, ascending.</summary>
    public required ImmutableArray<NodeReport> Component { get; init; }

    /// <summary>Those of them that share the load: acting, and on the newest configuration of all that act. Ascending.</summary>
    public required ImmutableArray<NodeId> Members { get; init; }

    /// <summary>The nodes that the members' configurations name, and the members. Ascending.</summary>
    public required ImmutableArray<NodeId> Configured { get; init; }

    /// <summary>
    /// A number for exactly this state of all reports of the component. It never comes back: a node that left and returned
    /// has another revision or another run.
    /// </summary>
    public required ulong Fingerprint { get; init; }

    /// <summary>The configuration that the members run, the newest of those that act; null when nobody acts.</summary>
    public required ConfigurationVersion? InForce { get; init; }

    public static ClusterView Empty { get; } =
        new() { Component = [], Members = [], Configured = [], Fingerprint = 0, InForce = null };

    public bool IsMember(NodeId node) => Members.BinarySearch(node) >= 0;

    public static ClusterView Of(ReportStore reports, NodeId self)
    {
        if (reports.Find(self) is not { } own)
        {
            return Empty;
        }

        var component = ComponentOf(own, reports);
        var newest = component.Where(report => report.Acting).Select(report => report.Configuration).Max();
        // The hash says which objects there are. Numbers only order hashes: the same files are taken up here and there.
        var members = component.Where(report => report.Acting && report.Configuration.Hash == newest?.Hash).ToArray();
        return new ClusterView
        {
            Component = component,
            Members = [.. members.Select(report => report.Node)],
            Configured = ConfiguredBy(members),
            Fingerprint = FingerprintOf(component),
            InForce = newest,
        };
    }

    /// <summary>
    /// Nodes that the members' configurations name, or may name: more than <see cref="MaxConfigured"/> is nobody's cluster, and
    /// what a report says must not decide how long a division takes.
    /// </summary>
    private static ImmutableArray<NodeId> ConfiguredBy(NodeReport[] members)
    {
        var named = members.SelectMany(report => report.Configured).Distinct().Order().Take(MaxConfigured);
        return [.. named.Concat(members.Select(report => report.Node)).Distinct().Order()];
    }

    private static ImmutableArray<NodeReport> ComponentOf(NodeReport own, ReportStore reports)
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

    private static ulong FingerprintOf(ImmutableArray<NodeReport> component)
    {
        var hash = 0UL;
        foreach (var report in component)
        {
            hash = StableHash.Mix(hash ^ StableHash.OfNode(report.Node.Value));
            hash = StableHash.Mix(hash ^ (ulong)report.Incarnation);
            hash = StableHash.Mix(hash ^ (ulong)report.Revision);
        }

        // Zero means that a node holds nothing.
        return hash == 0 ? 1 : hash;
    }
}
