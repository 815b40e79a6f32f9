namespace Compeer.Cluster.Model;

/// <summary>A file or folder that one node keeps the same at another.</summary>
/// <param name="Path">Where it is at the other; absolute.</param>
/// <param name="Hash">Names what it is to be: the SHA-256 of its manifest, 64 hexadecimal digits.</param>
public sealed record OfferedPath(string Path, string Hash)
{
    /// <summary>Of the part of a configuration that a poller gets: which configuration it was made of. Null for anything else, and where
    /// nobody says.</summary>
    public ConfigurationVersion? Version { get; init; }

    /// <summary>The most that one node offers another.</summary>
    public const int MaxPaths = 64;

    /// <summary>The most characters of a path.</summary>
    public const int MaxPathLength = 512;
}
