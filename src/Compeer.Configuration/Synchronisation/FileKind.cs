namespace Compeer.Configuration.Synchronisation;

/// <summary>What an item of a file tree is.</summary>
public enum FileKind
{
    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A regular file.</summary>
    File,

    /// <summary>A symbolic link that stays inside of the tree.</summary>
    Link,

    /// <summary>Something that is there and is not kept the same: it cannot be read, leads out, is a device. What the other end has
    /// under this name is left as it is.</summary>
    Left,
}
