using System.Collections.Immutable;
using Compeer.Api;
using Compeer.Cluster;
using Compeer.Daemon.Nodes;

namespace Compeer.Daemon.Http;

/// <summary>The groups of pollers as the HTTP interface shows them, and what is wrong with them.</summary>
internal static class PollerGroupsView
{
    public static ImmutableArray<PollerGroupStatus> Of(ClusterSnapshot cluster, NodeNames names) =>
    [
        .. cluster.Groups.Select(group => new PollerGroupStatus(
            group.Name,
            [.. group.Nodes.Select(node => names[node])],
            [.. group.Active.Select(node => names[node])],
            group.Takeover,
            group.Hosts,
            group.Services,
            group.Lacking,
            group.Stale)),
    ];

    /// <summary>One line for each group that does not check all that it is given.</summary>
    public static IEnumerable<string> Problems(ClusterSnapshot cluster, NodeNames names)
    {
        foreach (var group in cluster.Groups)
        {
            var pollers = $"{group.Name} ({string.Join(", ", group.Nodes.Select(node => names[node]))})";
            var instead = group.Takeover ? "their masters check them" : "nobody checks them, as takeover = no says";
            if (group.Active.IsEmpty)
            {
                yield return $"no poller of {pollers} is there: {instead}, {group.Hosts} hosts and {group.Services} services";
            }
            else if (group.Lacking > 0)
            {
                yield return $"the pollers of {pollers} do not have {group.Lacking} of their {group.Hosts + group.Services} objects: "
                    + $"{instead} until 'mon oconf push' brings the pollers their part";
            }
        }
    }
}
