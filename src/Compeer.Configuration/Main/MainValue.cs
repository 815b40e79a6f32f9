using System.Globalization;
using System.Text;
using Compeer.Configuration.Text;

namespace Compeer.Configuration.Main;

/// <summary>Reads the value of a variable as Naemon does with <c>atoi</c>, <c>strtoul</c> and <c>strtod</c>, and says what is
/// wrong with it.</summary>
internal static class MainValue
{
    /// <summary>The value in its plain form (numbers decimal, booleans 0 or 1), null when it is refused, and a finding: the error
    /// then, else a warning or nothing.</summary>
    public static (string? Value, string? Finding) Read(MainVariable variable, string text) => variable.Kind switch
    {
        MainVariableKind.Boolean => Boolean(text),
        MainVariableKind.Integer or MainVariableKind.NonNegativeInteger or MainVariableKind.PositiveInteger =>
            Integer(variable, text),
        MainVariableKind.Unsigned => Unsigned(variable, text),
        MainVariableKind.Percentage => Percentage(variable, text),
        MainVariableKind.Choice => variable.Choices.Contains(text)
            ? (text, null)
            : (null, $"'{text}' is not allowed; write one of {string.Join(", ", variable.Choices)}"),
        MainVariableKind.Path when text.Length == 0 => (null, "is empty"),
        _ => (text, null),
    };

    private static (string?, string?) Boolean(string text)
    {
        if (!int.TryParse(text.AsSpan(0, Digits(text)), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number))
        {
            return (null, $"'{text}' is neither 0 nor 1");
        }

        var value = number > 0 ? "1" : "0";
        return (value, text == value ? null : $"'{text}' is read as {value}; write 0 or 1");
    }

    private static (string?, string?) Integer(MainVariable variable, string text)
    {
        var digits = Digits(text);
        if (!int.TryParse(text.AsSpan(0, digits), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number))
        {
            return (null, $"'{text}' is not a whole number");
        }

        if (number < variable.Least || number > variable.Most)
        {
            var range = variable.Most == int.MaxValue ? $"{variable.Least} or more" : $"{variable.Least} to {variable.Most}";
            return (null, $"{number} is out of range; it must be {range}");
        }

        return (Text(number), digits == text.Length ? null : $"'{text}' is read as {number}");
    }

    /// <summary>How long the number at the start is.</summary>
    private static int Digits(string text)
    {
        var sign = text.StartsWith('-') || text.StartsWith('+') ? 1 : 0;
        var end = text.AsSpan(sign).IndexOfAnyExceptInRange('0', '9');
        return end < 0 ? text.Length : sign + end;
    }

    private static (string?, string?) Unsigned(MainVariable variable, string text)
    {
        if (text == "-1" && variable.Least == -1)
        {
            return (text, null);
        }

        var isHexadecimal = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        var radix = isHexadecimal ? 16 : text.Length > 1 && text[0] == '0' ? 8 : 10;
        var digits = text.AsSpan(isHexadecimal ? 2 : 0);
        ulong number = 0;
        var read = 0;
        while (read < digits.Length && DigitOf(digits[read]) < radix)
        {
            if (number > (ulong.MaxValue >> 4))
            {
                return (null, $"'{text}' is out of range");
            }

            number = (number * (ulong)radix) + (ulong)DigitOf(digits[read]);
            read++;
        }

        return read == 0
            ? (null, $"'{text}' is not a whole number, 0 or more")
            : (Text(number), read == digits.Length ? null : $"'{text}' is read as {number}");
    }

    private static int DigitOf(char c) => char.IsAsciiHexDigit(c) ? (c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10) : int.MaxValue;

    private static (string?, string?) Percentage(MainVariable variable, string text)
    {
        var range = variable.IsBelowMost ? "above 0 and below 100" : "above 0 and up to 100";
        var isRight = NumberParser.TryNumber(Encoding.UTF8.GetBytes(text), out var number, out var isComplete)
            && number > 0 && number <= 100 && !(variable.IsBelowMost && number >= 100);
        return isRight
            ? (Text(number), isComplete ? null : $"'{text}' is read as {Text(number)}")
            : (null, $"'{text}' is not a number {range}");
    }

    private static string Text<T>(T number)
        where T : IFormattable => number.ToString(null, CultureInfo.InvariantCulture);
}
