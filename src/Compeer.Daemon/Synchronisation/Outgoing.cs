using Compeer.Cluster.Model;
using Compeer.Configuration.Nodes;
using Compeer.Configuration.Synchronisation;
using Compeer.Configuration.Versions;
using Compeer.Daemon.Nodes;
using Compeer.Platform.Files;

namespace Compeer.Daemon.Synchronisation;

/// <summary>What this node sends to one neighbour: offers it, gives its content to that neighbour alone, and knows how it stands.
/// For one thread.</summary>
/// <param name="neighbour">Which.</param>
/// <param name="scanner">Looks at files.</param>
/// <param name="records">Remembers when both had the same.</param>
/// <param name="rules">What is never sent.</param>
/// <param name="originOf">Which configuration a poller's part was made of.</param>
internal sealed class Outgoing(
    NodeId neighbour, TreeScanner scanner, SynchronisationRecords records, PathRules rules, Func<string, PartOrigin?> originOf)
{
    private List<OutgoingPath> _paths = [];
    private OfferedPath[]? _told;

    /// <summary>What is sent.</summary>
    public IReadOnlyList<OutgoingPath> Paths => _paths;

    /// <summary>Takes the lines of the neighbour's block.</summary>
    public void Follow(IEnumerable<SyncEntry> entries) =>
        _paths = [.. entries.DistinctBy(entry => (entry.Path, entry.Destination)).Select(entry =>
            _paths.Find(path => path.Entry == entry) ?? new OutgoingPath(entry)
            {
                LastSame = records.LastSame(neighbour, entry.Path, isSent: true),
            })];

    /// <summary>Looks at the files; what the neighbour is to be told, or null when that is known.</summary>
    public IReadOnlyList<OfferedPath>? Look()
    {
        foreach (var path in _paths.Take(OfferedPath.MaxPaths))
        {
            // Before the file is read: what is newer than its number may be told as older for a moment, and never the other way.
            var origin = path.IsPart ? originOf(path.Entry.Path) : null;
            if (origin is { Version: null })
            {
                path.Refuse("it is being made");
            }
            else if (!path.IsPart && rules.Problem(path.Entry.Path) is { Length: > 0 } problem)
            {
                path.Refuse(problem);
            }
            else
            {
                path.Take(scanner.Scan(path.Entry.Path, path.Entry.Path), bytes => ConfigurationManifest.HashOf(bytes), origin?.Version);
            }
        }

        foreach (var path in _paths.Skip(OfferedPath.MaxPaths))
        {
            path.Refuse($"at most {OfferedPath.MaxPaths} files and folders of a node go over the link; 'mon oconf push' brings it");
        }

        OfferedPath[] offers = [.. _paths.Select(path => path.Offer).OfType<OfferedPath>()
            .Where(offer => offer.Path.Length <= OfferedPath.MaxPathLength).DistinctBy(offer => offer.Path)];
        if (offers.AsSpan().SequenceEqual(_told))
        {
            return null;
        }

        _told = offers;
        return offers;
    }

    /// <summary>The neighbour said how it stands.</summary>
    public void Hear(PathReport report, DateTimeOffset now)
    {
        var path = _paths.Find(path => path.Offer?.Path == report.Path);
        if (path is not { Tree: { } tree } || path.Offer?.Hash != report.Hash)
        {
            return;
        }

        path.Report = report;
        if (report.Outcome == PathOutcome.Same)
        {
            path.LastSame = now;
            records.Keep(neighbour, path.Entry.Path, isSent: true, tree);

            // Also what the neighbour may send here, when it may: that is what both have.
            records.Keep(neighbour, path.Entry.Path, isSent: false, tree);
        }
    }

    /// <summary>The connection is gone or new: what the neighbour said does not count any more.</summary>
    public void Forget() => _paths.ForEach(path => path.Report = null);

    /// <summary>A piece of what the neighbour is offered; null when that has no such content, or has changed since.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public (long Total, byte[] Data)? Read(string hash, long offset, int length)
    {
        foreach (var path in _paths.Where(path => path.Offer is not null))
        {
            if (path.Offer!.Hash == hash)
            {
                return (path.Manifest.Length, path.Manifest.AsSpan((int)Math.Min(offset, path.Manifest.Length)) is var rest
                    ? rest[..Math.Min(length, rest.Length)].ToArray() : []);
            }

            if (path.Tree!.Items.Values.FirstOrDefault(item => item.Hash == hash && item.Kind == FileKind.File) is { } file
                && ReadFile(path.Entry.Path, file, offset, length) is { } data)
            {
                return (file.Bytes, data);
            }
        }

        return null;
    }

    private static byte[]? ReadFile(string root, FileItem item, long offset, int length)
    {
        using var parent = FolderWalk.OpenParent(root, root, make: false);
        using var folder = FolderWalk.OpenFolderOf(parent, Path.GetFileName(root), item.Name, out var last);
        if (folder.DetailsOf(last) is not { Type: FileType.File } details
            || (details.Bytes, details.Modified) != (item.Bytes, item.Modified))
        {
            return null;
        }

        using var file = folder.OpenFile(last);
        var data = new byte[Math.Clamp(item.Bytes - offset, 0, length)];
        var read = RandomAccess.Read(file, data, offset);
        return read == data.Length ? data : null;
    }
}
