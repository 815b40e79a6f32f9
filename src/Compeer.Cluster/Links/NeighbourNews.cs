namespace Compeer.Cluster.Links;

/// <summary>What changed about a neighbour since that was asked last, as far as people want to know.</summary>
internal enum NeighbourNews
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It is active.</summary>
    Active,

    /// <summary>It was active and is down.</summary>
    Lost,

    /// <summary>It was connected, or refused, and is down before it was caught up with.</summary>
    NotReached,
}
