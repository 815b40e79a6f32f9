using Compeer.Configuration.Text;
using Compeer.Configuration.Versions;

namespace Compeer.Daemon.Configuration;

/// <summary>
/// The object files of a configuration that is not in place yet: below the folder of the main configuration those of its
/// manifest and no others, elsewhere those of the disk. So it is read, and found good or bad, as it will be read in its place.
/// </summary>
/// <param name="disk">Reads what is elsewhere; takes the findings.</param>
/// <param name="root">The folder of the main configuration.</param>
/// <param name="manifest">What will be in it.</param>
/// <param name="contentOf">The bytes with a hash; null when they are not here.</param>
internal sealed class StagedFiles(
    ConfigurationFiles disk, string root, ConfigurationManifest manifest, Func<string, ReadOnlyMemory<byte>?> contentOf)
    : IConfigurationFiles
{
    private const string ObjectFilePattern = ".cfg";

    private readonly Dictionary<string, ManifestFile> _files = manifest.Files
        .Where(file => !file.IsOutside).ToDictionary(file => $"{root}/{file.Name}", StringComparer.Ordinal);

    /// <inheritdoc/>
    public SourceFile? Read(string path)
    {
        if (!IsInside(path))
        {
            return disk.Read(path);
        }

        if (!_files.TryGetValue(path, out var file))
        {
            disk.Report(path, "is named, and is no part of the configuration that came");
            return null;
        }

        if (contentOf(file.Hash) is not { } content)
        {
            disk.Report(path, "is part of the configuration, and its content is not here");
            return null;
        }

        return new SourceFile(path, content);
    }

    /// <inheritdoc/>
    public IEnumerable<string> List(string folder, bool recursive)
    {
        if (!IsInside(folder) && folder != root)
        {
            return disk.List(folder, recursive);
        }

        var prefix = folder + "/";
        return _files.Keys
            .Where(path => path.StartsWith(prefix, StringComparison.Ordinal) && path.EndsWith(ObjectFilePattern, StringComparison.Ordinal))
            .Select(path => (Path: path, Parts: path[prefix.Length..].Split('/')))
            .Where(file => (recursive || file.Parts.Length == 1) && !Array.Exists(file.Parts, part => part.StartsWith('.')))
            .OrderBy(file => file.Parts, PartsComparer.Ordinal)
            .Select(file => file.Path);
    }

    private bool IsInside(string path) => path.StartsWith(root + "/", StringComparison.Ordinal);

    /// <summary>The order in which folders are walked: each folder where its name stands among the files beside it.</summary>
    private sealed class PartsComparer : IComparer<string[]>
    {
        public static readonly PartsComparer Ordinal = new();

        public int Compare(string[]? left, string[]? right)
        {
            for (var i = 0; i < left!.Length && i < right!.Length; i++)
            {
                if (string.CompareOrdinal(left[i], right[i]) is var order and not 0)
                {
                    return order;
                }
            }

            return left.Length.CompareTo(right!.Length);
        }
    }
}
