using System.CommandLine;
using Compeer.Cli.Outcome;

namespace Compeer.Cli.Commands;

/// <summary><c>mon oconf poller-fix</c></summary>
internal sealed class OconfPollerFixCommand : OconfCommand
{
    /// <inheritdoc/>
    public override CommandHelp Help { get; } = new(
        "oconf", "poller-fix", "[file]", "Let a node that has masters read only the objects that a master sends.")
    {
        Details =
        [
            "In the main configuration every cfg_file and cfg_dir becomes a comment, but",
            "cfg_file=oconf/from-master.cfg, which is added when it is not there. On a node",
            "without a master nothing is changed. 'mon restart' does it first.",
        ],
        Options = [FileHelp],
    };

    /// <inheritdoc/>
    public override Task<int> RunAsync(ParseResult arguments, CommandContext context, CancellationToken cancellation) =>
        Task.FromResult(PollerFix.Do(FileOf(arguments, context), context) ? ExitCodes.Success : ExitCodes.Failure);
}
