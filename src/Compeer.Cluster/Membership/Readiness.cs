using System.Collections.Immutable;
using System.Globalization;
using Compeer.Cluster.Model;

namespace Compeer.Cluster.Membership;

/// <summary>
/// Whether a node that started, or doubts itself, may take its share: when it has caught up with every peer that there is,
/// and they with it, so that it is part of the same component and sees who runs what.
/// </summary>
/// <param name="context">What the parts of the machine share.</param>
/// <param name="reports">What all nodes say.</param>
/// <param name="syncProgress">When the catching up on a connection got on last.</param>
/// <param name="nameOf">What a node is called in a line for people.</param>
internal sealed class Readiness(
    ClusterContext context, ReportStore reports, Func<LinkId, TimeSpan> syncProgress, Func<NodeId, string> nameOf)
{
    private TimeSpan _since;
    private IReadOnlyList<PeerStanding> _remembered = [];

    /// <summary>When the wait for peers that do not answer is over.</summary>
    public TimeSpan GraceEnd => _since + context.Options.StartupGrace;

    /// <summary>Begins to wait for all peers.</summary>
    public void Begin() => _since = context.Monotonic;

    public bool IsReady(IReadOnlyList<PeerStanding> peers) =>
        peers.All(peer => IsSettled(peer) && (context.Monotonic >= GraceEnd || !GoesFirst(peer)));

    /// <summary>
    /// While this node acts: remembers, over restarts as well, who is there. When all are restarted at about the same time, each of them
    /// went on after another had stopped, and that one finds nobody listening; it must not take what it knows for the latest.
    /// </summary>
    public void Remember(IReadOnlyList<PeerStanding> peers)
    {
        if (ReferenceEquals(peers, _remembered))
        {
            return;
        }

        _remembered = peers;
        ImmutableArray<NodeId> present = [.. peers.Where(peer => peer.Edge is not null).Select(peer => peer.Node).Order()];
        if (!present.AsSpan().SequenceEqual(context.Durable.Contemporaries.AsSpan()))
        {
            context.Persist(context.Durable with { Contemporaries = present });
        }
    }

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
            return context.Monotonic >= GraceEnd || (peer.HasFailed && !MayComeBack(peer.Node));
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

    /// <summary>Whether one that cannot be reached went on when this node stopped acting: it may be about to start, too.</summary>
    private bool MayComeBack(NodeId node)
    {
        if (context.Durable.Contemporaries.BinarySearch(node) < 0)
        {
            return false;
        }

        context.NoticeOnce($"contemporary {node}", NoticeLevel.Information, string.Create(
            CultureInfo.InvariantCulture,
            $"node {nameOf(node)} was active when this node was so last, and may know more by now: it is waited for, "
            + $"{context.Options.StartupGrace.TotalSeconds:0.###} s at most"));
        return true;
    }

    private bool IsMutual(PeerStanding peer) =>
        peer.Edge is { } edge && reports.Find(edge.Node) is { } theirs && theirs.Run == edge && theirs.HasEdge(context.Run);
}
