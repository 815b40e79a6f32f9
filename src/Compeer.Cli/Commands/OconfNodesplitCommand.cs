using System.CommandLine;
using Compeer.Cli.Files;
using Compeer.Cli.Outcome;
using Compeer.Configuration.Diagnostics;
using Compeer.Configuration.Nodes;

namespace Compeer.Cli.Commands;

/// <summary><c>mon oconf nodesplit</c></summary>
internal sealed class OconfNodesplitCommand : MonCommand
{
    private readonly Argument<string[]> _names = new("names") { Arity = ArgumentArity.ZeroOrMore };

    /// <inheritdoc/>
    public override CommandHelp Help { get; } = new(
        "oconf", "nodesplit", "[name …]", "Write the part of the configuration that each poller gets into a file.")
    {
        Details =
        [
            "The files are var/cache/config/NAME.cfg, or in the folder that oconfsplit_dir of",
            "merlin.conf names. Each has the hosts of the poller's host groups with their",
            "services, templates resolved, and all that those need; parents, dependencies and",
            "members of groups that are elsewhere are left out. Nothing is sent or taken up:",
            "'mon oconf push' does this by itself before it sends them.",
        ],
        Options = [("name", "a poller as \"mon node list --type=poller\" shows it; all when none is named")],
        ExitCodes =
        [
            ("0", "done"),
            ("1", "the configuration has errors, or there is no such host group"),
            ("2", "the command line makes no sense"),
        ],
    };

    /// <inheritdoc/>
    public override void Define(Command syntax) => syntax.Arguments.Add(_names);

    /// <inheritdoc/>
    public override async Task<int> RunAsync(ParseResult arguments, CommandContext context, CancellationToken cancellation)
    {
        if (new MerlinConfigurationFile(context.Paths.MerlinConfiguration).ReadConfiguration(context.Error) is not { } configuration)
        {
            return ExitCodes.Failure;
        }

        string[] pollers = [.. configuration.Nodes.Where(node => node.Kind == NodeKind.Poller).Select(node => node.Name)];
        var names = arguments.GetValue(_names) ?? [];
        if (names.FirstOrDefault(name => !pollers.Contains(name)) is { } unknown)
        {
            return FailUsage(context, $"\"{unknown}\" is not a configured poller{SimilarName.Hint(unknown, pollers)}");
        }

        if (pollers.Length == 0)
        {
            context.Error.WriteLine("no poller is configured, so there is nothing to split");
            return ExitCodes.Success;
        }

        var isDone = await PollerSplit.MakeAsync(names, context, context.Out.WriteLine, context.Error.WriteLine, cancellation)
            .ConfigureAwait(false);
        return isDone ? ExitCodes.Success : ExitCodes.Failure;
    }
}
