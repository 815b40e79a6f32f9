using Compeer.Configuration.Nodes;

namespace Compeer.Configuration.Synchronisation;

/// <summary>Which paths of this node a neighbour may write, by what this node's own merlin.conf says of the neighbour.</summary>
public static class SynchronisedPaths
{
    /// <summary>The path of this node within which the neighbour may write another, so that no link below leads elsewhere; null when it
    /// may not.</summary>
    /// <param name="node">The neighbour's block in merlin.conf.</param>
    /// <param name="path">What it wants to write.</param>
    /// <param name="isMutual">Whether this node sends the very same path there: then neither overrules the other.</param>
    public static string? AllowanceOf(NodeDefinition node, string path, out bool isMutual)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(path);
        isMutual = node.Sync.Any(entry => entry.Path == path) && !node.SyncAccepts.Contains(path);
        return SyncEntry.Problem(path).Length > 0 || path.Any(char.IsControl) ? null
            : node.Sync.Select(entry => entry.Path).Concat(node.SyncAccepts)
                .Where(allowed => IsWithin(path, allowed)).MinBy(allowed => allowed.Length);
    }

    /// <summary>Whether a path is another or something in it.</summary>
    public static bool IsWithin(string path, string folder)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(folder);
        return path == folder || (path.StartsWith(folder, StringComparison.Ordinal) && path[folder.Length..].StartsWith('/'));
    }
}
