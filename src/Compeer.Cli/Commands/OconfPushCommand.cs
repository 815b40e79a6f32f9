using System.Collections.Immutable;
using System.CommandLine;
using Compeer.Api;
using Compeer.Cli.Daemon;
using Compeer.Cli.Files;
using Compeer.Cli.Outcome;
using Compeer.Configuration.Diagnostics;
using Compeer.Configuration.Nodes;

namespace Compeer.Cli.Commands;

/// <summary><c>mon oconf push</c></summary>
internal sealed class OconfPushCommand : MonCommand
{
    private static readonly ImmutableArray<(string Word, PushParts Part)> PartNames =
        [("oconf", PushParts.Configuration), ("extras", PushParts.Extras)];

    private readonly Option<bool> _dryRun = new("--dryrun", "-n");
    private readonly Option<bool> _noRestart = new("--no-restart");
    private readonly Option<string> _push = new("--push");
    private readonly Argument<string[]> _names = new("names") { Arity = ArgumentArity.ZeroOrMore };

    /// <inheritdoc/>
    public override CommandHelp Help { get; } = new(
        "oconf", "push", "[--dryrun] [--no-restart] [--push=oconf,extras] [name …]",
        "Send the object configuration, and the paths of sync { }, to other nodes.")
    {
        Details =
        [
            "It is checked and taken up here first, and nothing is sent when that fails. Over",
            "ssh and rsync it goes to all nodes but masters, at the same time; only what is",
            "different travels. Each checks it with its own mond before it takes the place of",
            "what is there, as a whole and without a gap in checking; a node that refuses",
            "keeps its own and says why. It decides between configurations that have",
            "nothing in common: the node works by this one's afterwards. What was there is",
            "kept: 'mon oconf versions' and 'mon oconf restore' there bring it back.",
            "A poller gets the part that concerns it, as 'mon oconf nodesplit' makes it: its",
            "etc/oconf/from-master.cfg, the only object file that it reads. Files and folders",
            "of a node's sync { } keep owner, mode, times and links; what is overwritten or",
            "deleted there is kept in a folder \"backup\". Nodes with \"connect = no\", or with",
            "\"push = no\" in their object_config, are skipped.",
        ],
        Options =
        [
            ("--dryrun", "change nothing, and say what would change, file by file"),
            ("--no-restart", "put it in place, here and there, and let the next restart or reload take it up"),
            ("--push=LIST", "what to send: oconf, extras, or both, as without it"),
            ("name", "a node as \"mon node list\" shows it; all nodes when none is named"),
        ],
        Examples =
        [
            "mon oconf push",
            "mon oconf push --dryrun peer02",
            "mon oconf push --push=extras",
        ],
        ExitCodes =
        [
            ("0", "every node works by it"),
            ("1", "nothing was sent, or it failed on those that are named at the end"),
            ("2", "the command line makes no sense"),
            ("3", "only nodes with \"connect = no\" were chosen"),
        ],
    };

    /// <inheritdoc/>
    public override void Define(Command syntax)
    {
        syntax.Options.Add(_dryRun);
        syntax.Options.Add(_noRestart);
        syntax.Options.Add(_push);
        syntax.Arguments.Add(_names);
    }

    /// <inheritdoc/>
    public override async Task<int> RunAsync(ParseResult arguments, CommandContext context, CancellationToken cancellation)
    {
        if (ReadParts(arguments.GetValue(_push), out var fault) is not { } parts)
        {
            return FailUsage(context, fault);
        }

        if (new MerlinConfigurationFile(context.Paths.MerlinConfiguration).ReadConfiguration(context.Error) is not { } configuration)
        {
            return ExitCodes.Failure;
        }

        var names = arguments.GetValue(_names) ?? [];
        if (names.FirstOrDefault(name => configuration.FindNode(name) is null) is { } unknown)
        {
            return FailUsage(
                context,
                $"\"{unknown}\" is not a configured node" + SimilarName.Hint(unknown, configuration.Nodes.Select(node => node.Name)));
        }

        var chosen = Choose(configuration, names, context);
        if (chosen.IsEmpty)
        {
            var isAnybody = configuration.Nodes.Any(node => node.Kind != NodeKind.Master);
            Fail(context, isAnybody
                ? "no node is left to push to; nothing was sent"
                : "no peer or poller is configured; \"mon node add\" does that");
            return isAnybody ? ExitCodes.NobodyToAsk : ExitCodes.Failure;
        }

        var problems = new List<string>();
        ImmutableArray<PushPlan> plans =
            [.. chosen.Select(node => PushPlan.Make(node, configuration, context.Paths, parts, problems))];
        if (ProgramPath.Find("rsync") is null)
        {
            problems.Add("rsync is not installed here");
        }

        if (problems.Count > 0)
        {
            problems.Distinct().ToList().ForEach(problem => Fail(context, problem));
            return Fail(context, "nothing was sent");
        }

        return await PushAsync(
            plans, arguments.GetValue(_dryRun), takesUp: !arguments.GetValue(_noRestart), context, cancellation).ConfigureAwait(false);
    }

    private static PushParts? ReadParts(string? list, out string fault)
    {
        fault = "";
        if (list is null)
        {
            return PushParts.All;
        }

        var parts = PushParts.None;
        foreach (var word in list.Split(','))
        {
            var part = PartNames.FirstOrDefault(known => known.Word == word).Part;
            if (part == PushParts.None)
            {
                fault = $"unknown part \"{word}\" in --push{SimilarName.Hint(word, PartNames.Select(known => known.Word))}; "
                    + "known are oconf and extras";
                return null;
            }

            parts |= part;
        }

        return parts;
    }

    /// <summary>The nodes that are meant and may be pushed to; the others are named.</summary>
    private static ImmutableArray<NodeDefinition> Choose(MerlinConfiguration configuration, string[] names, CommandContext context)
    {
        var nodes = ImmutableArray.CreateBuilder<NodeDefinition>();
        foreach (var node in configuration.Nodes
            .Where(node => names.Length == 0 ? node.Kind != NodeKind.Master : names.Contains(node.Name)))
        {
            var reason = node.Kind == NodeKind.Master ? "a master is never pushed to"
                : !node.Connect ? "connect = no"
                : MerlinWord.IsNo((node.ObjectConfig ?? configuration.Daemon.ObjectConfig)?.Push) ? "push = no"
                : "";
            if (reason.Length == 0)
            {
                nodes.Add(node);
            }
            else
            {
                context.Error.WriteLine($"{node.Name} is skipped: {reason}");
            }
        }

        return nodes.DrainToImmutable();
    }

    private async Task<int> PushAsync(
        ImmutableArray<PushPlan> plans, bool isDryRun, bool takesUp, CommandContext context, CancellationToken cancellation)
    {
        var own = context.Paths.FindMainConfiguration();
        if (takesUp && !isDryRun && plans.Any(plan => plan.MainFile == own || plan.IsSplit)
            && !await TakeUpHereAsync(context, cancellation).ConfigureAwait(false))
        {
            return Fail(context, "nothing was sent");
        }

        string[] split = [.. plans.Where(plan => plan.IsSplit).Select(plan => plan.Node.Name)];
        if (split.Length > 0
            && !await PollerSplit.MakeAsync(split, context, _ => { }, context.Error.WriteLine, cancellation).ConfigureAwait(false))
        {
            return Fail(context, "what the pollers are to get cannot be made; nothing was sent");
        }

        var outgoing = new Dictionary<string, OutgoingConfiguration>(StringComparer.Ordinal);
        try
        {
            foreach (var mainFile in plans.Select(plan => plan.MainFile).OfType<string>().Distinct())
            {
                if (await OutgoingConfiguration.PrepareAsync(context, mainFile, cancellation).ConfigureAwait(false) is not { } prepared)
                {
                    return Fail(context, "the configuration has errors; nothing was sent");
                }

                outgoing.Add(mainFile, prepared);
            }

            var gate = new Lock();
            var outcomes = await Task.WhenAll(plans.Select(plan =>
            {
                var lines = new NodeLines(plan.Node.Name, context.Out, context.Error, gate);
                return PushAsync(
                    new NodePush(
                        context,
                        plan,
                        plan.MainFile is null ? null : outgoing[plan.MainFile],
                        isDryRun,
                        takesUp,
                        lines,
                        gate),
                    lines,
                    cancellation);
            })).ConfigureAwait(false);
            string[] failed = [.. plans.Zip(outcomes).Where(pair => !pair.Second).Select(pair => pair.First.Node.Name)];
            return failed.Length == 0 ? ExitCodes.Success : Fail(context, $"failed on {string.Join(", ", failed)}");
        }
        finally
        {
            foreach (var prepared in outgoing.Values)
            {
                prepared.Dispose();
            }
        }
    }

    private static async Task<bool> PushAsync(NodePush push, NodeLines lines, CancellationToken cancellation)
    {
        try
        {
            var failures = await push.RunAsync(cancellation).ConfigureAwait(false);
            foreach (var failure in failures)
            {
                lines.Said(failure);
            }

            return failures.IsEmpty;
        }
        catch (MonException e)
        {
            lines.Said(e.Message);
            return false;
        }
    }

    /// <summary>What is pushed is what this node works by: else the next reload here would be a change to what the others have.</summary>
    private async Task<bool> TakeUpHereAsync(CommandContext context, CancellationToken cancellation)
    {
        var answer = await context.Client.ReloadAsync(isConfirmed: false, cancellation).ConfigureAwait(false);
        if (answer.TryGet(out _, out var error))
        {
            return Tell(context, answer, "taken up here") == ExitCodes.Success;
        }

        if (error.Kind == ApiErrorKind.NotRunning)
        {
            context.Error.WriteLine("mond is not running here; what is pushed is what is in the files");
            return true;
        }

        Fail(context, error.Message);
        return false;
    }
}
