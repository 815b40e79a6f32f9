using System.Collections.Immutable;
using Compeer.Cluster.Links;
using Compeer.Cluster.Model;
using Compeer.Cluster.Wire;

namespace Compeer.Cluster.Membership;

/// <summary>Writes this node's report, and numbers it when it changes.</summary>
internal sealed class OwnReport(ClusterContext context, ReportStore reports, LinkTable links)
{
    private readonly int _maxRunning = ProtocolLimits.MaxRunning(context.Options.MaxFrameBytes);
    private NodeReport? _present;
    private NodeReport? _told;
    private long _generation;

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
    public void Update(bool acting, bool leaving)
    {
        var edges = links.Neighbours.Where(neighbour => neighbour.Edge is not null).Select(neighbour => neighbour.Edge!.Value);
        var next = new NodeReport
        {
            Node = context.Self,
            Incarnation = context.Run.Incarnation,
            Sequence = _present?.Sequence ?? 1,
            Revision = _present?.Revision ?? 1,
            Acting = acting,
            Leaving = leaving,
            Configuration = context.Version,
            Edges = [.. edges.OrderBy(edge => edge.Node)],
            Configured = [.. links.Neighbours.Where(one => one.IsPeer).Select(one => one.Config.Id).Order()],
            Applied = _present?.Applied ?? 0,
            Running = _present?.Running ?? [],
            LongestCheck = context.LongestCheck,
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

        _generation = context.Generation;
    }

    /// <summary>Takes up how far this node is with the division.</summary>
    public void Update(ulong applied, IReadOnlyCollection<ulong> running)
    {
        if (running.Count > _maxRunning)
        {
            context.NoticeOnce(
                "running",
                NoticeLevel.Warning,
                $"{running.Count} checks are in flight while their objects are handed over; only {_maxRunning} of them can be "
                + "announced, others may run twice");
        }

        var present = _present!;
        ImmutableArray<ulong> list = [.. running.Take(_maxRunning)];
        if (present.Applied != applied || !present.Running.AsSpan().SequenceEqual(list.AsSpan()))
        {
            Replace(present with { Applied = applied, Running = list });
        }
    }

    private void Replace(NodeReport next)
    {
        next = next with { Written = context.Written };
        _present = _present is { } old && old.Run == next.Run ? next with { Sequence = old.Sequence + 1 } : next;
        reports.Add(_present);
    }
}
