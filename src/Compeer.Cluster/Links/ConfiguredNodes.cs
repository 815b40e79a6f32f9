using Compeer.Cluster.Model;
using Compeer.Cluster.Wire;

namespace Compeer.Cluster.Links;

/// <summary>Which of the nodes that a configuration names can be neighbours.</summary>
internal static class ConfiguredNodes
{
    /// <summary>Leaves out, with a notice, what cannot be: this node itself, one twice, more than a cluster has.</summary>
    public static List<Neighbour> Usable(ClusterContext context, IReadOnlyList<Neighbour> configured)
    {
        var usable = new List<Neighbour>();
        foreach (var neighbour in configured)
        {
            if (neighbour.Id == context.Self)
            {
                context.Notice(
                    NoticeLevel.Warning,
                    $"node {neighbour.Name} has this node's own key ({neighbour.Id}) and is left out: it is this node, or a copy of it "
                    + "that needs a key of its own");
            }
            else if (usable.Find(other => other.Id == neighbour.Id) is { } other)
            {
                context.Notice(
                    NoticeLevel.Warning, $"nodes {other.Name} and {neighbour.Name} have the same key; {neighbour.Name} is left out");
            }
            else if (usable.Count == ProtocolLimits.MaxNodes - 1)
            {
                context.Notice(
                    NoticeLevel.Error, $"node {neighbour.Name} is left out: a cluster has at most {ProtocolLimits.MaxNodes} nodes");
            }
            else
            {
                usable.Add(neighbour);
            }
        }

        return usable;
    }
}
