namespace Compeer.Tests.Repository;

/// <summary>A text file of the repository.</summary>
/// <param name="Path">From the root, with forward slashes.</param>
/// <param name="Text">The whole content.</param>
internal sealed record RepositoryFile(string Path, string Text)
{
    public string Name => System.IO.Path.GetFileName(Path);

    public string Extension => System.IO.Path.GetExtension(Path);

    public string[] Lines { get; } = Text.Split('\n');

    /// <summary>The number of lines as an editor shows it.</summary>
    public int LineCount => Text.EndsWith('\n') ? Lines.Length - 1 : Lines.Length;

    /// <summary>The line, from 1, of a place in the text.</summary>
    public int LineOf(int index) => Text.AsSpan(0, index).Count('\n') + 1;
}
