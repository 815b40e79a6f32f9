using System.CommandLine;

namespace Compeer.Cli.Commands;

/// <summary><c>mon db vacuum</c></summary>
internal sealed class DbVacuumCommand : DbCommand
{
    /// <inheritdoc/>
    public override CommandHelp Help { get; } = new(
        "db", "vacuum", "", "Give back the room that the database of what outlives a restart does not need.")
    {
        Details =
        [
            "It is written anew, without what was deleted in it. A running mond goes on; what",
            "it has to write waits for that.",
        ],
        ExitCodes = Codes,
    };

    /// <inheritdoc/>
    public override Task<int> RunAsync(ParseResult arguments, CommandContext context, CancellationToken cancellation) =>
        AskAsync(["--db-vacuum"], context, cancellation);
}
