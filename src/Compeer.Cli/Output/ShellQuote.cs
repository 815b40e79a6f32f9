namespace Compeer.Cli.Output;

/// <summary>Makes text safe for <c>eval</c> in a shell.</summary>
internal static class ShellQuote
{
    /// <summary>The text as one word: as it is when every letter is harmless, else in single quotes.</summary>
    public static string Quote(string text) =>
        text.Length > 0 && text.All(IsHarmless) ? text : "'" + text.Replace("'", "'\\''", StringComparison.Ordinal) + "'";

    /// <summary>
    /// A name for a shell variable: capitals, everything else than letters and digits becoming <c>_</c>.
    /// </summary>
    public static string VariableName(string text) =>
        string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToUpperInvariant(c) : '_'));

    private static bool IsHarmless(char c) =>
        char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or '/' or ':' or ',' or '@' or '+' or '%';
}
