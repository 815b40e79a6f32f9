using System.CommandLine;
using System.Globalization;
using Compeer.Api;
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
            "milliseconds. Among those of this node are the ways in by which others",
            "send results, nsca and nrdp, where they are on, and its storage.",
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

        var daemon = await context.Client.GetStatusAsync(cancellation).ConfigureAwait(false);
        if (!daemon.TryGet(out var self, out error))
        {
            return Fail(context, error.Message);
        }

        foreach (var node in status.Nodes)
        {
            context.Out.WriteLine(node.Name);
            var variables = NodeVariables.Of(node, status.InForce);
            var ways = node == status.Nodes[0] ? self.PassiveWays.SelectMany(Variables) : [];
            var storage = node == status.Nodes[0] && status.Storage is { } kept ? StorageText.Variables(kept) : [];
            foreach ((var name, var value) in variables.Concat(ways).Concat(storage).OrderBy(pair => pair.Name, StringComparer.Ordinal))
            {
                context.Out.WriteLine($"    {name} = {value}");
            }

            context.Out.WriteLine();
        }

        return ExitCodes.Success;
    }

    private static IEnumerable<(string Name, string Value)> Variables(PassiveWayStatus way) =>
    [
        ($"{way.Name}_address", way.Address ?? ""),
        ($"{way.Name}_refused", way.Refused.ToString(CultureInfo.InvariantCulture)),
        ($"{way.Name}_results", way.Results.ToString(CultureInfo.InvariantCulture)),
    ];
}
