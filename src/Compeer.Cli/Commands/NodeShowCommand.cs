using System.CommandLine;
using System.Globalization;
using Compeer.Cli.Files;
using Compeer.Cli.Keys;
using Compeer.Cli.Outcome;
using Compeer.Cli.Output;
using Compeer.Configuration.Diagnostics;
using Compeer.Configuration.Nodes;

namespace Compeer.Cli.Commands;

/// <summary><c>mon node show</c></summary>
internal sealed class NodeShowCommand : MonCommand
{
    private readonly Option<string> _type = NodeTypeFilter.CreateOption();
    private readonly Argument<string[]> _names = new("names") { Arity = ArgumentArity.ZeroOrMore };

    /// <inheritdoc/>
    public override CommandHelp Help { get; } = new(
        "node", "show", "[--type=TYPE[,TYPE …]] [name …]", "Show the settings of nodes as shell variables.")
    {
        Details =
        [
            "Without a name all nodes are shown, each after a line \"# name\". Values are",
            "quoted where a shell needs it. A key of the object_config block becomes",
            "OCONF_KEY. KEY is the fingerprint of the key that the node's link must show; it",
            "is not there while none is known.",
        ],
        Options = [NodeTypeFilter.Help, ("name", "a node as \"mon node list\" shows it")],
        Examples = ["eval \"$(mon node show peer02)\"; echo \"$ADDRESS\""],
        ExitCodes =
        [
            ("0", "done"),
            ("1", "a node is not configured, or merlin.conf has errors"),
            ("2", "the command line makes no sense"),
        ],
    };

    /// <inheritdoc/>
    public override void Define(Command syntax)
    {
        syntax.Options.Add(_type);
        syntax.Arguments.Add(_names);
    }

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

        var given = arguments.GetValue(_names) ?? [];
        IEnumerable<string> names = given.Length > 0
            ? given
            : configuration.Nodes.Select(node => node.Name).Order(StringComparer.Ordinal);
        var exitCode = ExitCodes.Success;
        foreach (var name in names)
        {
            if (configuration.FindNode(name) is not { } node)
            {
                var hint = SimilarName.Hint(name, configuration.Nodes.Select(n => n.Name));
                exitCode = Fail(context, $"{name} is not a configured node{hint}");
            }
            else if (kinds.Contains(node.Kind))
            {
                Show(context, node, withTitle: given.Length != 1);
            }
        }

        return exitCode;
    }

    private static void Show(CommandContext context, NodeDefinition node, bool withTitle)
    {
        var output = context.Out;
        if (withTitle)
        {
            output.WriteLine();
            output.WriteLine("# " + node.Name);
        }

        foreach ((var variable, var value) in Variables(node, new LinkKeyStore(context.Paths.MerlinFolder)))
        {
            output.WriteLine($"{variable}={ShellQuote.Quote(value)}");
        }
    }

    private static IEnumerable<(string Variable, string Value)> Variables(NodeDefinition node, LinkKeyStore keys)
    {
        yield return ("NAME", node.Name);
        yield return ("TYPE", NodeKinds.NameOf(node.Kind));
        yield return ("ADDRESS", node.Address);
        yield return ("PORT", node.Port.ToString(CultureInfo.InvariantCulture));
        yield return ("CONNECT", YesNo(node.Connect));
        yield return ("ENCRYPTED", YesNo(node.Encrypted));
        yield return ("NOTIFIES", YesNo(node.Notifies));
        if (!node.HostGroups.IsEmpty)
        {
            yield return ("HOSTGROUP", string.Join(',', node.HostGroups));
        }

        if (node.Kind == NodeKind.Poller)
        {
            yield return ("TAKEOVER", YesNo(node.Takeover));
        }

        if (node.PublicKeyFile is { } key)
        {
            yield return ("PUBLICKEY", key);
        }

        if (keys.Find(node) is { } linkKey)
        {
            yield return ("KEY", linkKey.Fingerprint);
        }

        if (node.Uuid is { } uuid)
        {
            yield return ("UUID", uuid);
        }

        if (node.DataTimeout is { } timeout)
        {
            yield return ("DATA_TIMEOUT", timeout.TotalSeconds.ToString(CultureInfo.InvariantCulture));
        }

        foreach (var setting in node.ObjectConfig?.Settings ?? [])
        {
            yield return ("OCONF_" + ShellQuote.VariableName(setting.Key), setting.Value);
        }
    }

    private static string YesNo(bool value) => value ? "yes" : "no";
}
