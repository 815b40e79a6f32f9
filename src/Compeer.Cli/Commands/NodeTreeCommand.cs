using System.CommandLine;
using Compeer.Cli.Files;
using Compeer.Cli.Outcome;
using Compeer.Cli.Output;

namespace Compeer.Cli.Commands;

/// <summary><c>mon node tree</c></summary>
internal sealed class NodeTreeCommand : MonCommand
{
    private const int Width = 78;

    /// <inheritdoc/>
    public override CommandHelp Help { get; } = new("node", "tree", "", "Draw the configured network of nodes.")
    {
        Details =
        [
            "Masters stand above this node (\"ipc\"), its peers beside it, its pollers below.",
            "A line joins nodes that share their checks.",
        ],
    };

    /// <inheritdoc/>
    public override Task<int> RunAsync(ParseResult arguments, CommandContext context, CancellationToken cancellation)
    {
        var file = new MerlinConfigurationFile(context.Paths.MerlinConfiguration);
        if (file.ReadConfiguration(context.Error) is not { } configuration)
        {
            return Task.FromResult(ExitCodes.Failure);
        }

        foreach (var line in new NodeTreeDrawing(Width).Draw(configuration))
        {
            context.Out.WriteLine(line);
        }

        return Task.FromResult(ExitCodes.Success);
    }
}
