using Compeer.Cluster;
using Compeer.Cluster.Model;
using Compeer.Daemon.Configuration;

namespace Compeer.Daemon.Nodes;

/// <summary>
/// Which pollers have been away for longer than <c>auto_delete</c> allows. Merlin's rules: the last of a group stays, so that nothing falls
/// to the masters by it, and all stay while none of a group is there, as then it is the network that is lost.
/// </summary>
internal static class AbsentPollers
{
    /// <summary>Those that are to be removed from merlin.conf, in its order, with how long each was not seen.</summary>
    /// <param name="nodes">The neighbours of merlin.conf.</param>
    /// <param name="cluster">Who is there.</param>
    /// <param name="started">When the daemon started: who was never seen is away since then.</param>
    /// <param name="now">The time, by the wall clock.</param>
    public static IEnumerable<(string Name, TimeSpan Away)> Of(
        NodeSet nodes, ClusterSnapshot cluster, DateTimeOffset started, DateTimeOffset now)
    {
        foreach (var group in PollerPart.GroupsOf(nodes.Nodes.Select(node => node.Definition)))
        {
            var left = group.Count();
            var members = nodes.Nodes.Where(node => group.Contains(node.Definition)).ToList();
            if (!members.Exists(node => IsThere(cluster, node)))
            {
                continue;
            }

            foreach (var node in members.Where(node => node.Definition.AutoDelete is not null && !IsThere(cluster, node)))
            {
                var seen = Find(cluster, node)?.LastAlive ?? started;
                var away = now - (seen > started ? seen : started);
                if (away > node.Definition.AutoDelete && left > 1)
                {
                    left--;
                    yield return (node.Definition.Name, away);
                }
            }
        }
    }

    /// <summary>Whether this node has a link to it, or another that this node hears sees it act.</summary>
    private static bool IsThere(ClusterSnapshot cluster, KnownNode node) =>
        Find(cluster, node)?.State is NodeLinkState.Active or NodeLinkState.Syncing
        || (node.Pin is { } pin && cluster.Groups.Any(group => group.Active.Contains(pin.Id)));

    private static NodeSnapshot? Find(ClusterSnapshot cluster, KnownNode node) =>
        cluster.Nodes.FirstOrDefault(known => known.Id == node.Pin?.Id);
}
