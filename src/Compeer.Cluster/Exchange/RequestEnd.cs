namespace Compeer.Cluster.Exchange;

/// <summary>Why a request did not come to the owner of its object.</summary>
internal enum RequestEnd
{
    /// <summary>As many as may wait do so already.</summary>
    TooManyWait,

    /// <summary>It passed as many nodes as it may: they do not agree whose the object is.</summary>
    TooFar,

    /// <summary>No node takes a share, or this configuration does not have the object and nobody said whose it is.</summary>
    NoOwner,

    /// <summary>The owner is known, and there is no way to it that passes requests on.</summary>
    OwnerNotReached,

    /// <summary>This node is the owner, and does not come to act for the object.</summary>
    NotTaken,
}
