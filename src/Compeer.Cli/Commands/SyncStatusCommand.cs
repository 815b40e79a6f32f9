using System.CommandLine;
using Compeer.Cli.Outcome;
using Compeer.Cli.Output;

namespace Compeer.Cli.Commands;

/// <summary><c>mon sync status</c></summary>
internal sealed class SyncStatusCommand : MonCommand
{
    /// <inheritdoc/>
    public override CommandHelp Help { get; } = new(
        "sync", "status", "", "Show for each node and each path of its sync block whether both have the same.")
    {
        Details =
        [
            "What the sync block of a node in merlin.conf names is sent to that node by",
            "itself, within seconds of a change, where that node's own merlin.conf lets this",
            "one write it: by the same path in its sync block for this node, or by a line",
            "'PATH = accept' there. What is not let, or needs root, waits for the next",
            "'mon oconf push'. What is overwritten or deleted is kept at the node where that",
            "happens, in var/sync/backup.",
        ],
        ExitCodes =
        [
            ("0", "both ends of every path have the same, or there is no path"),
            ("1", "something is not the same, or not known to be, or mond does not answer"),
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

        var writer = new SynchronisedPathWriter(context.Palette, context.Time.GetUtcNow());
        var nodes = status.Nodes.Where(node => !node.Synchronised.IsEmpty).ToList();
        if (nodes.Count == 0)
        {
            context.Out.WriteLine("No file or folder is synchronised: merlin.conf has no sync block.");
        }

        foreach (var node in nodes)
        {
            context.Out.WriteLine($"{node.Type} {node.Name}:");
            foreach (var path in node.Synchronised)
            {
                context.Out.WriteLine("  " + writer.LineOf(path));
            }
        }

        return NodeJudgement.IsSynchronised(status) ? ExitCodes.Success : ExitCodes.Failure;
    }
}
