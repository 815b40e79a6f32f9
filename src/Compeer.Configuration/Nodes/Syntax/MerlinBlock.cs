namespace Compeer.Configuration.Nodes.Syntax;

/// <summary>A block of merlin.conf with its place; the whole file is one too, with an empty type.</summary>
internal sealed class MerlinBlock(string type, string name, int line, int start)
{
    /// <summary>First word before the brace: <c>peer</c>, <c>daemon</c>, <c>sync</c>, …</summary>
    public string Type { get; } = type;

    /// <summary>What stands between the first word and the brace; empty when nothing does.</summary>
    public string Name { get; } = name;

    /// <summary>Line of the beginning, from 1.</summary>
    public int Line { get; } = line;

    /// <summary>Offset of the first letter.</summary>
    public int Start { get; } = start;

    /// <summary>Offset after the closing brace; meaningful once it was read.</summary>
    public int End { get; set; }

    /// <summary>The block's own statements, in order.</summary>
    public List<MerlinStatement> Statements { get; } = [];

    /// <summary>The blocks inside, in order.</summary>
    public List<MerlinBlock> Blocks { get; } = [];
}
