namespace Compeer.Configuration.Synchronisation;

/// <summary>
/// What a tree becomes by what another node offers. Where only the other node sends, what it has rules. Where both send to each
/// other, each name by itself: what one of them changed since both were the same last is taken; of two changes the later one, by
/// the time of the file, and of equal times the one with the higher hash; a file that one of them deleted and the other changed stays.
/// Both ends come to the same by this, so that nothing goes to and fro.
/// </summary>
public static class TreeMerge
{
    /// <summary>The tree that is to be.</summary>
    /// <param name="mine">What is here; what is left as it is stays.</param>
    /// <param name="theirs">What is offered.</param>
    public static FileTree Follow(FileTree mine, FileTree theirs)
    {
        ArgumentNullException.ThrowIfNull(mine);
        ArgumentNullException.ThrowIfNull(theirs);
        return Complete(mine, theirs, (_, other, _) => other, FileTree.Empty.Items);
    }

    /// <summary>The tree that is to be where both ends send to each other.</summary>
    /// <param name="mine">What is here.</param>
    /// <param name="theirs">What is offered.</param>
    /// <param name="before">What both had last; empty when they never were the same.</param>
    public static FileTree Merge(FileTree mine, FileTree theirs, FileTree before)
    {
        ArgumentNullException.ThrowIfNull(mine);
        ArgumentNullException.ThrowIfNull(theirs);
        ArgumentNullException.ThrowIfNull(before);

        // What is not here at all, the whole file or folder, was not deleted on purpose: it is brought back.
        return mine.Root is null ? Follow(mine, theirs) : Complete(mine, theirs, Choose, before.Items);
    }

    private static FileTree Complete(
        FileTree mine,
        FileTree theirs,
        Func<FileItem?, FileItem?, FileItem?, FileItem?> choose,
        IReadOnlyDictionary<string, FileItem> before)
    {
        var items = new Dictionary<string, FileItem>(StringComparer.Ordinal);
        foreach (var name in mine.Items.Keys.Union(theirs.Items.Keys))
        {
            var own = mine.Items.GetValueOrDefault(name);
            var chosen = mine.IsLeft(name) || theirs.IsLeft(name)
                ? own
                : choose(own, theirs.Items.GetValueOrDefault(name), before.GetValueOrDefault(name));
            if (chosen is not null)
            {
                items.Add(name, chosen);
            }
        }

        KeepFolders(mine, theirs, items);
        return new FileTree(items.Values);
    }

    /// <summary>What stays keeps the folders that it is in; what is in no folder any more goes.</summary>
    private static void KeepFolders(FileTree mine, FileTree theirs, Dictionary<string, FileItem> items)
    {
        foreach (var name in items.Keys.ToArray())
        {
            for (var end = name.LastIndexOf('/'); end > 0; end = name.LastIndexOf('/', end - 1))
            {
                var folder = name[..end];
                if (!items.ContainsKey(folder) && FolderOf(mine, theirs, folder) is { } kept)
                {
                    items.Add(folder, kept);
                }
            }
        }

        foreach (var name in items.Keys.Order(StringComparer.Ordinal).ToArray())
        {
            var end = name.LastIndexOf('/');
            if (name.Length > 0 && items.GetValueOrDefault(end < 0 ? "" : name[..end])?.Kind is not (FileKind.Folder or FileKind.Left))
            {
                items.Remove(name);
            }
        }
    }

    private static FileItem? FolderOf(FileTree mine, FileTree theirs, string name) =>
        mine.Items.GetValueOrDefault(name) is { Kind: FileKind.Folder } own ? own
        : theirs.Items.GetValueOrDefault(name) is { Kind: FileKind.Folder } other ? other
        : null;

    private static FileItem? Choose(FileItem? own, FileItem? other, FileItem? before) =>
        IsSame(own, other) ? own
        : IsSame(other, before) ? own
        : IsSame(own, before) ? other
        : own is null ? other
        : other is null ? own
        : IsLater(other, own) ? other
        : own;

    private static bool IsSame(FileItem? one, FileItem? other) => one is null ? other is null : one.IsSameAs(other);

    /// <summary>Of two changes of one name: a total order, the same at both ends.</summary>
    private static bool IsLater(FileItem one, FileItem other) => one.Kind != other.Kind
        ? one.Kind < other.Kind
        : (one.Modified, one.Mode).CompareTo((other.Modified, other.Mode)) switch
        {
            > 0 => true,
            < 0 => false,
            _ => string.CompareOrdinal(one.Hash + one.Target, other.Hash + other.Target) > 0,
        };
}
