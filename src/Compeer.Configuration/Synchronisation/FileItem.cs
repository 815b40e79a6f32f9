namespace Compeer.Configuration.Synchronisation;

/// <summary>One file, folder or link of a tree.</summary>
/// <param name="Name">Its path in the tree, parts separated by <c>/</c>; empty for the tree itself.</param>
/// <param name="Kind">What it is.</param>
public sealed record FileItem(string Name, FileKind Kind)
{
    /// <summary>The permission bits that are kept the same: none of those that lend a user's rights.</summary>
    public const int ModeMask = 0x1FF; // 0777

    /// <summary>Permission bits, within <see cref="ModeMask"/>; of files and folders.</summary>
    public int Mode { get; init; }

    /// <summary>Login name of the owner, or the number of one without; of files and folders.</summary>
    public string User { get; init; } = "";

    /// <summary>Name of the group, or the number of one without.</summary>
    public string Group { get; init; } = "";

    /// <summary>When a file was changed last, in ticks of 100 ns since 0001-01-01 (UTC).</summary>
    public long Modified { get; init; }

    /// <summary>Length of a file.</summary>
    public long Bytes { get; init; }

    /// <summary>SHA-256 of a file's content, hexadecimal.</summary>
    public string Hash { get; init; } = "";

    /// <summary>Where a link leads, as it is written.</summary>
    public string Target { get; init; } = "";

    /// <summary>
    /// Whether it is kept the same as another. The owner does not count, as a daemon may not give files away, nor the time of a
    /// folder, which changes with what is in it.
    /// </summary>
    public bool IsSameAs(FileItem? other) => other is not null && Kind == other.Kind && Kind switch
    {
        FileKind.File => (Mode, Modified, Hash) == (other.Mode, other.Modified, other.Hash),
        FileKind.Folder => Mode == other.Mode,
        FileKind.Link => Target == other.Target,
        _ => true,
    };
}
