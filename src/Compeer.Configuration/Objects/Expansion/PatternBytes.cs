namespace Compeer.Configuration.Objects.Expansion;

/// <summary>Sets of bytes for regular expressions, those of the locale C: nothing beyond ASCII is a letter.</summary>
internal static class PatternBytes
{
    /// <summary>How many bytes there are.</summary>
    public const int Count = 256;

    /// <summary>What words are made of.</summary>
    public static readonly bool[] Word = Where(value => char.IsAsciiLetterOrDigit((char)value) || value == '_');

    /// <summary>The set of the bytes for which this holds.</summary>
    public static bool[] Where(Func<int, bool> isIn) => [.. Enumerable.Range(0, Count).Select(isIn)];

    /// <summary>The set of one byte.</summary>
    public static bool[] Only(byte value)
    {
        var set = new bool[Count];
        set[value] = true;
        return set;
    }

    /// <summary>A character class, as in <c>[:alpha:]</c>; null when there is none of this name.</summary>
    public static bool[]? OfClass(string name) => name switch
    {
        "alpha" => Where(value => char.IsAsciiLetter((char)value)),
        "digit" => Where(value => char.IsAsciiDigit((char)value)),
        "alnum" => Where(value => char.IsAsciiLetterOrDigit((char)value)),
        "upper" => Where(value => char.IsAsciiLetterUpper((char)value)),
        "lower" => Where(value => char.IsAsciiLetterLower((char)value)),
        "space" => Where(value => value is ' ' or (>= '\t' and <= '\r')),
        "blank" => Where(value => value is ' ' or '\t'),
        "punct" => Where(value => value is > ' ' and < 0x7F && !char.IsAsciiLetterOrDigit((char)value)),
        "xdigit" => Where(value => char.IsAsciiHexDigit((char)value)),
        "cntrl" => Where(value => value is < ' ' or 0x7F),
        "print" => Where(value => value is >= ' ' and < 0x7F),
        "graph" => Where(value => value is > ' ' and < 0x7F),
        _ => null,
    };
}
