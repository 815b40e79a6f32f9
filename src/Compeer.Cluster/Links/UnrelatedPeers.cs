using Compeer.Cluster.Model;

namespace Compeer.Cluster.Links;

/// <summary>
/// Peers whose configuration turns out to be of another history while they are connected: one of the two took up another. What
/// is newer says nothing between them, so they part, and each says why.
/// </summary>
internal static class UnrelatedPeers
{
    /// <summary>Ends the connections to them.</summary>
    public static void PartFrom(LinkTable links, ClusterContext context)
    {
        foreach (var neighbour in links.Neighbours)
        {
            if (neighbour.Greeted is { IsPeerLink: true, Configuration: { } theirs } link && !context.Version.IsRelatedTo(theirs))
            {
                links.Refuse(link, HelloCheck.OtherHistory(theirs, context.Version));
            }
        }
    }
}
