using System.Buffers.Text;

namespace Compeer.Configuration.Text;

/// <summary>Reads numbers at the start of a value, as Naemon's <c>atoi</c> and <c>strtod</c> do.</summary>
internal static class NumberParser
{
    /// <summary>The whole number at the start; <paramref name="complete"/> tells whether nothing else follows.</summary>
    public static bool TryInteger(ReadOnlySpan<byte> text, out int value, out bool complete)
    {
        var digits = text.StartsWith("+"u8) ? text[1..] : text;
        var ok = Utf8Parser.TryParse(digits, out value, out var used);
        complete = ok && used == digits.Length;
        return ok;
    }

    /// <summary>The decimal number at the start; <paramref name="complete"/> tells whether nothing else follows.</summary>
    public static bool TryNumber(ReadOnlySpan<byte> text, out double value, out bool complete)
    {
        var digits = text.StartsWith("+"u8) ? text[1..] : text;
        if (digits.StartsWith("0x"u8) || digits.StartsWith("0X"u8))
        {
            var isHexadecimal = Utf8Parser.TryParse(digits[2..], out long whole, out var length, 'x') && whole >= 0;
            value = isHexadecimal ? whole : 0;
            complete = isHexadecimal && length == digits.Length - 2;
            return true;
        }

        var ok = Utf8Parser.TryParse(digits, out value, out var used) && double.IsFinite(value);
        complete = ok && used == digits.Length;
        return ok;
    }

    /// <summary>As many numbers as <paramref name="values"/> has room for, separated by commas or blanks;
    /// <paramref name="complete"/> tells whether nothing else stands there.</summary>
    public static bool TryNumbers(ReadOnlySpan<byte> text, Span<double> values, out bool complete)
    {
        var count = 0;
        complete = true;
        foreach (var range in text.SplitAny((byte)',', (byte)' ', (byte)'\t'))
        {
            if (text[range].IsEmpty)
            {
                continue;
            }

            if (count == values.Length)
            {
                complete = false;
                break;
            }

            if (!TryNumber(text[range], out values[count], out var whole))
            {
                return false;
            }

            complete &= whole;
            count++;
        }

        return count == values.Length;
    }
}
