using Compeer.Cluster.Exchange;
using Compeer.Cluster.Files;
using Compeer.Cluster.Handover;
using Compeer.Cluster.Links;
using Compeer.Cluster.Membership;
using Compeer.Cluster.Model;
using Compeer.Cluster.Replication;

namespace Compeer.Cluster;

/// <summary>What a node sees of the cluster, put together of what its parts know.</summary>
internal static class ClusterSnapshots
{
    /// <summary>All of it at this moment.</summary>
    public static ClusterSnapshot Of(
        ClusterContext context,
        Lifecycle life,
        LinkTable links,
        ReportStore reports,
        PeerGroups groups,
        Replicator replicator,
        ConfigurationWatch configurations,
        TierWatch tiers,
        ContentTravel travel) => new()
        {
            Self = context.Self,
            Incarnation = context.Run.Incarnation,
            SelfState = life.State,
            HandedOver = life.HandedOver,
            Version = context.Version,
            Nodes = NodeSnapshots.Of(links, reports, groups.Own.View, context),
            Members = groups.Own.View.Members,
            Owning = groups.Own.View.Owning,
            Groups = GroupSnapshots.Of(context, groups.Own),
            Owners = groups.Own.OwnersWithout(configurations.Nobodys),
            InForce = groups.Own.View.InForce,
            Unchecked = configurations.Unchecked,
            Refused = travel.Configurations.Refused,
            ConfigurationNotice = configurations.Text,
            TierFaults = tiers.Faults,
            OwnTierFault = tiers.OwnFault,
            Held = groups.Held,
            Fingerprint = groups.Own.View.Fingerprint,
            UnknownKeys = replicator.UnknownKeys,
            Applied = replicator.Applied,
        };
}
