using System.Collections.Immutable;
using Compeer.Cluster.Links;
using Compeer.Cluster.Membership;
using Compeer.Cluster.Model;

namespace Compeer.Cluster;

/// <summary>Draws the view of the other nodes.</summary>
internal static class NodeSnapshots
{
    /// <summary>The configured neighbours first, then nodes that are only reached through them.</summary>
    public static ImmutableArray<NodeSnapshot> Of(
        LinkTable links, ReportStore reports, ClusterView view, ClusterContext context)
    {
        var nodes = ImmutableArray.CreateBuilder<NodeSnapshot>(links.Neighbours.Count);
        nodes.AddRange(links.Neighbours.Select(neighbour => OfNeighbour(neighbour, reports, view)));
        nodes.AddRange(view.Tree
            .Where(report => report.Node != context.Self && links.Find(report.Node) is null)
            .Select(report => OfReport(report, view, context)));
        return nodes.DrainToImmutable();
    }

    private static NodeSnapshot OfNeighbour(NeighbourMachine neighbour, ReportStore reports, ClusterView view)
    {
        var id = neighbour.Config.Id;
        var report = reports.Find(id);
        return new NodeSnapshot
        {
            Id = id,
            Name = neighbour.Name,
            Kind = neighbour.Config.Kind,
            IsConfigured = true,
            State = neighbour.State,
            StateSince = neighbour.StateSince,
            ConnectedSince = neighbour.Greeted?.Opened.Wall,
            LastAlive = neighbour.LastAlive,
            RoundTrip = neighbour.Clock.RoundTrip,
            IsMember = view.IsMember(id),
            Incarnation = report?.Incarnation ?? neighbour.LastHello?.Incarnation,
            ConfigurationVersion = report?.Configuration ?? neighbour.LastHello?.Configuration,
            IsInForce = IsInForce(report, view),
            Objects = report?.Objects,
            Held = report?.Held,
            Unchecked = report?.Unchecked ?? UncheckedObjects.None,
            Refused = report?.Refused,
            SoftwareVersion = neighbour.LastHello is { SoftwareVersion.Length: > 0 } hello ? hello.SoftwareVersion : null,
            Reason = neighbour.Reason,
        };
    }

    private static NodeSnapshot OfReport(NodeReport report, ClusterView view, ClusterContext context) => new()
    {
        Id = report.Node,
        Name = report.Node.ToString()[..8],
        Kind = NeighbourKind.Peer,
        IsConfigured = false,
        State = NodeLinkState.Down,
        StateSince = context.Now.Wall,
        IsMember = view.IsMember(report.Node),
        Incarnation = report.Incarnation,
        ConfigurationVersion = report.Configuration,
        IsInForce = IsInForce(report, view),
        Objects = report.Objects,
        Held = report.Held,
        Unchecked = report.Unchecked,
        Refused = report.Refused,
        Reason = "reached through others; not configured here",
    };

    private static bool IsInForce(NodeReport? report, ClusterView view) =>
        report is not null && report.Configuration.Hash == view.InForce?.Hash;
}
