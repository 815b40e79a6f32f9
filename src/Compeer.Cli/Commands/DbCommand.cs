using System.Collections.Immutable;
using Compeer.Cli.Outcome;

namespace Compeer.Cli.Commands;

/// <summary>A command about the database of what outlives a restart: the daemon's program does it, as the daemon's user, whose
/// file it is.</summary>
internal abstract class DbCommand : MonCommand
{
    private const string NameOfMond = "mond: ";

    /// <summary>What each exit code means.</summary>
    protected static ImmutableArray<(string Code, string Meaning)> Codes =>
    [
        ("0", "done, and nothing is wrong with it"), ("1", "it is damaged, or it could not be done"),
        ("2", "the command line makes no sense"),
    ];

    /// <summary>Has the daemon's program do it.</summary>
    protected async Task<int> AskAsync(IReadOnlyList<string> words, CommandContext context, CancellationToken cancellation)
    {
        var exitCode = await context.Mond.RunAsDaemonAsync(
            words,
            context.Out.WriteLine,
            line => context.Error.WriteLine(
                $"mon {Help.Path}: {(line.StartsWith(NameOfMond, StringComparison.Ordinal) ? line[NameOfMond.Length..] : line)}"),
            cancellation).ConfigureAwait(false);
        return exitCode == 0 ? ExitCodes.Success : ExitCodes.Failure;
    }
}
