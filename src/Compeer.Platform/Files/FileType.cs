namespace Compeer.Platform.Files;

/// <summary>What a name in a folder is.</summary>
public enum FileType
{
    /// <summary>A device, a pipe, a socket.</summary>
    Special,

    /// <summary>A regular file.</summary>
    File,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A symbolic link.</summary>
    Link,
}
