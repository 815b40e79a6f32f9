using System.CommandLine;
using Compeer.Cli.Files;
using Compeer.Cli.Outcome;

namespace Compeer.Cli.Commands;

/// <summary><c>mon node list</c></summary>
internal sealed class NodeListCommand : MonCommand
{
    private readonly Option<string> _type = NodeTypeFilter.CreateOption();

    /// <inheritdoc/>
    public override CommandHelp Help { get; } = new(
        "node", "list", "[--type=TYPE[,TYPE …]]", "List the configured nodes, one a line, in the order of names.")
    {
        Options = [NodeTypeFilter.Help],
    };

    /// <inheritdoc/>
    public override void Define(Command syntax) => syntax.Options.Add(_type);

    /// <inheritdoc/>
    public override Task<int> RunAsync(ParseResult arguments, CommandContext context, CancellationToken cancellation) =>
        Task.FromResult(Run(arguments, context));

    private int Run(ParseResult arguments, CommandContext context)
    {
        if (NodeTypeFilter.ParseList(arguments.GetValue(_type), out var fault) is not { } kinds)
        {
            return FailUsage(context, fault);
        }

        var file = new MerlinConfigurationFile(context.Paths.MerlinConfiguration);
        if (file.ReadConfiguration(context.Error) is not { } configuration)
        {
            return ExitCodes.Failure;
        }

        foreach (var node in configuration.Nodes
                     .Where(node => kinds.Contains(node.Kind))
                     .OrderBy(node => node.Name, StringComparer.Ordinal))
        {
            context.Out.WriteLine("  " + node.Name);
        }

        return ExitCodes.Success;
    }
}
