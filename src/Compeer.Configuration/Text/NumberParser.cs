using System.Buffers.Text;

namespace Compeer.Configuration.Text;

/// <summary>Reads numbers at the start of a value, as Naemon's <c>atoi</c> and <c>strtod</c> do.</summary>
internal static class NumberParser
{
    /// <summary>The whole number at the start, 0 when there is none; <paramref name="complete"/> tells whether nothing else is
    /// there. A number that is too large comes out as in C: its lowest 32 bits.</summary>
    public static int ReadInteger(ReadOnlySpan<byte> text, out bool complete)
    {
        var negative = text.StartsWith("-"u8);
        var digits = negative || text.StartsWith("+"u8) ? text[1..] : text;
        var end = digits.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        end = end < 0 ? digits.Length : end;
        long number = 0;
        foreach (var digit in digits[..end])
        {
            number = number > (long.MaxValue / 10) - 1 ? long.MaxValue / 10 : (number * 10) + (digit - (byte)'0');
        }

        number = negative ? -number : number;
        complete = end > 0 && end == digits.Length && number is >= int.MinValue and <= int.MaxValue;
        return unchecked((int)number);
    }

    /// <summary>As <c>strtoul</c> into an unsigned number of 32 bits, of which this has no more than 31.</summary>
    public static int ReadUnsigned(ReadOnlySpan<byte> text, out bool complete)
    {
        var number = ReadInteger(text, out complete);
        complete &= number >= 0;
        return number < 0 ? int.MaxValue : number;
    }

    /// <summary>The decimal number at the start, 0 when there is none; <paramref name="complete"/> tells whether nothing else is
    /// there.</summary>
    public static double ReadNumber(ReadOnlySpan<byte> text, out bool complete)
    {
        var isNumber = TryNumber(text, out var value, out complete);
        complete &= isNumber;
        return isNumber ? value : 0;
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

            values[count] = ReadNumber(text[range], out var whole);
            complete &= whole;
            count++;
        }

        return count == values.Length;
    }
}
