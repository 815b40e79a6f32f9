namespace Compeer.Cluster.Replication;

/// <summary>Where the other end of a link stands.</summary>
internal enum LinkSide
{
    /// <summary>A peer: it gets everything.</summary>
    Peer,

    /// <summary>A master: it gets everything but the settings of the program.</summary>
    Above,

    /// <summary>A poller: it gets what is about its part of the objects, and the settings of the program.</summary>
    Below,
}
