using Compeer.Cluster.Model;

namespace Compeer.Cluster.Links;

/// <summary>One connection of two, when both ends dialled.</summary>
internal static class LinkChoice
{
    /// <summary>
    /// Which of two greeted connections goes. Both ends choose the same: an older run's; else the one that the smaller node
    /// did not dial; of two that one node dialled, the earlier.
    /// </summary>
    public static Link Loser(Link latest, Link earlier, NodeId self)
    {
        if (latest.Hello!.Incarnation != earlier.Hello!.Incarnation)
        {
            return latest.Hello.Incarnation < earlier.Hello.Incarnation ? latest : earlier;
        }

        var smallerIsHere = self < latest.Neighbour.Config.Id;
        return latest.DialledHere == earlier.DialledHere || latest.DialledHere == smallerIsHere ? earlier : latest;
    }
}
