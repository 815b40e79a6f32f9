using Compeer.Configuration.Text;

namespace Compeer.Configuration.Objects.Expansion;

/// <summary>
/// A POSIX extended regular expression in a list of names (<c>use_regexp_matching</c>). It matches anywhere in the
/// name, as <c>regexec</c> does. It takes time linear in the name whatever the expression, so that only its
/// size matters: that of <c>((a?){99}){99}</c> is what it has when its repetitions are written out.
/// </summary>
/// <remarks>One thread at a time.</remarks>
internal sealed class NamePattern
{
    /// <summary>What making one costs, in steps of expanding lists.</summary>
    public const int StepsToCreate = 5_000;

    private const int LongestPattern = 1_000;

    private readonly PatternAutomaton _automaton;

    private NamePattern(PatternNode pattern)
    {
        _automaton = new PatternAutomaton(pattern);
        Steps = 4 + (int)(pattern.Size / 4);
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
            var parsed = PatternParser.Parse(pattern);
            if (parsed.Size <= LongestPattern)
            {
                return new NamePattern(parsed);
            }

            error = $"the regular expression is longer than {LongestPattern} characters when its repetitions are written out";
            return null;
        }
        catch (FormatException e)
        {
            error = $"'{pattern}' is not a regular expression: {e.Message}";
            return null;
        }
    }

    /// <summary>Whether an item of a list is a regular expression and not a plain name (Naemon's rule).</summary>
    public static bool IsPattern(string item, bool always) =>
        always || item.AsSpan().IndexOfAny('*', '?', '+') >= 0 || item.Contains("\\.", StringComparison.Ordinal);

    public bool IsMatch(string name)
    {
        // Names are 500 bytes at most; those of objects that are refused for that are compared all the same.
        var most = name.Length * ConfigurationText.MostBytesPerChar;
        var bytes = most <= 2048 ? stackalloc byte[most] : new byte[most];
        return _automaton.IsMatch(bytes[..ConfigurationText.Encode(name, bytes)]);
    }
}
