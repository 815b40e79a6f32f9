using System.CommandLine;

namespace Compeer.Cli.Commands;

/// <summary><c>mon db check</c></summary>
internal sealed class DbCheckCommand : DbCommand
{
    /// <inheritdoc/>
    public override CommandHelp Help { get; } = new(
        "db", "check", "", "Look through the database of what outlives a restart.")
    {
        Details =
        [
            "States, what operators changed, comments and downtimes are in var/retention.db.",
            "The whole file is read; a running mond is not disturbed.",
        ],
        ExitCodes = Codes,
    };

    /// <inheritdoc/>
    public override Task<int> RunAsync(ParseResult arguments, CommandContext context, CancellationToken cancellation) =>
        AskAsync(["--db-check"], context, cancellation);
}
