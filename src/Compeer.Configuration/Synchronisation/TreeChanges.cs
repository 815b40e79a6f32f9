using System.Collections.Immutable;

namespace Compeer.Configuration.Synchronisation;

/// <summary>What is to be done to make one tree of another, in this order.</summary>
/// <param name="Cleared">Items in whose place something of another kind comes, what is in a folder before the folder.</param>
/// <param name="Put">Items that come or change, a folder before what is in it.</param>
/// <param name="Deleted">Items that go, what is in a folder before the folder: last, since what comes may be one of them under another
/// name.</param>
public sealed record TreeChanges(ImmutableArray<FileItem> Cleared, ImmutableArray<FileItem> Put, ImmutableArray<FileItem> Deleted)
{
    /// <summary>Whether there is nothing to do.</summary>
    public bool IsNone => Cleared.IsEmpty && Put.IsEmpty && Deleted.IsEmpty;

    /// <summary>From one tree to another.</summary>
    public static TreeChanges Between(FileTree from, FileTree to)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        var gone = from.Items.Values.Reverse()
            .Where(item => item.Kind != FileKind.Left && to.Items.GetValueOrDefault(item.Name)?.Kind != item.Kind)
            .ToLookup(item => IsInTheWay(item.Name, from, to));
        return new TreeChanges(
            [.. gone[true]],
            [.. to.Items.Values.Where(item => item.Kind != FileKind.Left && !item.IsSameAs(from.Items.GetValueOrDefault(item.Name)))],
            [.. gone[false]]);
    }

    /// <summary>Whether an item, or a folder that it is in, becomes something of another kind.</summary>
    private static bool IsInTheWay(string name, FileTree from, FileTree to)
    {
        for (var end = name.Length; end > 0; end = name.LastIndexOf('/', end - 1))
        {
            if (to.Items.TryGetValue(name[..end], out var item) && item.Kind != from.Items.GetValueOrDefault(name[..end])?.Kind)
            {
                return true;
            }
        }

        return false;
    }
}
