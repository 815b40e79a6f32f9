namespace Compeer.Cluster.Wire;

/// <summary>Why a node ends a connection that the other end would go on with. They go over the wire: append only.</summary>
internal enum RefusalCode
{
    /// <summary>A reason of a later version.</summary>
    Unknown = 0,

    /// <summary>The node is going to stop: nobody's fault.</summary>
    Stopping = 1,

    /// <summary>There are enough connections between the two already: nobody's fault.</summary>
    TooMany = 2,

    /// <summary>The node's configuration does not name the other one.</summary>
    NotConfigured = 3,

    /// <summary>They have no version of the protocol in common.</summary>
    Version = 4,

    /// <summary>The other says that it is somebody else than its key says.</summary>
    Identity = 5,

    /// <summary>They do not agree on what they are to each other.</summary>
    Kind = 6,

    /// <summary>Another process with the same key is connected and started later.</summary>
    SameKey = 7,

    /// <summary>The other broke a rule of the protocol.</summary>
    Rule = 8,

    /// <summary>Their configurations are not the same and have no history in common.</summary>
    OtherHistory = 9,
}
