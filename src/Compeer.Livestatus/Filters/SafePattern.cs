using System.Text;
using System.Text.RegularExpressions;

namespace Compeer.Livestatus.Filters;

/// <summary>
/// Regular expressions of filters. Naemon's are ICU's or, built without ICU, POSIX ones; these are Perl's, as ICU's are, with
/// POSIX' named classes, and matched without backtracking: in time linear in the text whatever the expression. What such a
/// matcher cannot do (looking ahead or behind, referring back) is refused.
/// </summary>
internal static class SafePattern
{
    private const int LongestPattern = 1_000;

    private static readonly (string Name, string Class)[] NamedClasses =
    [
        ("[:alnum:]", @"\p{L}\p{Nd}"), ("[:alpha:]", @"\p{L}"), ("[:digit:]", @"\p{Nd}"), ("[:upper:]", @"\p{Lu}"),
        ("[:lower:]", @"\p{Ll}"), ("[:space:]", @"\s"), ("[:blank:]", @" \t"), ("[:punct:]", @"\p{P}\p{S}"),
        ("[:xdigit:]", "0-9A-Fa-f"), ("[:cntrl:]", @"\p{Cc}"), ("[:word:]", @"\w"),
    ];

    /// <summary>The expression; null with what is wrong with it.</summary>
    public static Regex? Create(string pattern, bool ignoresCase, out string error)
    {
        error = "";
        if (pattern.Length > LongestPattern)
        {
            error = $"the regular expression is longer than {LongestPattern} characters";
            return null;
        }

        var options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant
            | (ignoresCase ? RegexOptions.IgnoreCase : RegexOptions.None);
        try
        {
            return new Regex(WithoutNamedClasses(pattern), options);
        }
        catch (NotSupportedException)
        {
            error = $"the regular expression '{pattern}' is too large, or looks ahead, behind or refers back, which is not possible here";
        }
        catch (ArgumentException fault)
        {
            error = $"invalid regular expression '{pattern}': {Words(fault, pattern)}";
        }

        return null;
    }

    /// <summary>What is wrong, without repeating the pattern.</summary>
    private static string Words(ArgumentException fault, string pattern) => fault is RegexParseException parse
        ? $"at character {Math.Min(parse.Offset, pattern.Length)}: {Spaced(parse.Error.ToString())}"
        : "it cannot be read";

    /// <summary>The words of a name such as InsufficientClosingParentheses.</summary>
    private static string Spaced(string name) => string.Concat(
        name.Select((letter, place) => char.IsUpper(letter) && place > 0 ? $" {char.ToLowerInvariant(letter)}" : $"{letter}"))
        .ToLowerInvariant();

    private static string WithoutNamedClasses(string pattern)
    {
        if (!pattern.Contains("[:", StringComparison.Ordinal))
        {
            return pattern;
        }

        var text = new StringBuilder();
        var isInside = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            var named = isInside && pattern[i] == '['
                ? Array.Find(NamedClasses, known => string.CompareOrdinal(pattern, i, known.Name, 0, known.Name.Length) == 0)
                : default;
            if (named.Name is not null)
            {
                text.Append(named.Class);
                i += named.Name.Length - 1;
                continue;
            }

            if (pattern[i] == '\\' && i + 1 < pattern.Length)
            {
                text.Append(pattern[i++]);
            }
            else if (!isInside && pattern[i] == '[')
            {
                // A bracket that comes first, after a ^ perhaps, is itself.
                isInside = true;
                var literal = i + 1 < pattern.Length && pattern[i + 1] == '^' ? i + 2 : i + 1;
                if (literal < pattern.Length && pattern[literal] == ']')
                {
                    text.Append(pattern, i, literal - i).Append('\\');
                    i = literal;
                }
            }
            else if (isInside && pattern[i] == ']')
            {
                isInside = false;
            }

            text.Append(pattern[i]);
        }

        return text.ToString();
    }
}
