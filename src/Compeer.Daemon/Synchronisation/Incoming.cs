using Compeer.Cluster.Model;
using Compeer.Configuration.Nodes;
using Compeer.Configuration.Synchronisation;
using Compeer.Configuration.Versions;
using Compeer.Daemon.Versions;
using Compeer.Platform.Errors;
using Microsoft.Win32.SafeHandles;

namespace Compeer.Daemon.Synchronisation;

/// <summary>
/// What one neighbour sends to this node: takes what merlin.conf here lets it write, one path after the other. Its content is
/// gathered in a folder of that neighbour's own first, and written when all of a path is here. For one thread.
/// </summary>
/// <param name="neighbour">Which.</param>
/// <param name="parts">What all neighbours share.</param>
internal sealed class Incoming(NodeId neighbour, SynchronisationParts parts)
{
    /// <summary>The most files of all that one neighbour sends.</summary>
    public const int MaxItems = 2 * FileTree.MaxItems;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan TryPartAgain = TimeSpan.FromSeconds(60);

    private readonly ContentStore _content = new(Path.Combine(parts.Folder, "incoming", neighbour.ToString()));
    private readonly List<PathReport> _reports = [];
    private ContentGathering? _gathering;
    private List<IncomingPath> _paths = [];
    private IncomingPath? _fetching;
    private NodeDefinition? _definition;
    private DateTimeOffset _deadline;

    /// <summary>What the neighbour offers.</summary>
    public IReadOnlyList<IncomingPath> Paths => _paths;

    /// <summary>Whether something came that lets it go on.</summary>
    public bool HasNews { get; private set; }

    /// <summary>Takes the neighbour's block in merlin.conf.</summary>
    public void Follow(NodeDefinition definition)
    {
        _definition = definition;
        _paths.ForEach(path => path.NotBefore = default);
    }

    /// <summary>The neighbour offers this now, on a connection of which nothing was said yet.</summary>
    public void Take(IEnumerable<OfferedPath> offers)
    {
        Stop();
        HasNews = true;
        _paths = [.. offers.DistinctBy(offer => offer.Path).Select(offer => IncomingPath.Of(
            offer, _paths.Find(path => path.Offer.Path == offer.Path) ?? new IncomingPath(offer)
            {
                LastSame = parts.Records.LastSame(neighbour, offer.Path, isSent: false),
            }))];
        _content.KeepOnly(_paths.Select(path => path.Offer.Hash).ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>The connection is gone.</summary>
    public void Forget()
    {
        Stop();
        _paths = [];
    }

    /// <summary>Goes on: looks at what is here, fetches what is missing, writes what is whole.</summary>
    /// <returns>What the neighbour is to be told.</returns>
    public IReadOnlyList<PathReport> Advance(DateTimeOffset now)
    {
        HasNews = false;
        _reports.Clear();
        if (_fetching is { } slow && now > _deadline)
        {
            Stop();
            Refuse(slow, now, "what was offered does not come");
        }

        foreach (var path in _paths.Where(path => path.NotBefore <= now))
        {
            if (_fetching is not null)
            {
                break;
            }

            try
            {
                Advance(path, now);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                Refuse(path, now, SystemError.Words(exception));
            }
        }

        return [.. _reports];
    }

    /// <summary>A piece of content came.</summary>
    public void Take(ClusterEffect.Content piece, DateTimeOffset now)
    {
        if (_fetching is not { } path || _gathering is not { } gathering || !gathering.Wanted.Contains(piece.Hash))
        {
            return;
        }

        var problem = Gather(gathering, piece);
        if (problem.Length > 0)
        {
            Stop();
            path.NotBefore = now + TryAgain;
            path.Say(PathOutcome.Refused, problem);
            parts.Loop(new FilesInput.Report(neighbour, [path.Report!]));
            return;
        }

        _deadline = now + Patience;
        var received = piece.Offset + piece.Data.Length;
        parts.Loop(new FilesInput.Taken(neighbour, piece.Hash, received, received == piece.Total));
        if (gathering.Wanted.Count == 0)
        {
            (_fetching, _gathering) = (null, null);
            HasNews = true;
        }
    }

    private static string Gather(ContentGathering gathering, ClusterEffect.Content piece)
    {
        try
        {
            return gathering.Take(piece) is { Length: > 0 } problem ? $"the receiver was sent {problem}" : "";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"the receiver cannot keep what it fetches: {SystemError.Words(exception)}";
        }
    }

    private void Advance(IncomingPath path, DateTimeOffset now)
    {
        if (path.Offer.Path == PollerMainFile.ObjectFile)
        {
            AdvancePart(path, now);
            return;
        }

        var allowed = _definition is { } definition && parts.Rules.Problem(path.Offer.Path).Length == 0
            ? SynchronisedPaths.AllowanceOf(definition, path.Offer.Path, out var isMutual)
            : Nothing(out isMutual);
        path.IsAllowed = allowed is not null;
        if (allowed is null)
        {
            var rule = parts.Rules.Problem(path.Offer.Path);
            path.NotBefore = now + TryAgain;
            Report(path, rule.Length > 0 ? PathOutcome.Refused : PathOutcome.Pushed, rule.Length > 0 ? rule
                : $"the receiver's merlin.conf does not let the sender write it: '{path.Offer.Path} = accept' in a sync block of the "
                    + "sender's block there does; until then 'mon oconf push' brings it");
        }
        else if (path.Theirs is not null || Read(path, now))
        {
            Compare(path, allowed, isMutual, now, isSecond: false);
        }
    }

    /// <summary>What a master sends of its configuration is taken up, once, as a whole; it is for the daemon to say whether it is
    /// good.</summary>
    private void AdvancePart(IncomingPath path, DateTimeOffset now)
    {
        path.IsAllowed = _definition is { Kind: NodeKind.Master };
        if (!path.IsAllowed)
        {
            path.NotBefore = now + TryAgain;
            Report(path, PathOutcome.Refused, "the sender is no master of the receiver's, by the merlin.conf there");
        }
        else if (path.Taking is { } taking)
        {
            Conclude(path, taking, now);
        }
        else if (parts.Order.NewerThan(path.Offer.Version) is { } newer)
        {
            path.NotBefore = now + TryAgain;
            Report(path, PathOutcome.Waiting, $"the receiver works by a newer one already, number {newer.Number}");
        }
        else if (path.Report?.Outcome != PathOutcome.Same && path.IsTaken)
        {
            parts.Order.End(path.Offer.Version, isTaken: true);
            Report(path, PathOutcome.Same, "");
        }
        else if (path.Report?.Outcome != PathOutcome.Same && (path.Theirs is not null || Read(path, now)))
        {
            var file = path.Theirs!.Root!;
            if (file.Kind != FileKind.File)
            {
                Refuse(path, now, "the receiver was sent a folder where one file of objects was said");
            }
            else if (_content.Read(file.Hash) is not { } objects)
            {
                Want(path, [(file.Hash, file.Bytes)], now);
            }
            else
            {
                path.Taking = parts.TakePart(objects, _definition!.Name);
                parts.Order.Begin(path.Offer.Version, path.Taking);
            }
        }
    }

    private void Conclude(IncomingPath path, Task<string> taking, DateTimeOffset now)
    {
        if (!taking.IsCompleted)
        {
            return;
        }

        path.Taking = null;
        var problem = taking.IsCompletedSuccessfully ? taking.Result : "it could not be taken up; the log of the receiver says why";
        path.IsTaken = problem.Length == 0;
        parts.Order.End(path.Offer.Version, path.IsTaken);
        path.NotBefore = now + (problem.Length > 0 ? TryPartAgain : TimeSpan.Zero);
        if (Report(path, problem.Length > 0 ? PathOutcome.Refused : PathOutcome.Same, problem) && problem.Length == 0)
        {
            parts.Records.Keep(neighbour, path.Offer.Path, isSent: false, path.Theirs!);
        }

        path.LastSame = problem.Length > 0 ? path.LastSame : now;
        _content.KeepOnly(_paths.Select(other => other.Offer.Hash).ToHashSet(StringComparer.Ordinal));
    }

    private static string? Nothing(out bool isMutual)
    {
        isMutual = false;
        return null;
    }

    /// <summary>Reads what is offered; false when it is not here yet, or makes no sense.</summary>
    private bool Read(IncomingPath path, DateTimeOffset now)
    {
        if (_content.Read(path.Offer.Hash) is not { } manifest)
        {
            Want(path, [(path.Offer.Hash, FileManifest.MaxBytes)], now);
            return false;
        }

        var theirs = FileManifest.Decode(manifest.Span, out var problem);
        if (theirs is not null && _paths.Sum(other => other.Theirs?.Items.Count ?? 0) + theirs.Items.Count > MaxItems)
        {
            problem = $"{MaxItems} files are taken of one node, and no more";
            theirs = null;
        }

        if (theirs is null)
        {
            Refuse(path, now, $"the receiver was sent {problem}");
            return false;
        }

        path.Theirs = theirs;
        return true;
    }

    private void Compare(IncomingPath path, string allowed, bool isMutual, DateTimeOffset now, bool isSecond)
    {
        var theirs = path.Theirs!;
        var scan = parts.Scanner.Scan(path.Offer.Path, allowed);
        var mine = scan.Tree;
        TreeWriter.TakeAway(path.Offer.Path, allowed, scan.Unfinished);
        if (scan.Fault.Length > 0 || (mine.Root is { } here && here.Kind != theirs.Root!.Kind))
        {
            Refuse(path, now, scan.Fault.Length > 0 ? scan.Fault
                : $"it is a {Word(mine.Root!)} at the receiver and a {Word(theirs.Root!)} at the sender");
            return;
        }

        var merged = isMutual
            ? TreeMerge.Merge(mine, theirs, parts.Records.Before(neighbour, path.Offer.Path))
            : TreeMerge.Follow(mine, theirs);
        var changes = TreeChanges.Between(mine, merged);
        if (changes.IsNone)
        {
            Conclude(path, mine, scan, now);
        }
        else if (isSecond)
        {
            path.NotBefore = now + TryAgain;
            Report(path, PathOutcome.Refused, "it changes at the receiver while it is written");
        }
        else if (Missing(changes, mine) is { Count: > 0 } missing)
        {
            Want(path, missing, now);
        }
        else
        {
            Write(path, allowed, isMutual, changes, mine, now);
        }
    }

    private void Write(
        IncomingPath path, string allowed, bool isMutual, TreeChanges changes, FileTree mine, DateTimeOffset now)
    {
        parts.Backup.Begin(_definition!.Name);
        var problems = new TreeWriter(parts.Backup).Apply(path.Offer.Path, allowed, changes, mine, Open);
        parts.Backup.Prune();
        if (problems.Count > 0)
        {
            Refuse(path, now, string.Join("; ", problems.Take(3)) + (problems.Count > 3 ? $"; and {problems.Count - 3} more" : ""));
            return;
        }

        _content.KeepOnly(_paths.Select(other => other.Offer.Hash).ToHashSet(StringComparer.Ordinal));
        Compare(path, allowed, isMutual, now, isSecond: true);
    }

    /// <summary>Nothing is to be done here: either both have the same, or the neighbour has to follow.</summary>
    private void Conclude(IncomingPath path, FileTree mine, TreeScan scan, DateTimeOffset now)
    {
        if (!mine.IsSameAs(path.Theirs!))
        {
            Report(path, PathOutcome.Waiting, "the receiver has something newer");
        }
        else if (scan.Left.Count > 0)
        {
            Report(path, PathOutcome.Refused, $"at the receiver {scan.LeftText}");
        }
        else
        {
            if (Report(path, PathOutcome.Same, OwnersOf(mine, path.Theirs!)))
            {
                parts.Records.Keep(neighbour, path.Offer.Path, isSent: false, path.Theirs!);
            }

            path.LastSame = now;
        }
    }

    /// <summary>What is missing of what is to be written.</summary>
    private List<(string Hash, long Bytes)> Missing(TreeChanges changes, FileTree mine)
    {
        var here = mine.Items.Values.Select(item => item.Hash).ToHashSet(StringComparer.Ordinal);
        return [.. changes.Put.Where(item => item.Kind == FileKind.File && !here.Contains(item.Hash) && !_content.Has(item.Hash))
            .DistinctBy(item => item.Hash).Select(item => (item.Hash, item.Bytes))];
    }

    private void Want(IncomingPath path, IReadOnlyList<(string Hash, long Bytes)> contents, DateTimeOffset now)
    {
        _gathering = new ContentGathering(_content);
        foreach (var (hash, bytes) in contents)
        {
            _gathering.Want(hash, bytes);
        }

        (_fetching, _deadline) = (path, now + Patience);
        parts.Loop(new FilesInput.Want(neighbour, [.. contents.Select(content => content.Hash)]));
    }

    private SafeFileHandle? Open(string hash) => _content.Has(hash) ? File.OpenHandle(_content.PathOf(hash)) : null;

    private void Stop()
    {
        if (_fetching is not null)
        {
            parts.Loop(new FilesInput.Want(neighbour, []));
        }

        (_fetching, _gathering) = (null, null);
    }

    private void Refuse(IncomingPath path, DateTimeOffset now, string reason)
    {
        path.NotBefore = now + TryAgain;
        Report(path, PathOutcome.Refused, reason);
    }

    private bool Report(IncomingPath path, PathOutcome outcome, string reason)
    {
        var isNew = path.Say(outcome, reason);
        if (isNew)
        {
            _reports.Add(path.Report!);
        }

        return isNew;
    }

    private static string Word(FileItem item) => item.Kind == FileKind.Folder ? "folder" : "file";

    /// <summary>Owners and groups that could not be given; empty when they are as there.</summary>
    private static string OwnersOf(FileTree mine, FileTree theirs)
    {
        var others = theirs.Items.Values.Where(item => item.Kind is FileKind.File or FileKind.Folder
            && mine.Items.GetValueOrDefault(item.Name) is { } own && own.Kind == item.Kind
            && (own.User, own.Group) != (item.User, item.Group)).ToList();
        return others.Count == 0 ? ""
            : $"the owner or group of {others.Count} of its files is another ({others[0].User}:{others[0].Group} of "
                + $"{(others[0].Name.Length == 0 ? "the whole" : $"'{others[0].Name}'")}), which mond may not give; 'mon oconf push' does";
    }
}
