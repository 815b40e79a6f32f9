namespace Compeer.Cli.Commands;

/// <summary>Lines about one of several nodes, each behind its name.</summary>
/// <param name="name">The node.</param>
/// <param name="output">Takes what was done.</param>
/// <param name="error">Takes what is for people.</param>
/// <param name="gate">Held while a line is written; the same one for all nodes.</param>
internal sealed class NodeLines(string name, TextWriter output, TextWriter error, Lock gate)
{
    /// <summary>Something was done.</summary>
    public void Did(string text) => Write(output, text);

    /// <summary>Something to know.</summary>
    public void Said(string text) => Write(error, text);

    private void Write(TextWriter writer, string text)
    {
        lock (gate)
        {
            writer.WriteLine($"{name}: {text}");
        }
    }
}
