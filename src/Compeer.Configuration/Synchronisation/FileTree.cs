using System.Collections.Immutable;

namespace Compeer.Configuration.Synchronisation;

/// <summary>A file, or a folder with all that is in it, as it is at one moment.</summary>
public sealed class FileTree
{
    /// <summary>The most items of a tree.</summary>
    public const int MaxItems = 10_000;

    /// <summary>The most bytes of one file.</summary>
    public const long MaxFileBytes = 64L << 20;

    /// <summary>The most bytes of all files of a tree.</summary>
    public const long MaxBytes = 256L << 20;

    /// <summary>A tree of these items.</summary>
    /// <param name="items">In any order; the tree itself, with an empty name, among them unless there is nothing.</param>
    public FileTree(IEnumerable<FileItem> items) =>
        Items = items.ToImmutableSortedDictionary(item => item.Name, item => item, StringComparer.Ordinal);

    /// <summary>Nothing.</summary>
    public static FileTree Empty { get; } = new([]);

    /// <summary>Its items by name; a folder stands before what is in it.</summary>
    public ImmutableSortedDictionary<string, FileItem> Items { get; }

    /// <summary>The file or folder itself; null when there is nothing.</summary>
    public FileItem? Root => Items.GetValueOrDefault("");

    /// <summary>Whether nothing has to be done to make one of the other; what is left as it is on one side counts as the same.</summary>
    public bool IsSameAs(FileTree other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Items.Keys.Union(other.Items.Keys).All(name => IsLeft(name) || other.IsLeft(name)
            || Items.GetValueOrDefault(name)?.IsSameAs(other.Items.GetValueOrDefault(name)) == true);
    }

    /// <summary>Whether this name, or a folder that it is in, is not kept the same.</summary>
    public bool IsLeft(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        for (var end = name.Length; end > 0; end = name.LastIndexOf('/', end - 1))
        {
            if (Items.GetValueOrDefault(name[..end])?.Kind == FileKind.Left)
            {
                return true;
            }
        }

        return false;
    }
}
