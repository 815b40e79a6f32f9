namespace Compeer.Configuration.Versions;

/// <summary>An object file of a configuration, by its content.</summary>
/// <param name="Name">Its path seen from the folder of the main configuration; absolute when it is outside of that.</param>
/// <param name="Bytes">Its length, bytes.</param>
/// <param name="Hash">SHA-256 of its content, 64 lower-case hexadecimal digits.</param>
public readonly record struct ManifestFile(string Name, long Bytes, string Hash)
{
    /// <summary>Whether it is outside of the folder of the main configuration: it is no part of what is given to other nodes,
    /// which must have the same file at the same place.</summary>
    public bool IsOutside => Name.StartsWith('/');
}
