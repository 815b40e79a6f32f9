using Compeer.Cluster.Links;
using Compeer.Cluster.Model;

namespace Compeer.Cluster.Membership;

/// <summary>
/// Whether a node that started, or doubts itself, may take its share: when it has caught up with every peer that there is,
/// and they with it, so that it is part of the same component and sees who runs what.
/// </summary>
internal sealed class Readiness(ClusterContext context, LinkTable links, ReportStore reports, Func<LinkId, TimeSpan> syncProgress)
{
    private TimeSpan _since;

    /// <summary>Begins to wait for all peers.</summary>
    public void Begin()
    {
        _since = context.Monotonic;
        foreach (var neighbour in links.Neighbours)
        {
            neighbour.HasFailed = false;
        }
    }

    /// <summary>When the wait for peers that do not answer is over.</summary>
    public TimeSpan GraceEnd => _since + context.Options.StartupGrace;

    public bool IsReady() => links.Neighbours.All(neighbour =>
        !neighbour.IsPeer || (IsSettled(neighbour) && (context.Monotonic >= GraceEnd || !GoesFirst(neighbour))));

    /// <summary>
    /// Of nodes that become ready together, the smallest begins. If two began at once, each would find that the other holds
    /// nothing and take everything, until the other's word reaches it.
    /// </summary>
    private bool GoesFirst(NeighbourState neighbour) => neighbour.Edge is { } edge && edge.Node < context.Self
        && reports.Find(edge.Node) is { Acting: false, Leaving: false } theirs && theirs.Run == edge;

    private bool IsSettled(NeighbourState neighbour)
    {
        if (neighbour.Greeted is not { } link)
        {
            return context.Monotonic >= GraceEnd || (neighbour.HasFailed && neighbour.Links.Count == 0);
        }

        if (!link.IsSynced)
        {
            // As long as a sync makes progress it is worth waiting for, however large it is.
            var end = syncProgress(link.Id) + context.Options.StartupGrace;
            return context.Monotonic >= GraceEnd && context.Monotonic >= end;
        }

        return context.Monotonic >= GraceEnd || IsMutual(neighbour);
    }

    private bool IsMutual(NeighbourState neighbour) =>
        neighbour.Edge is { } edge && reports.Find(edge.Node) is { } theirs && theirs.Run == edge && theirs.HasEdge(context.Run);
}
