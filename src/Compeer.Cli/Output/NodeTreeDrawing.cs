using Compeer.Configuration.Nodes;

namespace Compeer.Cli.Output;

/// <summary>
/// Draws the configured network in characters: masters above, this node ("ipc", as in Merlin) with its peers in the
/// middle, pollers below; nodes that share their checks are joined by a line.
/// </summary>
internal sealed class NodeTreeDrawing(int width)
{
    private const string Joint = "----";
    private const string Gap = "    ";
    private const string Margin = " ";

    /// <summary>The lines of the drawing.</summary>
    public IReadOnlyList<string> Draw(MerlinConfiguration configuration)
    {
        string[] masters = [.. NamesOf(configuration, NodeKind.Master)];
        string[] peers = ["ipc", .. NamesOf(configuration, NodeKind.Peer)];
        string[][] pollers = [.. configuration.Nodes
            .Where(node => node.Kind == NodeKind.Poller)
            .GroupBy(node => string.Join(',', node.HostGroups.Order(StringComparer.Ordinal)), StringComparer.Ordinal)
            .Select(group => group.Select(node => node.Name).Order(StringComparer.Ordinal).ToArray())];

        var lines = new List<string>();
        if (masters.Length > 0)
        {
            AddRow(lines, [masters]);
            AddStem(lines);
        }

        AddRow(lines, [peers]);
        if (pollers.Length > 0)
        {
            AddStem(lines);
            AddRow(lines, pollers);
        }

        return lines;
    }

    private static IEnumerable<string> NamesOf(MerlinConfiguration configuration, NodeKind kind) =>
        configuration.Nodes.Where(node => node.Kind == kind).Select(node => node.Name).Order(StringComparer.Ordinal);

    /// <summary>A row of groups; one that is wider than the screen goes on in the next row.</summary>
    private void AddRow(List<string> lines, string[][] groups)
    {
        var top = Margin;
        var middle = Margin;
        foreach (var group in groups)
        {
            for (var i = 0; i < group.Length; i++)
            {
                var edge = "+" + new string('-', group[i].Length + 2) + "+";
                var first = top.Length == Margin.Length;
                if (!first && top.Length + Joint.Length + edge.Length > width)
                {
                    Flush(lines, top, middle);
                    (top, middle, first) = (Margin, Margin, true);
                    AddStem(lines);
                }

                top += (first ? "" : Gap) + edge;
                middle += (first ? "" : i == 0 ? Gap : Joint) + $"| {group[i]} |";
            }
        }

        Flush(lines, top, middle);
    }

    private static void Flush(List<string> lines, string top, string middle)
    {
        lines.Add(top);
        lines.Add(middle);
        lines.Add(top);
    }

    private static void AddStem(List<string> lines) => lines.Add(Margin + "   |");
}
