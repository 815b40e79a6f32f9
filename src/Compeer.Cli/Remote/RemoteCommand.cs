using Compeer.Cli.Output;

namespace Compeer.Cli.Remote;

/// <summary>A command line for the shell of another machine.</summary>
internal static class RemoteCommand
{
    /// <summary>
    /// The words as one line. A single word is a command line as it stands. Several are joined by blanks, as ssh and Merlin do, so
    /// that pipes and variables among them are the other shell's business; but a word that has blanks in it, is empty, or has a
    /// quote without its other half arrives as the one word that it is here.
    /// </summary>
    public static string Join(IReadOnlyList<string> words) =>
        words.Count == 1 ? words[0] : string.Join(' ', words.Select(word => StandsAlone(word) ? word : ShellQuote.Quote(word)));

    /// <summary>
    /// The line that runs a command line there and ends it when nobody listens any more: sshd alone would let it run on. Where
    /// there is no <c>mon</c>, it runs as it is.
    /// </summary>
    public static string Attended(string command)
    {
        var quoted = ShellQuote.Quote(command);
        return $"if command -v mon >/dev/null 2>&1; then exec mon node run -- {quoted}; else exec \"${{SHELL:-/bin/sh}}\" -c {quoted}; fi";
    }

    private static bool StandsAlone(string word) => word.Length > 0 && !word.Any(char.IsWhiteSpace) && IsBalanced(word);

    /// <summary>Whether a shell that reads the word is outside of quotes behind it.</summary>
    private static bool IsBalanced(string word)
    {
        var quote = '\0';
        for (var i = 0; i < word.Length; i++)
        {
            var c = word[i];
            if (c == '\\' && quote != '\'')
            {
                if (++i == word.Length)
                {
                    return false;
                }
            }
            else if (quote == '\0' && c is '\'' or '"')
            {
                quote = c;
            }
            else if (c == quote)
            {
                quote = '\0';
            }
        }

        return quote == '\0';
    }
}
