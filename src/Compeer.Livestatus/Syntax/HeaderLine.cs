namespace Compeer.Livestatus.Syntax;

/// <summary>A line of a request after the first: a name, a colon and a value.</summary>
/// <param name="Name">The name.</param>
/// <param name="Value">The value without the blanks around it.</param>
internal readonly record struct HeaderLine(string Name, string Value)
{
    private static readonly char[] Blanks = [' ', '\t', '\r', '\v', '\f'];

    /// <summary>Takes a line apart; without a colon it is all name.</summary>
    public static HeaderLine Of(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? new HeaderLine(line, "") : new HeaderLine(line[..colon], line[(colon + 1)..].Trim(Blanks));
    }

    /// <summary>The word that a text begins with, and the rest without leading blanks; empty at its end.</summary>
    public static (string Word, string Others) Next(string text)
    {
        text = text.TrimStart(Blanks);
        var end = text.IndexOfAny(Blanks);
        return end < 0 ? (text, "") : (text[..end], text[end..].TrimStart(Blanks));
    }

    /// <summary>All its words.</summary>
    public static string[] Words(string text) => text.Split(Blanks, StringSplitOptions.RemoveEmptyEntries);
}
