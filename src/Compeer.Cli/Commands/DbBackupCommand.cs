using System.CommandLine;

namespace Compeer.Cli.Commands;

/// <summary><c>mon db backup</c></summary>
internal sealed class DbBackupCommand : DbCommand
{
    private readonly Argument<string?> _file = new("file") { Arity = ArgumentArity.ZeroOrOne };

    /// <inheritdoc/>
    public override CommandHelp Help { get; } = new(
        "db", "backup", "FILE", "Copy the database of what outlives a restart into a file.")
    {
        Details =
        [
            "The copy is the database at one moment, whole, while mond runs; copying the file",
            "itself is not safe. To put it back: stop mond, put the copy in the place of",
            "var/retention.db, remove retention.db-wal and retention.db-shm, start mond. What",
            "other nodes know that is newer wins.",
        ],
        Options = [("FILE", "a file that is not there yet, in a folder that the user of mond may write")],
        Examples = ["mon db backup /var/backups/retention-before-upgrade.db"],
        ExitCodes = Codes,
    };

    /// <inheritdoc/>
    public override void Define(Command syntax) => syntax.Arguments.Add(_file);

    /// <inheritdoc/>
    public override Task<int> RunAsync(ParseResult arguments, CommandContext context, CancellationToken cancellation) =>
        arguments.GetValue(_file) is { Length: > 0 } file
            ? AskAsync(["--db-backup", Path.GetFullPath(file)], context, cancellation)
            : Task.FromResult(FailUsage(context, "there is no file to copy to"));
}
