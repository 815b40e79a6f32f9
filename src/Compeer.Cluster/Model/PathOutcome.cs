namespace Compeer.Cluster.Model;

/// <summary>How a node stands to a file or folder that another offered it. The numbers go over the wire: append only.</summary>
public enum PathOutcome
{
    /// <summary>Something that this version does not know.</summary>
    Unknown = 0,

    /// <summary>It has the same.</summary>
    Same = 1,

    /// <summary>It does not take it, or not all of it.</summary>
    Refused = 2,

    /// <summary>It has something newer, which the other is to take.</summary>
    Waiting = 3,

    /// <summary>Its merlin.conf does not let the other write there by itself: a push brings it.</summary>
    Pushed = 4,
}
