namespace Compeer.Cluster.Model;

/// <summary>Whether files and folders can be kept the same with a neighbour by itself.</summary>
public enum FilesPartnerState
{
    /// <summary>It is not connected.</summary>
    Away,

    /// <summary>It runs a version that does not know of it.</summary>
    Unable,

    /// <summary>They can.</summary>
    Connected,
}
