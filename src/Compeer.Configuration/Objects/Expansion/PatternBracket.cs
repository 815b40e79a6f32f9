using Compeer.Configuration.Text;

namespace Compeer.Configuration.Objects.Expansion;

/// <summary>
/// Reads bracket expressions, as in <c>[^]a-z[:digit:]_-]</c>. A backslash is an ordinary character in them, <c>]</c> is one in
/// the first place, and <c>-</c> in the first, in the last and as the end of a range.
/// </summary>
internal static class PatternBracket
{
    /// <summary>Longest name between <c>[:</c> and <c>:]</c> (BRACKET_NAME_BUF_SIZE of the C library).</summary>
    private const int LongestName = 32;

    /// <summary>The set of a bracket expression.</summary>
    /// <param name="text">The regular expression.</param>
    /// <param name="at">Where the bracket was opened, behind it; afterwards behind the closing one.</param>
    /// <exception cref="FormatException">It is faulty; the message says how.</exception>
    public static bool[] Parse(ReadOnlySpan<byte> text, ref int at)
    {
        var set = new bool[PatternBytes.Count];
        var isNegated = Peek(text, at) == '^';
        at += isNegated ? 1 : 0;
        var isFirst = true;
        while (isFirst || Peek(text, at) != ']')
        {
            AddElement(text, ref at, isFirst, set);
            isFirst = false;
        }

        at++;
        return isNegated ? PatternBytes.Where(value => !set[value]) : set;
    }

    private static void AddElement(ReadOnlySpan<byte> text, ref int at, bool isFirst, bool[] set)
    {
        var start = at;
        if (!isFirst && Peek(text, at) == '-' && Peek(text, at + 1) != ']')
        {
            throw new FormatException("'-' in brackets belongs in the first or the last place, or between two characters");
        }

        if (ReadElement(text, ref at, set) is not { } from || Peek(text, at) != '-' || Peek(text, at + 1) == ']')
        {
            return;
        }

        at++;
        if (ReadElement(text, ref at, set) is not { } to || to < from)
        {
            throw new FormatException($"'{ConfigurationText.Decode(text[start..at])}' is no range");
        }

        Array.Fill(set, value: true, from, to - from + 1);
    }

    /// <summary>Reads a character, or adds a class to the set and gives null.</summary>
    private static byte? ReadElement(ReadOnlySpan<byte> text, ref int at, bool[] set)
    {
        var value = Peek(text, at);
        var kind = value == '[' && at + 1 < text.Length ? (char)text[at + 1] : ' ';
        if (kind is not (':' or '.' or '='))
        {
            at++;
            set[value] = true;
            return value;
        }

        ReadOnlySpan<byte> closing = [(byte)kind, (byte)']'];
        var length = text[(at + 2)..].IndexOf(closing);
        if (length is < 0 or >= LongestName)
        {
            throw new FormatException($"'[{kind}' is not closed");
        }

        var name = ConfigurationText.Decode(text.Slice(at + 2, length));
        var first = length > 0 ? text[at + 2] : (byte)0;
        at += length + 4;
        if (kind == ':')
        {
            var bytes = PatternBytes.OfClass(name) ?? throw new FormatException($"[:{name}:] is not a character class");
            for (var i = 0; i < bytes.Length; i++)
            {
                set[i] |= bytes[i];
            }

            return null;
        }

        // In the locale C a collating element is a single byte, and equivalent to itself only.
        if (length != 1)
        {
            throw new FormatException($"[{kind}{name}{kind}] is not a single character");
        }

        set[first] = true;
        return kind == '.' ? first : null;
    }

    private static byte Peek(ReadOnlySpan<byte> text, int at) =>
        at < text.Length ? text[at] : throw new FormatException("'[' is not closed");
}
