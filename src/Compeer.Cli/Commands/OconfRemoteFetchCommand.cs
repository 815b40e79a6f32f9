using System.Collections.Immutable;
using System.CommandLine;
using Compeer.Cli.Files;
using Compeer.Cli.Outcome;
using Compeer.Cli.Output;
using Compeer.Cli.Remote;
using Compeer.Configuration.Diagnostics;
using Compeer.Configuration.Nodes;

namespace Compeer.Cli.Commands;

/// <summary><c>mon oconf remote-fetch</c></summary>
internal sealed class OconfRemoteFetchCommand : MonCommand
{
    private readonly Option<string> _type = NodeTypeFilter.CreateOption();
    private readonly Argument<string[]> _names = new("names") { Arity = ArgumentArity.ZeroOrMore };

    /// <inheritdoc/>
    public override CommandHelp Help { get; } = new(
        "oconf", "remote-fetch", "[--type=TYPE[,TYPE …]] [name …]", "Tell other nodes to fetch their configuration from this one.")
    {
        Details =
        [
            "Each runs 'mon oconf fetch' over ssh, or what its own object_config has as",
            "fetch. It has to have this node in its merlin.conf, and to be let in here.",
        ],
        Options = [NodeTypeFilter.Help, ("name", "a node as \"mon node list\" shows it")],
        Examples = ["mon oconf remote-fetch --type=poller", "mon oconf remote-fetch peer02"],
        ExitCodes =
        [
            ("0", "all of them have fetched it"),
            ("1", "it failed on those that are named at the end"),
            ("2", "the command line makes no sense"),
            ("3", "only nodes with \"connect = no\" were chosen"),
        ],
    };

    /// <inheritdoc/>
    public override void Define(Command syntax)
    {
        syntax.Options.Add(_type);
        syntax.Arguments.Add(_names);
    }

    /// <inheritdoc/>
    public override async Task<int> RunAsync(ParseResult arguments, CommandContext context, CancellationToken cancellation)
    {
        if (new MerlinConfigurationFile(context.Paths.MerlinConfiguration).ReadConfiguration(context.Error) is not { } configuration)
        {
            return ExitCodes.Failure;
        }

        (var type, var names) = (arguments.GetValue(_type), arguments.GetValue(_names) ?? []);
        if (NodeTypeFilter.ParseList(type, out var fault) is not { } kinds)
        {
            return FailUsage(context, fault);
        }

        if (names.FirstOrDefault(name => configuration.FindNode(name) is null) is { } unknown)
        {
            return FailUsage(
                context,
                $"\"{unknown}\" is not a configured node" + SimilarName.Hint(unknown, configuration.Nodes.Select(node => node.Name)));
        }

        if (type is null && names.Length == 0)
        {
            return FailUsage(context, "which nodes? Name some, or say --type=poller");
        }

        NodeDefinition[] chosen =
            [.. configuration.Nodes.Where(node => names.Contains(node.Name) || (type is not null && kinds.Contains(node.Kind)))];
        foreach (var skipped in chosen.Where(node => !node.Connect))
        {
            context.Error.WriteLine($"{skipped.Name} is skipped: connect = no");
        }

        ImmutableArray<RemoteNode> nodes = [.. chosen.Where(node => node.Connect).Select(node => RemoteNode.Of(node, configuration))];
        return nodes.IsEmpty
            ? Fail(context, "no such node is left to tell") + (chosen.Length == 0 ? 0 : ExitCodes.NobodyToAsk - ExitCodes.Failure)
            : await TellAsync(nodes, context, cancellation).ConfigureAwait(false);
    }

    private async Task<int> TellAsync(ImmutableArray<RemoteNode> nodes, CommandContext context, CancellationToken cancellation)
    {
        var gate = new Lock();
        var streams = context.Machine.Streams;
        var host = context.Machine.HostName;
        string[] names = [.. new[] { host.Split('.')[0], host }.Distinct(StringComparer.Ordinal)];
        var command = $"mon oconf fetch {ShellQuote.Quote($"--any={string.Join(',', names)}")}";
        var runs = new List<MachineRun>();
        try
        {
            foreach (var node in nodes)
            {
                runs.Add(MachineRun.OverSsh(
                    context.Machine.Ssh,
                    node,
                    RemoteCommand.Attended(command),
                    mayAsk: false,
                    new NamedOutput(node.Name, streams.Output, gate),
                    new NamedOutput(node.Name, streams.Error, gate)));
            }

            runs.ForEach(run => InputCopy.TryClose(run.Input));
            var outcomes = await Task.WhenAll(runs.Select(run => run.WaitAsync(context.Time, cancellation))).ConfigureAwait(false);
            MachineOutcome[] failed = [.. outcomes.Where(outcome => outcome.ExitCode != 0)];
            return failed.Length == 0
                ? ExitCodes.Success
                : Fail(context, $"failed on {string.Join(", ", failed.Select(outcome => outcome.ToString()))}");
        }
        finally
        {
            await Task.WhenAll(runs.Select(run => run.EndAsync(context.Time))).ConfigureAwait(false);
            runs.ForEach(run => run.Dispose());
        }
    }
}
