using System.CommandLine;
using System.Globalization;
using Compeer.Api;
using Compeer.Cli.Outcome;
using Compeer.Configuration.Retained;
using Compeer.Platform.Errors;

namespace Compeer.Cli.Commands;

/// <summary><c>mon retention import</c></summary>
internal sealed class RetentionImportCommand : MonCommand
{
    private const int PieceBytes = 64 << 10;

    private readonly Argument<string?> _file = new("file") { Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<bool> _dryRun = new("--dry-run");

    /// <inheritdoc/>
    public override CommandHelp Help { get; } = new(
        "retention", "import", "[--dry-run] FILE", "Take the retention.dat of Naemon, Nagios or op5 into the cluster.")
    {
        Details =
        [
            "States, acknowledgements, downtimes, comments, what operators changed and what",
            "was notified are taken, at all peers. What the cluster has already, or newer,",
            "stays: a second import changes nothing. Best done before the first start of",
            "mond: it then takes the file before its first check, so that nobody is told of",
            "a problem that is acknowledged, and its log says what came of it. While mond",
            "runs the answer comes at once.",
        ],
        Options =
        [
            ("FILE", "such as /var/lib/naemon/retention.dat; stop what writes it first"),
            ("--dry-run", "say what would be taken, and change nothing"),
        ],
        Examples = ["mon retention import --dry-run /var/lib/naemon/retention.dat"],
        ExitCodes =
        [
            ("0", "taken, or put down for the next start"), ("1", "the file is torn or cannot be read, or it could not be done"),
            ("2", "the command line makes no sense"),
        ],
    };

    /// <inheritdoc/>
    public override void Define(Command syntax)
    {
        syntax.Arguments.Add(_file);
        syntax.Options.Add(_dryRun);
    }

    /// <inheritdoc/>
    public override async Task<int> RunAsync(ParseResult arguments, CommandContext context, CancellationToken cancellation)
    {
        if (arguments.GetValue(_file) is not { Length: > 0 } path)
        {
            return FailUsage(context, "there is no file to import");
        }

        try
        {
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
            if (Count(file, counts) is { } problem)
            {
                return Fail(context, $"{path}:{problem.Line}: {problem.Text}");
            }

            file.Position = 0;
            return await ImportAsync(path, file, counts, arguments.GetValue(_dryRun), context, cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return Fail(context, $"{path}: {(e is NotSupportedException ? "not a regular file" : SystemError.Words(e))}");
        }
    }

    private async Task<int> ImportAsync(
        string path,
        FileStream file,
        SortedDictionary<string, int> counts,
        bool isDryRun,
        CommandContext context,
        CancellationToken cancellation)
    {
        var answer = await context.Client.ImportRetentionAsync(file, isDryRun, cancellation).ConfigureAwait(false);
        if (answer.TryGet(out var imported, out var error))
        {
            Tell(context, imported);
            return ExitCodes.Success;
        }

        if (error.Kind != ApiErrorKind.NotRunning)
        {
            return Fail(context, error.Message);
        }

        var found = string.Join(", ", counts.Where(count => count.Key != "info")
            .Select(count => string.Create(CultureInfo.InvariantCulture, $"{count.Value} {count.Key}")));
        if (isDryRun)
        {
            context.Out.WriteLine($"{path} is whole: {found}");
            context.Out.WriteLine("mond does not run; which of them it would take can be said when it does");
            return ExitCodes.Success;
        }

        try
        {
            await StageAsync(path, context.Paths.StagedRetention, cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Fail(context, $"{context.Paths.StagedRetention} cannot be written: {SystemError.Words(e)}");
        }

        context.Out.WriteLine($"mond does not run; at its next start it takes this before its first check: {found}");
        return ExitCodes.Success;
    }

    /// <summary>Puts it down for mond, which may run as another user, under a name that is there only when all of it is.</summary>
    private static async Task StageAsync(string path, string place, CancellationToken cancellation)
    {
        var unfinished = place + ".new";
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        File.Delete(unfinished);
        try
        {
            await CopyAsync(path, unfinished, cancellation).ConfigureAwait(false);
            File.Move(unfinished, place, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or OperationCanceledException)
        {
            // A disk that has no room for all of it gets back what a part of it took.
            File.Delete(unfinished);
            throw;
        }
    }

    private static async Task CopyAsync(string path, string unfinished, CancellationToken cancellation)
    {
        await using var file = File.OpenRead(path);
        await using var copy = new FileStream(unfinished, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead,
        });
        await file.CopyToAsync(copy, cancellation).ConfigureAwait(false);
        copy.Flush(flushToDisk: true);
    }

    /// <summary>Looks through the file before anything of it is taken.</summary>
    private static (int Line, string Text)? Count(FileStream file, SortedDictionary<string, int> counts)
    {
        var reader = new RetainedFileReader();
        var piece = new byte[PieceBytes];
        var blocks = new List<RetainedBlock>();
        int read;
        while (reader.Problem is null && (read = file.Read(piece)) > 0)
        {
            reader.Feed(piece.AsSpan(0, read), blocks);
            Add(blocks, counts);
        }

        if (reader.Problem is null)
        {
            reader.End(blocks);
            Add(blocks, counts);
        }

        return reader.Problem;
    }

    private static void Add(List<RetainedBlock> blocks, SortedDictionary<string, int> counts)
    {
        foreach (var block in blocks)
        {
            counts[block.Type] = counts.GetValueOrDefault(block.Type) + 1;
        }

        blocks.Clear();
    }

    private static void Tell(CommandContext context, RetentionImported imported)
    {
        var taken = imported.IsDryRun ? "would be taken" : "taken";
        foreach (var kind in imported.Kinds)
        {
            context.Out.WriteLine($"{kind.Name}: {kind.Taken} {taken}, {kind.Kept} left as they are");
        }

        if (imported.Kinds.IsEmpty)
        {
            context.Out.WriteLine("there is nothing to take");
        }

        Tell(context, "not configured", imported.UnknownObjects, imported.Unknown);
        Tell(context, "not understood", imported.UnknownKeys.Length, imported.UnknownKeys);
        Tell(context, "not taken", imported.Refusals, imported.Refused);
    }

    private static void Tell(CommandContext context, string what, long count, IReadOnlyCollection<string> names)
    {
        if (count > 0)
        {
            context.Out.WriteLine($"{what}: {count}");
            foreach (var name in names)
            {
                context.Out.WriteLine($"  {name}");
            }
        }
    }
}
