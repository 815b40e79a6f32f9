using Compeer.Cluster.Links;
using Compeer.Cluster.Membership;
using Compeer.Cluster.Model;

namespace Compeer.Cluster.Exchange;

/// <summary>
/// Says by whose configuration the checks run when not all nodes have the same: what is only in another configuration than
/// the one in force is checked by nobody.
/// </summary>
internal sealed class ForceNotices(ClusterContext context, LinkTable links)
{
    /// <summary>Looks at a view of this node's group.</summary>
    public void Follow(ClusterView view, int objects)
    {
        var inForce = view.Component.Where(report => view.IsMember(report.Node))
            .MaxBy(report => report.Configuration)?.Configuration;
        if (inForce is null)
        {
            return;
        }

        foreach (var report in view.Component.Where(report => report.Acting && report.Configuration.Hash != inForce.Hash))
        {
            var whose = report.Node == context.Self ? $"this node's, with {objects} objects," : $"that of node {NameOf(report.Node)}";
            context.NoticeOnce(
                $"force {report.Node} {report.Configuration} {inForce}",
                NoticeLevel.Warning,
                $"all checks are run by the configuration {Describe(inForce)} at {string.Join(", ", view.Members.Select(NameOf))}; "
                + $"{whose} is {Describe(report.Configuration)} and not in force: what is only in that one is checked by nobody. "
                + "To end it, give all nodes the same files and reload; what is reloaded last is in force");
        }
    }

    private string Describe(ConfigurationVersion version) =>
        $"{version.Number} ({(version.Hash.Length > 8 ? version.Hash[..8] : version.Hash)}, taken up at {NameOf(version.Origin)})";

    private string NameOf(NodeId node) => node == context.Self ? "this node" : links.Find(node)?.Name ?? node.ToString()[..8];
}
