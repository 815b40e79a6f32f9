using System.Collections.Immutable;

namespace Compeer.Configuration.Nodes;

/// <summary>The kinds of nodes: their names, those that Merlin had before, and what each is to the other side.</summary>
public static class NodeKinds
{
    private static readonly ImmutableArray<(NodeKind Kind, string Name, string OlderName, NodeKind Opposite)> Table =
    [
        (NodeKind.Peer, "peer", "", NodeKind.Peer),
        (NodeKind.Poller, "poller", "slave", NodeKind.Master),
        (NodeKind.Master, "master", "noc", NodeKind.Poller),
    ];

    /// <summary>All kinds, in the order in which they are listed.</summary>
    public static ImmutableArray<NodeKind> All { get; } = [.. Table.Select(row => row.Kind)];

    /// <summary>Every word that stands for a kind; those that should be written first.</summary>
    public static ImmutableArray<string> Names { get; } =
        [.. Table.Select(row => row.Name), .. Table.Select(row => row.OlderName).Where(name => name.Length > 0)];

    /// <summary>The word for a kind in merlin.conf and in what is shown.</summary>
    public static string NameOf(NodeKind kind) => Row(kind).Name;

    /// <summary>The kind that a word stands for, in any case; null for other words.</summary>
    public static NodeKind? Find(string word)
    {
        foreach (var row in Table)
        {
            if (word.Length > 0 && (string.Equals(word, row.Name, StringComparison.OrdinalIgnoreCase)
                || string.Equals(word, row.OlderName, StringComparison.OrdinalIgnoreCase)))
            {
                return row.Kind;
            }
        }

        return null;
    }

    /// <summary>What this node is to a node that is of this kind to it: a poller's other end is its master.</summary>
    public static NodeKind OppositeOf(NodeKind kind) => Row(kind).Opposite;

    private static (NodeKind Kind, string Name, string OlderName, NodeKind Opposite) Row(NodeKind kind)
    {
        foreach (var row in Table)
        {
            if (row.Kind == kind)
            {
                return row;
            }
        }

        throw new ArgumentOutOfRangeException(nameof(kind), kind, "not a kind of node");
    }
}
