using System.Text;
using System.Text.RegularExpressions;

namespace Compeer.Configuration.Objects.Expansion;

/// <summary>
/// A POSIX extended regular expression in a list of names (<c>use_regexp_matching</c>). It matches anywhere in the
/// name, as <c>regexec</c> does. The engine behind it takes time linear in the name whatever the expression, so that only its
/// size matters: that of <c>((a?){99}){99}</c> is what it has when its repetitions are written out.
/// </summary>
internal sealed class NamePattern
{
    /// <summary>What making one costs, in steps of expanding lists.</summary>
    public const int StepsToCreate = 5_000;

    private const int LongestPattern = 1_000;

    private readonly Regex _regex;

    private NamePattern(Regex regex, int size)
    {
        _regex = regex;
        Steps = 4 + (size / 4);
    }

    /// <summary>What comparing with one name costs, in steps of expanding lists.</summary>
    public int Steps { get; }

    /// <summary>The pattern, or null and what is wrong with it.</summary>
    public static NamePattern? Create(string pattern, out string? error)
    {
        error = null;
        if (pattern.Length > LongestPattern)
        {
            error = $"the regular expression is longer than {LongestPattern} characters";
            return null;
        }

        try
        {
            var translated = Translate(pattern);
            var size = PatternSize.Of(translated);
            if (size <= LongestPattern)
            {
                return new NamePattern(
                    new Regex(translated, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant), (int)size);
            }

            error = $"the regular expression is longer than {LongestPattern} characters when its repetitions are written out";
            return null;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            error = $"'{pattern}' is not a regular expression: {e.Message}";
            return null;
        }
    }

    /// <summary>Whether an item of a list is a regular expression and not a plain name (Naemon's rule).</summary>
    public static bool IsPattern(string item, bool always) =>
        always || item.AsSpan().IndexOfAny('*', '?', '+') >= 0 || item.Contains("\\.", StringComparison.Ordinal);

    public bool IsMatch(string name) => _regex.IsMatch(name);

    /// <summary>From POSIX to .NET: they differ in bracket expressions and in what only .NET knows.</summary>
    private static string Translate(string pattern)
    {
        var result = new StringBuilder(pattern.Length + 8);
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            if (c == '[')
            {
                i = TranslateBracket(pattern, i, result);
            }
            else if (c == '\\' && i + 1 < pattern.Length)
            {
                // GNU's \< and \> are word boundaries; \w \W \s \S \b \B mean the same; other letters are literal.
                var next = pattern[++i];
                if (char.IsAsciiDigit(next) && next != '0')
                {
                    throw new ArgumentException($"back-references like '\\{next}' are not possible");
                }

                result.Append(next is '<' or '>' ? "\\b" : char.IsLetterOrDigit(next) && !"wWsSbB".Contains(next)
                    ? next.ToString()
                    : "\\" + next);
            }
            else if (c == '(' && i + 1 < pattern.Length && pattern[i + 1] == '?')
            {
                throw new ArgumentException("'(?' is not known in POSIX regular expressions");
            }
            else
            {
                // '#' and blanks are only special with an option that is not used; '$' must not match before a newline.
                result.Append(c == '$' ? "\\z" : c.ToString());
            }
        }

        return result.ToString();
    }

    private static int TranslateBracket(string pattern, int start, StringBuilder result)
    {
        var i = start + 1;
        result.Append('[');
        if (i < pattern.Length && pattern[i] == '^')
        {
            result.Append('^');
            i++;
        }

        for (var first = true; i < pattern.Length && (first || pattern[i] != ']'); first = false, i++)
        {
            var end = pattern[i] == '[' && i + 1 < pattern.Length && pattern[i + 1] == ':'
                ? pattern.IndexOf(":]", i + 2, StringComparison.Ordinal)
                : -1;
            if (end > 0)
            {
                result.Append(CharacterClass(pattern[(i + 2)..end]));
                i = end + 1;
            }
            else
            {
                result.Append(pattern[i] is '[' or ']' or '\\' or '^' ? "\\" + pattern[i] : pattern[i].ToString());
            }
        }

        if (i >= pattern.Length)
        {
            throw new ArgumentException("'[' is not closed");
        }

        result.Append(']');
        return i;
    }

    private static string CharacterClass(string name) => name switch
    {
        "alpha" => "a-zA-Z",
        "digit" => "0-9",
        "alnum" => "a-zA-Z0-9",
        "upper" => "A-Z",
        "lower" => "a-z",
        "space" => " \\t\\n\\r\\f\\v",
        "blank" => " \\t",
        "punct" => "!-/:-@\\[-`{-~",
        "xdigit" => "0-9A-Fa-f",
        "cntrl" => "\\x00-\\x1f\\x7f",
        "print" => " -~",
        "graph" => "!-~",
        _ => throw new ArgumentException($"[:{name}:] is not a character class"),
    };
}
