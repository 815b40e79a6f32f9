using System.Collections.Immutable;
using System.CommandLine;
using Compeer.Configuration.Diagnostics;
using Compeer.Configuration.Nodes;

namespace Compeer.Cli.Commands;

/// <summary>The kinds of nodes by name, and the option <c>--type=TYPE[,TYPE …]</c> that chooses among them.</summary>
internal static class NodeTypeFilter
{
    /// <summary>What help says about the option.</summary>
    public static (string Name, string Text) Help => ("--type=TYPE[,…]", "only nodes of these types: peer, poller, master");

    /// <summary>A new option for a command's syntax.</summary>
    public static Option<string> CreateOption() => new("--type");

    /// <summary>The kind of a name; null, with the reason, for another word.</summary>
    public static NodeKind? Parse(string name, out string fault)
    {
        fault = "";
        if (NodeKinds.Find(name) is { } kind)
        {
            return kind;
        }

        var hint = SimilarName.Hint(name, NodeKinds.Names);
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
            return NodeKinds.All;
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
}
