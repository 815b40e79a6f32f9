using System.Collections.Immutable;
using Compeer.Cluster.Handover;
using Compeer.Cluster.Model;

namespace Compeer.Cluster;

/// <summary>The groups of pollers as they stand.</summary>
internal static class GroupSnapshots
{
    public static ImmutableArray<GroupSnapshot> Of(ClusterContext context, PeerGroup own)
    {
        // Before the first report there is no view yet.
        if (own.View.Below.Length != context.Groups.Length)
        {
            return [];
        }

        var groups = ImmutableArray.CreateBuilder<GroupSnapshot>(context.Groups.Length);
        for (var place = 0; place < context.Groups.Length; place++)
        {
            var below = own.View.Below[place];
            var hosts = own.Sets.HostsOf(place);
            groups.Add(new GroupSnapshot(
                below.Group.Name, below.Group.Nodes, below.Members, below.Group.Takeover, hosts, own.Sets.Of(place).Length - hosts)
            {
                Lacking = below.IsUp ? own.Sets.LackingOf(place).Length : 0,
            });
        }

        return groups.MoveToImmutable();
    }
}
