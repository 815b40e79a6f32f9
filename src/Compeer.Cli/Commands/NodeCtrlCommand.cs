using System.Collections.Immutable;
using System.CommandLine;
using Compeer.Cli.Files;
using Compeer.Cli.Outcome;
using Compeer.Cli.Output;
using Compeer.Cli.Remote;
using Compeer.Configuration.Diagnostics;
using Compeer.Configuration.Nodes;
using Compeer.Platform.Processes;

namespace Compeer.Cli.Commands;

/// <summary><c>mon node ctrl</c></summary>
internal sealed class NodeCtrlCommand : MonCommand
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(250);

    private readonly Argument<string[]> _words = new("words") { Arity = ArgumentArity.ZeroOrMore };

    /// <inheritdoc/>
    public override CommandHelp Help { get; } = new(
        "node",
        "ctrl",
        "[name …] [--self] [--all|--type=TYPE[,TYPE …]] [--] <command>",
        "Run a command on other nodes over ssh.")
    {
        Details =
        [
            "All nodes work at the same time. Of one node that was named, the output comes",
            "as it is; of several, each line stands behind the node's name, unless the output",
            "goes into a pipe or a file: what reads it there gets the lines alone.",
            "The command begins behind \"--\", or with the first word that is no configured",
            "node. One word is a command line for the shell there; several are joined by",
            "blanks, and one of them that has blanks arrives as one word.",
            "Standard input, unless it is a terminal, goes to every node. Ctrl-C ends the",
            "command everywhere. Nodes with \"connect = no\" are skipped.",
        ],
        Options =
        [
            ("name", "a node as \"mon node list\" shows it"),
            ("--self", "run it here, too; alone, run it only here"),
            ("--all", "all configured nodes; also meant by \"--\" with nothing before it"),
            NodeTypeFilter.Help,
            ("command", "what to run"),
        ],
        Examples =
        [
            "mon node ctrl peer02 -- mon node add peer01 type=peer",
            "mon node ctrl --type=peer -- mon restart",
            "mon node ctrl -- 'df -h | grep /opt; echo $(hostname)'",
            "mon node ctrl --self -- mon restart",
        ],
        ExitCodes =
        [
            ("0", "it succeeded everywhere"),
            ("…", "of one node that was named: the command's own; 255 when it was not reached"),
            ("1", "of several: it failed on those that are named at the end"),
            ("2", "the command line makes no sense"),
            ("3", "only nodes with \"connect = no\" were chosen"),
            ("130", "it was interrupted"),
        ],
    };

    /// <inheritdoc/>
    public override bool TakesWordsAsTheyStand => true;

    /// <inheritdoc/>
    public override void Define(Command syntax) => syntax.Arguments.Add(_words);

    /// <inheritdoc/>
    public override bool AsksForHelp(IReadOnlyList<string> words, CommandContext context)
    {
        var configuration = new MerlinConfigurationFile(context.Paths.MerlinConfiguration).ReadConfiguration(TextWriter.Null);
        var parsed = CtrlWords.Parse(words, word => configuration?.FindNode(word) is not null);
        var own = parsed.UnknownOption is null ? parsed.Before : parsed.Before + 1;
        return base.AsksForHelp([.. parsed.IsChosen ? words.Take(own) : words], context);
    }

    /// <inheritdoc/>
    public override async Task<int> RunAsync(ParseResult arguments, CommandContext context, CancellationToken cancellation)
    {
        var file = new MerlinConfigurationFile(context.Paths.MerlinConfiguration);
        if (file.ReadConfiguration(context.Error) is not { } configuration)
        {
            return ExitCodes.Failure;
        }

        var words = CtrlWords.Parse(arguments.GetValue(_words) ?? [], word => configuration.FindNode(word) is not null);
        if (FindFault(words, configuration) is { } fault)
        {
            return FailUsage(context, fault);
        }

        if (NodeTypeFilter.ParseList(words.Type, out var typeFault) is not { } kinds)
        {
            return FailUsage(context, typeFault);
        }

        var chosen = words.Choose(configuration, kinds);
        foreach (var skipped in chosen.Where(node => !node.Connect))
        {
            context.Error.WriteLine($"{skipped.Name} is skipped: connect = no");
        }

        ImmutableArray<RemoteNode> nodes = [.. chosen.Where(node => node.Connect).Select(node => RemoteNode.Of(node, configuration))];
        if (nodes.IsEmpty && !words.Self)
        {
            Fail(context, chosen.IsEmpty
                ? "no such node is configured, so there is nobody to run it on; --self runs it here"
                : "only nodes with connect = no were chosen; nothing was run");
            return chosen.IsEmpty ? ExitCodes.Failure : ExitCodes.NobodyToAsk;
        }

        return await RunOnAsync(words, nodes, context, cancellation).ConfigureAwait(false);
    }

    private static string? FindFault(CtrlWords words, MerlinConfiguration configuration)
    {
        if (words.UnknownOption is { } option)
        {
            var name = option.Split('=')[0];
            return $"unknown option \"{name}\"{SimilarName.Hint(name, ["--self", "--all", "--type"])}";
        }

        if (words.Command.IsEmpty)
        {
            return "which command?";
        }

        var first = words.Command[0];
        return words.IsChosen
            ? null
            : $"on which nodes? \"{first}\" is not a configured node"
                + SimilarName.Hint(first, configuration.Nodes.Select(node => node.Name));
    }

    private async Task<int> RunOnAsync(
        CtrlWords words, ImmutableArray<RemoteNode> nodes, CommandContext context, CancellationToken cancellation)
    {
        var command = RemoteCommand.Join(words.Command);
        var runs = new List<MachineRun>();
        var gate = new Lock();
        var streams = context.Machine.Streams;
        using var listened = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        if (words.IsSingle)
        {
            context.Error.WriteLine($"{(words.Self ? context.Machine.HostName : nodes[0].Name)}:");
        }

        try
        {
            // Two at a time would ask at one terminal.
            var mayAsk = nodes.Length == 1 && context.Machine.HasTerminal;
            if (words.Self)
            {
                var name = context.Machine.HostName;
                runs.Add(MachineRun.Here(name, command, OutputOf(Shown(name), streams.Output), OutputOf(name, streams.Error)));
            }

            foreach (var node in nodes)
            {
                runs.Add(MachineRun.OverSsh(
                    context.Machine.Ssh,
                    node,
                    RemoteCommand.Attended(command),
                    mayAsk,
                    OutputOf(Shown(node.Name), streams.Output),
                    OutputOf(node.Name, streams.Error)));
            }

            FeedAsync(runs, streams, cancellation);
            _ = WatchReaderAsync(context.Time, listened);
            var outcomes = await Task.WhenAll(runs.Select(run => run.WaitAsync(context.Time, listened.Token))).ConfigureAwait(false);
            return Conclude(outcomes, words.IsSingle, context);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // As in a shell, nobody is told that nobody listens.
            return ExitCodes.Failure;
        }
        finally
        {
            await listened.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(runs.Select(run => run.EndAsync(context.Time))).ConfigureAwait(false);
            runs.ForEach(run => run.Dispose());
        }

        string Shown(string name) => streams.IsOutputTerminal ? name : "";

        NamedOutput OutputOf(string name, Stream target) => new(words.IsSingle ? null : name, target, gate);
    }

    /// <summary>Cancels once nobody can read the output any more, as behind "| head": writing would not tell.</summary>
    private static async Task WatchReaderAsync(TimeProvider time, CancellationTokenSource listened)
    {
        var cancellation = listened.Token;
        while (!cancellation.IsCancellationRequested)
        {
            if (OutputReader.HasGone())
            {
                await listened.CancelAsync().ConfigureAwait(false);
                return;
            }

            await Task.Delay(LookAgain, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Gives them the input. It is not waited for: a program may end without having read it.</summary>
    private static void FeedAsync(List<MachineRun> runs, StandardStreams streams, CancellationToken cancellation)
    {
        Stream[] inputs = [.. runs.Select(run => run.Input)];
        if (streams.IsInputTerminal)
        {
            // What is typed, or pasted, meanwhile is for the shell.
            Array.ForEach(inputs, InputCopy.TryClose);
        }
        else
        {
            _ = Task.Run(() => InputCopy.RunAsync(streams.Input, inputs, cancellation), cancellation);
        }
    }

    private int Conclude(MachineOutcome[] outcomes, bool isSingle, CommandContext context)
    {
        MachineOutcome[] failed = [.. outcomes.Where(outcome => outcome.ExitCode != 0)];
        if (failed.Length == 0)
        {
            return ExitCodes.Success;
        }

        if (!isSingle || failed[0].NotReached is not null)
        {
            Fail(context, $"failed on {string.Join(", ", failed.Select(outcome => outcome.ToString()))}");
        }

        string[] refused = [.. failed.Where(outcome => outcome.IsRefused).Select(outcome => outcome.Name)];
        if (refused.Length > 0)
        {
            context.Error.WriteLine($"\"mon sshkey push {string.Join(' ', refused)}\" makes this machine and its key known there");
        }

        return isSingle ? failed[0].ExitCode : ExitCodes.Failure;
    }
}
