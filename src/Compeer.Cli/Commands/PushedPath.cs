using Compeer.Configuration.Nodes;

namespace Compeer.Cli.Commands;

/// <summary>A path of a <c>sync</c> block as it is found here.</summary>
/// <param name="Entry">What the block says.</param>
/// <param name="IsFolder">Whether it is a folder.</param>
internal sealed record PushedPath(SyncEntry Entry, bool IsFolder)
{
    /// <summary>Looks at a path; null, and why, when it cannot be sent.</summary>
    public static PushedPath? Find(SyncEntry entry, out string problem)
    {
        var isFolder = Directory.Exists(entry.Path);
        problem = isFolder ? ""
            : !File.Exists(entry.Path) ? $"{entry.Path} does not exist"
            : entry.IsContents ? $"{entry.Path} is no folder"
            : "";
        return problem.Length == 0 ? new PushedPath(entry, isFolder) : null;
    }
}
