using Compeer.Cluster.Exchange;
using Compeer.Cluster.Files;
using Compeer.Cluster.Handover;
using Compeer.Cluster.Links;
using Compeer.Cluster.Membership;
using Compeer.Cluster.Model;
using Compeer.Cluster.Replication;

namespace Compeer.Cluster;

/// <summary>What follows from an input, whatever it was: the stages that every call of the machine ends with, in order.</summary>
internal sealed class Conclusions(
    ClusterContext context,
    LinkTable links,
    ReportStore reports,
    ClusterClocks clocks,
    OwnReport own,
    ConfigurationLedger ledger,
    Lifecycle life,
    ConfigurationWatch configurations,
    ContentTravel travel,
    PeerGroups groups,
    PollerCoverage coverage,
    PollerWatch pollers,
    Replicator replicator,
    Broadcaster broadcaster,
    Requests requests)
{
    private long _reportChanges = -1;

    /// <summary>Draws them, one after the other.</summary>
    /// <returns>When time is the next input at the latest.</returns>
    public TimeSpan Draw(ObjectKeys keys)
    {
        UnrelatedPeers.PartFrom(links, context);
        links.Settle();
        travel.Files.Follow();
        if (!life.HasBegun)
        {
            return context.Monotonic + Lifecycle.Heartbeat;
        }

        if (reports.Changes != _reportChanges)
        {
            ledger.Hear(reports.All);
        }

        life.TakeShareWhenReady();
        Divide(keys);
        requests.Advance(keys);
        Tell();
        configurations.Advance();
        pollers.Advance();
        life.FinishLeave();
        return WakeTime();
    }

    /// <summary>Follows the reports, this node's own included: gives up and takes over.</summary>
    private void Divide(ObjectKeys keys)
    {
        own.Update(life.IsActing, life.IsLeaving, links.Peers, links.Notifies, travel.Configurations.Refused);
        clocks.Follow();
        if (reports.Changes != _reportChanges)
        {
            var view = ClusterView.Of(reports, context.Self, context.Groups);
            coverage.Follow(view, keys);
            groups.Follow(view);
            configurations.Follow(groups.Own.View, keys);
            travel.Configurations.Follow(groups.Own.View);
            pollers.Follow(groups.Own.View, keys);
        }

        groups.TakePending();
        own.Update(
            groups.Applied, groups.Own.Running.Hashes, groups.Sending.Running.Hashes, keys.Count, groups.Held, configurations.Unchecked);
        _reportChanges = reports.Changes;
    }

    /// <summary>Tells the others what changed here.</summary>
    private void Tell()
    {
        if (own.TakeChanged())
        {
            broadcaster.Reports.Add(context.Self, context.Self);
        }

        broadcaster.FlushDueReports();
        if (replicator.MustFlush)
        {
            broadcaster.FlushUpdates();
        }
    }

    private TimeSpan WakeTime()
    {
        ReadOnlySpan<TimeSpan> wakes =
        [
            context.Monotonic + Lifecycle.Heartbeat,
            life.NextWake,
            links.NextWake(),
            replicator.FlushAt,
            broadcaster.Reports.FlushAt,
            groups.NextWake,
            configurations.NextWake,
            travel.NextWake,
        ];
        var first = wakes[0];
        foreach (var wake in wakes)
        {
            first = wake < first ? wake : first;
        }

        return first;
    }
}
