using System.Collections.Immutable;
using Compeer.Cluster.Model;
using Compeer.Cluster.Wire;

namespace Compeer.Cluster.Membership;

/// <summary>Writes this node's report, and numbers it when it changes.</summary>
internal sealed class OwnReport(ClusterContext context, ReportStore reports)
{
    private readonly int _maxRunning = ProtocolLimits.MaxRunning(context.Options.MaxFrameBytes);
    private NodeReport? _present;
    private NodeReport? _told;
    private long _generation;
    private Basis? _basis;

    /// <summary>The present report; null before the first.</summary>
    public NodeReport? Present => _present;

    /// <summary>Whether it changed since this was asked last.</summary>
    public bool TakeChanged()
    {
        var changed = !ReferenceEquals(_present, _told);
        _told = _present;
        return changed;
    }

    /// <summary>Takes up what decides the division.</summary>
    /// <param name="acting">Whether this node takes its share.</param>
    /// <param name="leaving">Whether it hands over, to stop.</param>
    /// <param name="peers">How its neighbours stand with it.</param>
    /// <param name="notifies">Whether it notifies also while it sees a master.</param>
    /// <param name="refused">The configuration of others that it does not take up.</param>
    public void Update(
        bool acting, bool leaving, IReadOnlyList<PeerStanding> peers, bool notifies, RefusedConfiguration? refused)
    {
        var basis = new Basis(
            acting,
            leaving,
            peers,
            notifies,
            refused,
            context.Run,
            context.Version,
            context.LongestCheck,
            context.Generation,
            context.Groups);
        if (basis == _basis)
        {
            return;
        }

        _basis = basis;
        PeerStanding[] edges = [.. peers.Where(peer => peer.Edge is not null).OrderBy(peer => peer.Node)];
        var next = new NodeReport
        {
            Node = context.Self,
            Incarnation = context.Run.Incarnation,
            Sequence = _present?.Sequence ?? 1,
            Revision = _present?.Revision ?? 1,
            Acting = acting,
            Leaving = leaving,
            Configuration = context.Version,
            Edges = [.. edges.Select(peer => peer.Edge!.Value)],
            EdgesAhead = Array.Exists(edges, peer => peer.ClockAhead != default) ? [.. edges.Select(peer => peer.ClockAhead)] : [],
            Configured = Of(peers, NeighbourKind.Peer),
            Masters = Of(peers, NeighbourKind.Master),
            Pollers = Of(peers, NeighbourKind.Poller),
            Shape = PollerGroup.ShapeOf(context.Groups),
            Notifies = notifies,
            Applied = _present?.Applied ?? 0,
            Running = _present?.Running ?? [],
            Sending = _present?.Sending ?? [],
            LongestCheck = context.LongestCheck,
            Objects = _present?.Objects ?? 0,
            Held = _present?.Held ?? 0,
            Unchecked = _present?.Unchecked ?? UncheckedObjects.None,
            Refused = refused,
        };
        if (_present is null || _present.Run != next.Run)
        {
            Replace(next with { Sequence = 1, Revision = 1 });
        }
        else if (!_present.SameDecision(next) || _generation != context.Generation)
        {
            // Objects that were taken up are a reason by themselves: their division can be another under the same version.
            Replace(next with { Revision = _present.Revision + 1 });
        }
        else if (_present.Refused != refused || !_present.EdgesAhead.AsSpan().SequenceEqual(next.EdgesAhead.AsSpan()))
        {
            Replace(_present with { Refused = refused, EdgesAhead = next.EdgesAhead });
        }

        _generation = context.Generation;
    }

    /// <summary>Takes up how far this node is with the division.</summary>
    /// <param name="applied">The fingerprint of the division it acts on.</param>
    /// <param name="running">Hashes of the objects it gave up while a check was in flight.</param>
    /// <param name="sending">Hashes of those about which something is being sent that is not its own to send any more.</param>
    /// <param name="objects">How many objects its configuration has.</param>
    /// <param name="held">How many of them it runs.</param>
    /// <param name="nobodys">What of them nobody checks.</param>
    public void Update(
        ulong applied,
        ImmutableArray<ulong> running,
        ImmutableArray<ulong> sending,
        int objects,
        int held,
        UncheckedObjects nobodys)
    {
        if (Math.Max(running.Length, sending.Length) > _maxRunning)
        {
            context.NoticeOnce(
                "running",
                NoticeLevel.Warning,
                $"{running.Length} checks and {sending.Length} notifications are in flight while their objects are handed over; only "
                + $"{_maxRunning} of each can be announced, others may run twice");
        }

        var present = _present!;
        var list = AsManyAsFit(running);
        var sent = AsManyAsFit(sending);
        if (present.Applied != applied || !present.Running.AsSpan().SequenceEqual(list.AsSpan())
            || !present.Sending.AsSpan().SequenceEqual(sent.AsSpan())
            || present.Objects != objects || present.Held != held || present.Unchecked != nobodys)
        {
            Replace(present with
            {
                Applied = applied,
                Running = list,
                Sending = sent,
                Objects = objects,
                Held = held,
                Unchecked = nobodys,
            });
        }
    }

    private static ImmutableArray<NodeId> Of(IReadOnlyList<PeerStanding> peers, NeighbourKind kind) =>
        [.. peers.Where(peer => peer.Kind == kind).Select(peer => peer.Node).Order()];

    private ImmutableArray<ulong> AsManyAsFit(ImmutableArray<ulong> hashes) =>
        hashes.Length > _maxRunning ? hashes[.._maxRunning] : hashes;

    private void Replace(NodeReport next)
    {
        next = next with { Written = context.Written };
        _present = _present is { } old && old.Run == next.Run ? next with { Sequence = old.Sequence + 1 } : next;
        reports.Add(_present);
    }

    /// <summary>All that the deciding part of a report follows from.</summary>
    private readonly record struct Basis(
        bool Acting,
        bool Leaving,
        IReadOnlyList<PeerStanding> Peers,
        bool Notifies,
        RefusedConfiguration? Refused,
        Run Run,
        ConfigurationVersion Version,
        TimeSpan LongestCheck,
        long Generation,
        ImmutableArray<PollerGroup> Groups);
}
