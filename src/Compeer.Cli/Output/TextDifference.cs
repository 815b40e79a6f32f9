using DiffPlex.Renderer;

namespace Compeer.Cli.Output;

/// <summary>The difference of two texts as <c>diff -u</c> writes it.</summary>
internal static class TextDifference
{
    private const string Nothing = "/dev/null";

    /// <summary>Its lines; none when the texts are the same.</summary>
    /// <param name="name">The file's name.</param>
    /// <param name="from">Its text before; null when there was no such file.</param>
    /// <param name="to">Its text after; null when there is no such file any more.</param>
    public static IEnumerable<string> Unified(string name, string? from, string? to)
    {
        if (from == to)
        {
            return [];
        }

        var text = UnidiffRenderer.GenerateUnidiff(
            Lines(from), Lines(to), from is null ? Nothing : $"a/{name}", to is null ? Nothing : $"b/{name}");
        return text.TrimEnd('\n').Split('\n').Select(line => line.TrimEnd('\r'));
    }

    /// <summary>Without the end of the last line, which the renderer takes for the beginning of another.</summary>
    private static string Lines(string? text) => text?.EndsWith('\n') == true ? text[..^1] : text ?? "";
}
