using System.Collections.Immutable;
using System.CommandLine;
using Compeer.Cli.Files;
using Compeer.Cli.Outcome;
using Compeer.Cli.Remote;
using Compeer.Configuration.Nodes;

namespace Compeer.Cli.Commands;

/// <summary>Which nodes the commands of <c>mon sshkey</c> are about: named ones, configured or not, and those of a kind, or all.</summary>
internal sealed class SshkeyDestinations
{
    private readonly Argument<string[]> _names = new("names") { Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<bool> _all = new("--all");
    private readonly Option<string> _type = NodeTypeFilter.CreateOption();
    private readonly Option<bool> _replace = new("--replace");

    /// <summary>What help says about them.</summary>
    public static ImmutableArray<(string Name, string Text)> Help { get; } =
    [
        ("--all", "all configured nodes"),
        NodeTypeFilter.Help,
        ("--replace", "let a link key take the place of another one of the same node"),
        ("name", "a configured node, or any host, or user@host"),
    ];

    /// <summary>Adds them to a command's syntax.</summary>
    public void Define(Command syntax)
    {
        syntax.Options.Add(_all);
        syntax.Options.Add(_type);
        syntax.Options.Add(_replace);
        syntax.Arguments.Add(_names);
    }

    /// <summary>Whether a link key may take another's place.</summary>
    public bool Replaces(ParseResult arguments) => arguments.GetValue(_replace);

    /// <summary>The nodes, each once; null with the reason when that makes no sense.</summary>
    /// <exception cref="MonException">merlin.conf cannot be read.</exception>
    public ImmutableArray<RemoteNode>? Find(ParseResult arguments, CommandContext context, out string fault)
    {
        (var all, var type, var names) = (arguments.GetValue(_all), arguments.GetValue(_type), arguments.GetValue(_names) ?? []);
        if (NodeTypeFilter.ParseList(type, out fault) is not { } kinds)
        {
            return null;
        }

        var configuration = new MerlinConfigurationFile(context.Paths.MerlinConfiguration).ReadConfiguration(context.Error)
            ?? throw new MonException($"{context.Paths.MerlinConfiguration} has errors");
        NodeDefinition[] chosen = [.. configuration.Nodes.Where(node => all || (type is not null && kinds.Contains(node.Kind)))];
        if (chosen.Length == 0 && names.Length == 0)
        {
            fault = all || type is not null
                ? "no such node is configured; \"mon node add\" does that"
                : "which nodes? Name some, or say --all";
            return null;
        }

        return
        [
            .. chosen.Select(node => RemoteNode.Of(node, configuration))
                .Concat(names.Select(NodeOf))
                .Distinct(),
        ];

        RemoteNode NodeOf(string name) =>
            configuration.FindNode(name) is { } node ? RemoteNode.Of(node, configuration) : RemoteNode.Of(name);
    }
}
