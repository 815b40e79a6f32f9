using Compeer.Cluster;
using Compeer.Cluster.Model;
using Compeer.Configuration.Text;
using UncheckedObjects = Compeer.Api.UncheckedObjects;

namespace Compeer.Daemon.Http;

/// <summary>
/// What is checked by nobody since the nodes that run the checks do not have it, as far as this node sees: of nodes that are out
/// of reach nothing is known.
/// </summary>
internal sealed class Coverage(ClusterSnapshot cluster)
{
    /// <summary>What this node's configuration has and nobody checks.</summary>
    public UncheckedObjects Own => Of(cluster.Unchecked);

    /// <summary>The same of all configurations in sight; what several have is counted once, as far as can be told.</summary>
    public UncheckedObjects All =>
        cluster.Nodes.Where(IsInSight).Select(node => Of(node.Unchecked)).Prepend(Own).MaxBy(missing => missing.Count)!;

    /// <summary>Different configurations of peers in sight, this node's included.</summary>
    public int Configurations => cluster.Nodes
        .Where(node => node.Kind == NeighbourKind.Peer && IsInSight(node) && node.ConfigurationVersion is not null)
        .Select(node => node.ConfigurationVersion!.Hash)
        .Append(cluster.Version.Hash)
        .Distinct()
        .Count();

    /// <summary>What of a node's configuration nobody checks, as it said last; nothing of one that is out of reach.</summary>
    public static UncheckedObjects At(NodeSnapshot? node) =>
        node is not null && IsInSight(node) ? Of(node.Unchecked) : UncheckedObjects.None;

    private static bool IsInSight(NodeSnapshot node) =>
        node.State is NodeLinkState.Active or NodeLinkState.Syncing || !node.IsConfigured;

    private static UncheckedObjects Of(Cluster.Model.UncheckedObjects known) => new(
        known.Hosts, known.Number - known.Hosts, known.IsExact, [.. known.Names.Select(ConfigurationText.Readable)]);
}
