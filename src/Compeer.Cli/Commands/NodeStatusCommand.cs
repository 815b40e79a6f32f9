using System.CommandLine;
using Compeer.Cli.Outcome;
using Compeer.Cli.Output;

namespace Compeer.Cli.Commands;

/// <summary><c>mon node status</c></summary>
internal sealed class NodeStatusCommand : MonCommand
{
    /// <inheritdoc/>
    public override CommandHelp Help { get; } = new(
        "node", "status", "", "Show every node as the running mond sees it: state, times and share of the checks.")
    {
        Details =
        [
            "A node's first line has its number, its place among the active peers, how many",
            "of its peers are active and configured, type, name and state. Of the two",
            "percentages the first is the share of the checks of the node's group, the",
            "second that of all checks. Checks that only a configuration which is not in",
            "force has count among all, since nobody runs them. Each node's configuration is",
            "named by its number and hash, with whether it is the one in force; one that a",
            "node was given and does not take up stands in a row of its own with the reason.",
            "So do the files and folders that are synchronised with it; 'mon sync status'",
            "shows those alone. This node's storage has a row: its size, when it was last",
            "written, what waits, and what is or was wrong with it.",
        ],
        ExitCodes =
        [
            ("0", "all nodes are active and run the configuration in force, and all of it is checked"),
            ("1", "a node is not active, a configuration differs or is refused, something is checked by nobody, "
                + "a synchronised path is not in step, or mond does not answer"),
            ("2", "the command line makes no sense"),
        ],
    };

    /// <inheritdoc/>
    public override async Task<int> RunAsync(
        ParseResult arguments, CommandContext context, CancellationToken cancellation)
    {
        var answer = await context.Client.GetNodesAsync(cancellation).ConfigureAwait(false);
        if (!answer.TryGet(out var status, out var error))
        {
            return Fail(context, error.Message);
        }

        new NodeStatusWriter(context.Out, context.Palette, context.Time.GetUtcNow()).Write(status);
        return NodeJudgement.IsWell(status) ? ExitCodes.Success : ExitCodes.Failure;
    }
}
