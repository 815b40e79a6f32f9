using System.Collections.Immutable;
using Compeer.Configuration.Nodes;

namespace Compeer.Cli.Remote;

/// <summary>
/// The words of <c>mon node ctrl</c>: which nodes, then the command. The command begins behind <c>--</c>, or with the first
/// word that is no configured node, as in Merlin.
/// </summary>
internal sealed record CtrlWords
{
    private const string TypeOption = "--type=";

    /// <summary>Nodes that were named, each once, in that order.</summary>
    public required ImmutableArray<string> Names { get; init; }

    /// <summary>Whether <c>--self</c> stands there.</summary>
    public required bool Self { get; init; }

    /// <summary>Whether all configured nodes are meant: by <c>--all</c>, or by <c>--</c> with nothing before it.</summary>
    public required bool All { get; init; }

    /// <summary>What <c>--type=</c> says; null without it.</summary>
    public required string? Type { get; init; }

    /// <summary>A word before the command that begins with a dash and is no option; null when there is none.</summary>
    public required string? UnknownOption { get; init; }

    /// <summary>The command's words.</summary>
    public required ImmutableArray<string> Command { get; init; }

    /// <summary>How many words stand before the command, <c>--</c> not counted.</summary>
    public required int Before { get; init; }

    /// <summary>Whether it is said where to run the command.</summary>
    public bool IsChosen => Names.Length > 0 || Self || All || Type is not null;

    /// <summary>Whether a single machine was asked for, whose exit code is the command's.</summary>
    public bool IsSingle => !All && Type is null && Names.Length + (Self ? 1 : 0) == 1;

    /// <summary>Takes the words apart.</summary>
    public static CtrlWords Parse(IReadOnlyList<string> words, Func<string, bool> isNode)
    {
        var names = new List<string>();
        (var self, var all) = (false, false);
        string? type = null;
        var i = 0;
        for (; i < words.Count; i++)
        {
            var word = words[i];
            if (word == "--self")
            {
                self = true;
            }
            else if (word == "--all")
            {
                all = true;
            }
            else if (word.StartsWith(TypeOption, StringComparison.Ordinal))
            {
                type = word[TypeOption.Length..];
            }
            else if (word != "--" && isNode(word))
            {
                names.Add(word);
            }
            else
            {
                break;
            }
        }

        var isMarked = i < words.Count && words[i] == "--";
        return new CtrlWords
        {
            Names = [.. names.Distinct(StringComparer.Ordinal)],
            Self = self,
            All = all || (isMarked && i == 0),
            Type = type,
            UnknownOption = i < words.Count && !isMarked && words[i].StartsWith('-') ? words[i] : null,
            Command = [.. words.Skip(isMarked ? i + 1 : i)],
            Before = i,
        };
    }

    /// <summary>The nodes that are meant: those named, or all, and of them those of the given kinds.</summary>
    public ImmutableArray<NodeDefinition> Choose(MerlinConfiguration configuration, ImmutableArray<NodeKind> kinds)
    {
        var nodes = All || (Names.IsEmpty && Type is not null) ? [.. configuration.Nodes.Select(node => node.Name)] : Names;
        return [.. nodes.Select(name => configuration.FindNode(name)!).Where(node => kinds.Contains(node.Kind))];
    }
}
