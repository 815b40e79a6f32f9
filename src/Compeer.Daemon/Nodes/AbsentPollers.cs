using Compeer.Cluster;
using Compeer.Cluster.Model;
using Compeer.Daemon.Configuration;

namespace Compeer.Daemon.Nodes;

/// <summary>
/// Which pollers have been away for longer than <c>auto_delete</c> allows. Merlin's rules: the last of a group stays, so that nothing falls
/// to the masters by it, and all stay while none of a group is there, as then it is the network that is lost. That time does not count
/// afterwards either: when the network is back one of them is the first. Counted from the first look at which one is away, by a clock that
/// is not set.
/// </summary>
internal sealed class AbsentPollers
{
    private Dictionary<string, TimeSpan> _since = new(StringComparer.Ordinal);

    /// <summary>Looks who is there.</summary>
    /// <param name="nodes">The neighbours of merlin.conf.</param>
    /// <param name="cluster">Who is there.</param>
    /// <param name="now">The time, by a monotonic clock.</param>
    /// <returns>Those that are to be removed from merlin.conf, in its order, with how long each was away.</returns>
    public IReadOnlyList<(string Name, TimeSpan Away)> Look(NodeSet nodes, ClusterSnapshot cluster, TimeSpan now)
    {
        var since = new Dictionary<string, TimeSpan>(StringComparer.Ordinal);
        List<(string Name, TimeSpan Away)> gone = [];
        foreach (var group in PollerPart.GroupsOf(nodes.Nodes.Select(node => node.Definition)))
        {
            var members = nodes.Nodes.Where(node => group.Contains(node.Definition)).ToList();
            var absent = members.Where(node => !IsThere(cluster, node)).ToList();
            var left = members.Count;
            foreach (var node in absent.Count < members.Count ? absent : [])
            {
                var name = node.Definition.Name;
                var away = now - (since[name] = _since.GetValueOrDefault(name, now));
                if (away > node.Definition.AutoDelete && left > 1)
                {
                    left--;
                    gone.Add((name, away));
                }
            }
        }

        _since = since;
        return gone;
    }

    /// <summary>Nobody is to be removed: what was counted does not count later.</summary>
    public void Forget() => _since.Clear();

    /// <summary>Whether this node has a link to it, or another that this node hears sees it act.</summary>
    private static bool IsThere(ClusterSnapshot cluster, KnownNode node) =>
        cluster.Nodes.FirstOrDefault(known => known.Id == node.Pin?.Id)?.State is NodeLinkState.Active or NodeLinkState.Syncing
        || (node.Pin is { } pin && cluster.Groups.Any(group => group.Active.Contains(pin.Id)));
}
