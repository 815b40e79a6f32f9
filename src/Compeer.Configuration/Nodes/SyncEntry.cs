namespace Compeer.Configuration.Nodes;

/// <summary>A path that is kept the same at a node (a line of its <c>sync</c> block).</summary>
/// <param name="Source">File or folder here; a slash at its end means the contents of the folder, as rsync has it.</param>
/// <param name="Destination">Where it goes there; the same path when the line names none.</param>
public sealed record SyncEntry(string Source, string Destination)
{
    /// <summary>Whether the source can only be a folder, whose contents are meant.</summary>
    public bool IsContents => Source.EndsWith('/');

    /// <summary>The source without a slash at its end.</summary>
    public string Path => Source.TrimEnd('/');

    /// <summary>
    /// The path that the source has at the other end. As rsync has it, what is given a folder to go to keeps its name in there; but a
    /// folder that is to go to a path of its own name is meant to be that path.
    /// </summary>
    /// <param name="isFolder">Whether the source is a folder.</param>
    /// <param name="isFolderThere">Whether the destination is a folder now.</param>
    public string TargetOf(bool isFolder, bool isFolderThere)
    {
        var destination = Destination.TrimEnd('/');
        var keepsName = !IsContents && Destination != Source
            && (Destination.EndsWith('/') || (isFolder ? NameOf(destination) != NameOf(Path) : isFolderThere));
        return keepsName ? $"{destination}/{NameOf(Path)}" : destination;
    }

    /// <summary>What is wrong with a path of a <c>sync</c> block; empty when nothing is.</summary>
    public static string Problem(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var trimmed = path.TrimEnd('/');
        return !path.StartsWith('/') ? "is not absolute; it has to begin with /"
            : trimmed.Length == 0 ? "is the whole file system"
            : trimmed[1..].Split('/').FirstOrDefault(part => part is "" or "." or "..") switch
            {
                null => "",
                "" => "has an empty part",
                var part => $"has the part \"{part}\", which leads elsewhere",
            };
    }

    private static string NameOf(string path) => path[(path.LastIndexOf('/') + 1)..];
}
