using System.Buffers.Text;

namespace Compeer.Objects.Syntax;

/// <summary>Reads numbers at the start of a value, as Naemon's <c>atoi</c> and <c>strtod</c> do.</summary>
internal static class NumberParser
{
    /// <summary>The whole number at the start; <paramref name="complete"/> tells whether nothing else follows.</summary>
    public static bool TryInteger(ReadOnlySpan<byte> text, out int value, out bool complete)
    {
        ReadOnlySpan<byte> digits = text.StartsWith("+"u8) ? text[1..] : text;
        bool ok = Utf8Parser.TryParse(digits, out value, out int used);
        complete = ok && used == digits.Length;
        return ok;
    }

    /// <summary>The decimal number at the start; <paramref name="complete"/> tells whether nothing else follows.</summary>
    public static bool TryNumber(ReadOnlySpan<byte> text, out double value, out bool complete)
    {
        ReadOnlySpan<byte> digits = text.StartsWith("+"u8) ? text[1..] : text;
        bool ok = Utf8Parser.TryParse(digits, out value, out int used) && double.IsFinite(value);
        complete = ok && used == digits.Length;
        return ok;
    }

    /// <summary>Exactly <paramref name="values"/>.Length numbers separated by commas or blanks.</summary>
    public static bool TryNumbers(ReadOnlySpan<byte> text, Span<double> values)
    {
        int count = 0;
        foreach (Range range in text.SplitAny((byte)',', (byte)' ', (byte)'\t'))
        {
            if (text[range].IsEmpty)
            {
                continue;
            }

            if (count == values.Length || !TryNumber(text[range], out values[count], out _))
            {
                return false;
            }

            count++;
        }

        return count == values.Length;
    }
}
