using System.CommandLine;
using Compeer.Cli.Outcome;
using Compeer.Cli.Output;

namespace Compeer.Cli.Commands;

/// <summary><c>mon node info</c></summary>
internal sealed class NodeInfoCommand : MonCommand
{
    /// <inheritdoc/>
    public override CommandHelp Help { get; } = new(
        "node", "info", "", "Print every variable that the running mond knows of every node.")
    {
        Details =
        [
            "A node's name, then its variables, one a line, in the order of names, under",
            "Merlin's names where it has them. Times are seconds since 1970, latency is in",
            "milliseconds.",
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

        foreach (var node in status.Nodes)
        {
            context.Out.WriteLine(node.Name);
            foreach ((var name, var value) in NodeVariables.Of(node, status.InForce))
            {
                context.Out.WriteLine($"    {name} = {value}");
            }

            context.Out.WriteLine();
        }

        return ExitCodes.Success;
    }
}
