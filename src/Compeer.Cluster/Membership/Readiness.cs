using Compeer.Cluster.Model;

namespace Compeer.Cluster.Membership;

/// <summary>
/// Whether a node that started, or doubts itself, may take its share: when it has caught up with every peer that there is,
/// and they with it, so that it is part of the same component and sees who runs what.
/// </summary>
/// <param name="context">What the parts of the machine share.</param>
/// <param name="reports">What all nodes say.</param>
/// <param name="syncProgress">When the catching up on a connection got on last.</param>
internal sealed class Readiness(ClusterContext context, ReportStore reports, Func<LinkId, TimeSpan> syncProgress)
{
    private TimeSpan _since;

    /// <summary>When the wait for peers that do not answer is over.</summary>
    public TimeSpan GraceEnd => _since + context.Options.StartupGrace;

    /// <summary>Begins to wait for all peers.</summary>
    public void Begin() => _since = context.Monotonic;

    public bool IsReady(IReadOnlyList<PeerStanding> peers) =>
        peers.All(peer => IsSettled(peer) && (context.Monotonic >= GraceEnd || !GoesFirst(peer)));

    /// <summary>
    /// Of nodes that become ready together, the smallest begins. If two began at once, each would find that the other holds
    /// nothing and take everything, until the other's word reaches it.
    /// </summary>
    private bool GoesFirst(PeerStanding peer) => peer.Edge is { } edge && edge.Node < context.Self
        && reports.Find(edge.Node) is { Acting: false, Leaving: false } theirs && theirs.Run == edge;

    private bool IsSettled(PeerStanding peer)
    {
        if (peer.Link is not { } link)
        {
            return context.Monotonic >= GraceEnd || peer.HasFailed;
        }

        if (peer.IsSynced && IsMutual(peer))
        {
            return true;
        }

        // As long as a sync makes progress it is worth waiting for, however large it is; and then for the word that the other end has
        // caught up, too: who acts before it has that takes itself for alone, and runs what others run.
        var end = syncProgress(link) + context.Options.StartupGrace;
        return context.Monotonic >= GraceEnd && context.Monotonic >= end;
    }

    private bool IsMutual(PeerStanding peer) =>
        peer.Edge is { } edge && reports.Find(edge.Node) is { } theirs && theirs.Run == edge && theirs.HasEdge(context.Run);
}
