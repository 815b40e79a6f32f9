using System.Globalization;
using Compeer.Configuration.Commands;

namespace Compeer.Cli.Commands;

/// <summary>Makes an external command of what was typed: <c>name=value</c> for each argument, or the values in order.</summary>
internal static class CommandWords
{
    /// <summary>Its arguments as op5's templates have them.</summary>
    public static string Template(CommandFormat format) => string.Join(
        ';', format.Arguments.Select(argument => argument.IsOptional ? $"[{argument.Name}]" : argument.Name));

    /// <summary>The command without its time; null when the words do not fit.</summary>
    /// <param name="format">The command.</param>
    /// <param name="words">What was typed behind its name.</param>
    /// <param name="fault">Why they do not fit.</param>
    public static string? Compose(CommandFormat format, IReadOnlyList<string> words, out string fault)
    {
        // LOG takes any text, which is no argument to Naemon.
        if (format.Name == "LOG")
        {
            fault = words.Count == 0 ? "there is no text to write" : FaultOf(string.Join(' ', words));
            return fault.Length == 0 ? $"LOG;{string.Join(' ', words)}" : null;
        }

        if (Values(format, words, out fault) is not { } values)
        {
            return null;
        }

        for (var place = 0; place < values.Count && fault.Length == 0; place++)
        {
            fault = FaultOf(format, place, values[place]);
        }

        return fault.Length == 0 ? string.Join(';', [format.Name, .. values]) : null;
    }

    private static List<string>? Values(CommandFormat format, IReadOnlyList<string> words, out string fault)
    {
        var named = words.Select(word => word.Split('=', 2)).Where(parts => IsName(format, parts)).ToList();
        fault = "";
        if (named.Count == 0)
        {
            var least = format.Arguments.Count(argument => !argument.IsOptional);
            if (words.Count < least || words.Count > format.Arguments.Length)
            {
                fault = format.Arguments.Length == 0
                    ? $"{format.Name} takes no arguments"
                    : $"the arguments of {format.Name} are {Template(format)}; {words.Count} were given";
                return null;
            }

            return [.. words];
        }

        if (named.Count < words.Count)
        {
            fault = "either all arguments are written as name=value, or none";
            return null;
        }

        if (format.Arguments.FirstOrDefault(argument => named.Count(parts => parts[0] == argument.Name) > 1) is { Name: { } twice })
        {
            fault = $"{twice} is given twice";
            return null;
        }

        var values = format.Arguments.Select(argument => named.Find(parts => parts[0] == argument.Name)?[1]).ToList();
        var missing = values.Index().FirstOrDefault(value => value.Item is null && !format.Arguments[value.Index].IsOptional, (-1, null));
        if (missing.Index >= 0)
        {
            fault = $"there is no {format.Arguments[missing.Index].Name}=";
            return null;
        }

        return [.. values.Select(value => value ?? "")];
    }

    private static bool IsName(CommandFormat format, string[] parts) =>
        parts.Length == 2 && format.Arguments.Any(argument => argument.Name == parts[0]);

    private static string FaultOf(string value) =>
        value.Any(char.IsControl) ? "a command is one line, without control characters" : "";

    private static string FaultOf(CommandFormat format, int place, string value)
    {
        var argument = format.Arguments[place];
        var isLastText = argument.Type == ArgumentType.Text && place == format.Arguments.Length - 1;
        var mostParts = argument.Type == ArgumentType.Service ? 2 : isLastText ? int.MaxValue : 1;
        var parts = value.Split(';').Length;
        if (value.Length == 0)
        {
            return argument.IsOptional ? "" : $"{argument.Name} is empty";
        }

        if (argument.Type == ArgumentType.Service && parts != 2)
        {
            return $"{argument.Name} is written as 'HOST;SERVICE'";
        }

        if (parts > mostParts)
        {
            return $"{argument.Name} has a semicolon, which separates arguments";
        }

        var isFit = argument.Type switch
        {
            ArgumentType.Switch => value is "0" or "1",
            ArgumentType.Integer => long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
            ArgumentType.Unsigned or ArgumentType.Timestamp =>
                ulong.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _),
            _ => true,
        };
        return isFit ? FaultOf(value) : $"{argument.Name} is {Kind(argument.Type)}, not \"{value}\"";
    }

    private static string Kind(ArgumentType type) => type switch
    {
        ArgumentType.Switch => "0 or 1",
        ArgumentType.Integer => "a whole number",
        ArgumentType.Timestamp => "a time in seconds since 1970",
        _ => "a whole number that is not negative",
    };
}
