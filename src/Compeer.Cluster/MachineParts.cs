using System.Collections.Immutable;
using Compeer.Cluster.Exchange;
using Compeer.Cluster.Files;
using Compeer.Cluster.Handover;
using Compeer.Cluster.Links;
using Compeer.Cluster.Membership;
using Compeer.Cluster.Model;
using Compeer.Cluster.Replication;

namespace Compeer.Cluster;

/// <summary>The parts of one machine, made in the order in which they need each other, and joined.</summary>
internal sealed class MachineParts
{
    public MachineParts(ClusterOptions options, PreparedObjects objects, IRegisterSource registers, IStreamStore streams)
    {
        Context = new ClusterContext(options, objects.Version, objects.Objects.LongestCheck);
        Links = new LinkTable(Context);
        Clocks = new ClusterClocks(Context, Links, Reports);
        var own = new OwnReport(Context, Reports);
        Ledger = new ConfigurationLedger(Context);
        Configurations = new ConfigurationWatch(Context, Links, Reports);
        Replicator = new Replicator(Context, objects.Keys, registers, streams, Reports.AreAdjacent);
        Groups = new PeerGroups(
            Context, objects.ForGroup, Replicator.HasHeard, index => Clocks.Ahead(Replicator.WriterOf(index)));
        Groups.Own.Gained = Replicator.Gained;
        Groups.Own.Lost = Replicator.Lost;
        Groups.Own.Settled = Replicator.Settled;
        Replicator.Holds = Groups.Own.Holds;
        Replicator.PartOf = PartOf;
        Context.ClockAheadOf = Clocks.Ahead;
        var readiness = new Readiness(Context, Reports, Replicator.SyncProgressOf, Links.NameOf);
        Life = new Lifecycle(Context, Links, readiness, Groups, Replicator, Ledger);
        Broadcaster = new Broadcaster(Context, Links, Reports, Replicator);
        Requests = new Requests(Context, new Ways(Context, Links, Reports), Reports, Groups.Own, Broadcaster.FlushUpdates);
        Travel = new ContentTravel(Context, Links, Reports);
        Coverage = new PollerCoverage(Context, Links, Groups.Own);
        Links.Forgotten = link =>
        {
            Coverage.Forget(link);
            Travel.Forget(link);
            Replicator.Forget(link);
            Requests.Forget(link);
        };
        Frames = new FrameHandler(Context, Links, Reports, own, Replicator, Broadcaster, Configurations, Travel);
        Pollers = new PollerWatch(Context, Links, Groups.Own, Replicator);
        Conclusions = new Conclusions(
            Context,
            Links,
            Reports,
            Clocks,
            own,
            Ledger,
            Life,
            Configurations,
            Travel,
            Groups,
            Coverage,
            Pollers,
            Replicator,
            Broadcaster,
            Requests);
    }

    public ClusterContext Context { get; }

    public LinkTable Links { get; }

    public ReportStore Reports { get; } = new();

    public ClusterClocks Clocks { get; }

    public ConfigurationLedger Ledger { get; }

    public ConfigurationWatch Configurations { get; }

    public Replicator Replicator { get; }

    public PeerGroups Groups { get; }

    public Lifecycle Life { get; }

    public Broadcaster Broadcaster { get; }

    public Requests Requests { get; }

    public ContentTravel Travel { get; }

    public PollerCoverage Coverage { get; }

    public PollerWatch Pollers { get; }

    public FrameHandler Frames { get; }

    public Conclusions Conclusions { get; }

    private bool[]? PartOf(NodeId poller)
    {
        for (var group = 0; group < Context.Groups.Length; group++)
        {
            if (Context.Groups[group].Nodes.BinarySearch(poller) >= 0)
            {
                return Groups.Own.Sets.Parts[group];
            }
        }

        return null;
    }
}
