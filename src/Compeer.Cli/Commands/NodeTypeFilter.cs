using System.Collections.Immutable;
using System.CommandLine;
using Compeer.Configuration.Nodes;

namespace Compeer.Cli.Commands;

/// <summary>The kinds of nodes by name, and the option <c>--type=TYPE[,TYPE …]</c> that chooses among them.</summary>
internal static class NodeTypeFilter
{
    /// <summary>Every name with its kind; Merlin's older names mean the same.</summary>
    private static readonly ImmutableArray<(string Name, NodeKind Kind)> Names =
    [
        ("peer", NodeKind.Peer), ("poller", NodeKind.Poller), ("master", NodeKind.Master),
        ("slave", NodeKind.Poller), ("noc", NodeKind.Master),
    ];

    /// <summary>What help says about the option.</summary>
    public static (string Name, string Text) Help => ("--type=TYPE[,…]", "only nodes of these types: peer, poller, master");

    /// <summary>A new option for a command's syntax.</summary>
    public static Option<string> CreateOption() => new("--type");

    /// <summary>The kind of a name; null, with the reason, for another word.</summary>
    public static NodeKind? Parse(string name, out string fault)
    {
        foreach ((var known, var kind) in Names)
        {
            if (string.Equals(known, name, StringComparison.OrdinalIgnoreCase))
            {
                fault = "";
                return kind;
            }
        }

        var hint = SimilarName.Hint(name, Names.Select(n => n.Name));
        fault = $"unknown node type \"{name}\"{hint}; known are peer, poller and master";
        return null;
    }

    /// <summary>
    /// The kinds that an option's value chooses; all of them without the option; null, with the reason, when it is wrong.
    /// </summary>
    public static ImmutableArray<NodeKind>? ParseList(string? value, out string fault)
    {
        fault = "";
        if (value is null)
        {
            return [NodeKind.Peer, NodeKind.Poller, NodeKind.Master];
        }

        var kinds = ImmutableArray.CreateBuilder<NodeKind>();
        foreach (var name in value.Split(',', StringSplitOptions.TrimEntries))
        {
            if (Parse(name, out fault) is not { } kind)
            {
                return null;
            }

            kinds.Add(kind);
        }

        return kinds.DrainToImmutable();
    }

    /// <summary>The name of a kind, as merlin.conf and the output have it.</summary>
    public static string NameOf(NodeKind kind) => Names.First(n => n.Kind == kind).Name;
}
