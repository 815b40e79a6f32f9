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
        MainVariableKind.Boolean => Boolean(variable, text),
        MainVariableKind.Integer or MainVariableKind.NonNegativeInteger or MainVariableKind.PositiveInteger =>
            Integer(variable, text),
        MainVariableKind.Unsigned => Unsigned(variable, text),
        MainVariableKind.Percentage => Percentage(variable, text),
        MainVariableKind.Choice => Choice(variable, text),
        MainVariableKind.Path when text.Length == 0 => (null, "is empty"),
        _ => (text, null),
    };

    private static (string?, string?) Choice(MainVariable variable, string text)
    {
        if (variable.Choices.Contains(text))
        {
            return (text, null);
        }

        var allowed = $"write one of {string.Join(", ", variable.Choices)}";
        return variable.ReadAs?.Invoke(text) is { } value
            ? (value, $"'{text}' is read as {value}; {allowed}")
            : (null, $"'{text}' is not allowed; {allowed}");
    }

    private static (string?, string?) Boolean(MainVariable variable, string text)
    {
        var number = Number(text, out var complete);
        if (!complete && Digits(text) == 0 && !variable.TakesWords)
        {
            return (null, $"'{text}' is neither 0 nor 1");
        }

        var value = number > 0 ? "1" : "0";
        return (value, text == value ? null : $"'{text}' is read as {value}; write 0 or 1");
    }

    private static (string?, string?) Integer(MainVariable variable, string text)
    {
        var number = Number(text, out var complete);
        if (number < variable.Least || number > variable.Most)
        {
            var range = variable.Most == int.MaxValue ? $"{variable.Least} or more" : $"{variable.Least} to {variable.Most}";
            return (null, complete ? $"{number} is out of range; it must be {range}" : $"'{text}' is not a whole number, {range}");
        }

        return (Text(number), complete ? null : $"'{text}' is read as {number}");
    }

    private static int Number(string text, out bool complete) => NumberParser.ReadInteger(Encoding.UTF8.GetBytes(text), out complete);

    /// <summary>How many digits the number at the start has.</summary>
    private static int Digits(string text)
    {
        var digits = text.AsSpan().TrimStart("+-");
        var end = digits.IndexOfAnyExceptInRange('0', '9');
        return end < 0 ? digits.Length : end;
    }

    private static (string?, string?) Unsigned(MainVariable variable, string text)
    {
        if (text == "-1" && variable.Least == -1)
        {
            return (text, null);
        }

        var sign = text.StartsWith('-') || text.StartsWith('+') ? 1 : 0;
        var isHexadecimal = text.AsSpan(sign).StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        var radix = isHexadecimal ? 16 : text.Length > sign + 1 && text[sign] == '0' ? 8 : 10;
        var digits = text.AsSpan(sign + (isHexadecimal ? 2 : 0));
        ulong number = 0;
        var read = 0;
        var isTooLarge = false;
        while (read < digits.Length && DigitOf(digits[read]) < radix)
        {
            isTooLarge |= number > (ulong.MaxValue >> 4);
            number = isTooLarge ? ulong.MaxValue : (number * (ulong)radix) + (ulong)DigitOf(digits[read]);
            read++;
        }

        // As strtoul has it, -5 is five less than nothing, which is very much.
        number = text.StartsWith('-') ? unchecked(0 - number) : number;
        var isPlain = read > 0 && read == digits.Length && !isTooLarge && !text.StartsWith('-');
        return (Text(number), isPlain ? null : $"'{text}' is read as {number}");
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
