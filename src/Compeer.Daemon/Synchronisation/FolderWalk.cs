using Compeer.Platform.Files;

namespace Compeer.Daemon.Synchronisation;

/// <summary>Opens folders on the way to a path. Links are followed in what merlin.conf here names, nowhere below it.</summary>
internal static class FolderWalk
{
    private const UnixFileMode NewFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute;

    /// <summary>Opens the folder that a path is in.</summary>
    /// <param name="path">The path.</param>
    /// <param name="trusted">The path that merlin.conf names: the same, or one above.</param>
    /// <param name="make">Whether folders below <paramref name="trusted"/> are made where they are not there.</param>
    /// <exception cref="IOException">It cannot be opened, or there is a link on the way.</exception>
    public static HeldFolder OpenParent(string path, string trusted, bool make)
    {
        if (path == trusted)
        {
            return HeldFolder.Open(Path.GetDirectoryName(path)!);
        }

        if (make && FileDetails.Of(trusted) is null)
        {
            using var above = HeldFolder.Open(Path.GetDirectoryName(trusted)!);
            Directory.CreateDirectory(above.PathOf(Path.GetFileName(trusted)), NewFolder);
        }

        var parts = path[(trusted.Length + 1)..].Split('/');
        return Descend(HeldFolder.Open(trusted), parts.AsSpan(0, parts.Length - 1), make);
    }

    /// <summary>Opens the folder in which an item of a tree is.</summary>
    /// <param name="parent">The folder that the tree is in.</param>
    /// <param name="root">The tree's name there.</param>
    /// <param name="name">The item's name in the tree; empty for the tree itself.</param>
    /// <param name="last">The item's name in the folder that is given.</param>
    /// <exception cref="IOException">It cannot be opened, or there is a link on the way.</exception>
    public static HeldFolder OpenFolderOf(HeldFolder parent, string root, string name, out string last)
    {
        if (name.Length == 0)
        {
            last = root;
            return HeldFolder.Open(parent.RuntimePath);
        }

        var parts = name.Split('/');
        last = parts[^1];
        return Descend(parent.OpenFolder(root), parts.AsSpan(0, parts.Length - 1), make: false);
    }

    private static HeldFolder Descend(HeldFolder folder, ReadOnlySpan<string> parts, bool make)
    {
        foreach (var part in parts)
        {
            using var above = folder;
            if (make && above.DetailsOf(part) is null)
            {
                Directory.CreateDirectory(above.PathOf(part), NewFolder);
            }

            folder = above.OpenFolder(part);
        }

        return folder;
    }
}
