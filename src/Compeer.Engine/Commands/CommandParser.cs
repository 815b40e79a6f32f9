using System.Collections.Immutable;
using System.Globalization;
using Compeer.Configuration.Commands;
using Compeer.Configuration.Objects.Definitions;
using Compeer.Engine.Model;

namespace Compeer.Engine.Commands;

/// <summary>
/// Reads external commands, by the rules of Naemon's <c>parse_nokv_command</c> and <c>parse_arguments</c>, whose words the errors
/// are: <c>[seconds since 1970] NAME;argument;argument</c>. The last argument, when it is text, may hold semicolons.
/// </summary>
internal static class CommandParser
{
    /// <summary>Reads a command.</summary>
    /// <param name="line">The line, without its end.</param>
    /// <param name="objects">What its arguments can name.</param>
    /// <param name="error">What is wrong with it.</param>
    public static ParsedCommand? Parse(string line, ObjectConfiguration objects, out string error)
    {
        var open = line.IndexOf('[', StringComparison.Ordinal);
        var close = open < 0 ? -1 : line.IndexOf(']', open);
        if (close < 0)
        {
            error = "Commands must begin with a timestamp inside square brackets";
            return null;
        }

        if (Number(line[(open + 1)..close], "ulong", out error) is not { } time)
        {
            error = $"Failed to parse command timestamp: {error}";
            return null;
        }

        var rest = line[(close + 1)..];
        var end = rest.IndexOf(';', StringComparison.Ordinal);
        var name = (end < 0 ? rest : rest[..end]).TrimStart(' ');
        var arguments = end < 0 ? "" : rest[(end + 1)..];
        if (name.Length == 0)
        {
            error = "Couldn't find command name: missing semicolon in command string";
            return null;
        }

        // What begins so is for modules of Naemon: told, and not its business.
        if (name[0] == '_')
        {
            return new ParsedCommand(name, time, arguments, []);
        }

        if (ExternalCommandTable.Find(name) is not { } format)
        {
            error = $"Unknown command '{name}'";
            return null;
        }

        var values = Values(arguments, format.Arguments, objects, out error);
        return values.IsDefault ? null : new ParsedCommand(name, time, arguments, values);
    }

    private static ImmutableArray<object?> Values(
        string text, ImmutableArray<CommandArgument> arguments, ObjectConfiguration objects, out string error)
    {
        var values = new object?[arguments.Length];
        var parts = text.Split(';');
        var part = 0;
        var place = 0;
        error = "";
        for (; part < parts.Length && arguments.Length > 0; place++)
        {
            if (place >= arguments.Length)
            {
                error = $"Too many arguments to command - expected {arguments.Length}";
                return default;
            }

            var argument = arguments[place];
            var isLastText = place == arguments.Length - 1 && argument.Type == ArgumentType.Text;
            var value = isLastText ? string.Join(';', parts[part..]) : parts[part];
            part = isLastText ? parts.Length : part + 1;
            if (value.Length == 0 && argument.IsOptional)
            {
                continue;
            }

            if (value.Length == 0)
            {
                error = $"No value for argument {argument.Name} provided, and no default found";
                return default;
            }

            if (argument.Type == ArgumentType.Service)
            {
                if (part == parts.Length)
                {
                    error = $"No service description provided at argument {place + 1}";
                    return default;
                }

                value = $"{value};{parts[part++]}";
            }

            values[place] = Value(argument, place, value, objects, out error);
            if (values[place] is null)
            {
                return default;
            }
        }

        while (place < arguments.Length && arguments[place].IsOptional)
        {
            place++;
        }

        if (place < arguments.Length)
        {
            error = $"Missing argument: expected {arguments.Length} arguments, found {place}";
            return default;
        }

        return [.. values];
    }

    private static object? Value(CommandArgument argument, int place, string text, ObjectConfiguration objects, out string error)
    {
        error = $"Failed validation of {argument.Name} as type {argument.TypeName} (argument {place})";
        switch (argument.Type)
        {
            case ArgumentType.Switch or ArgumentType.Integer or ArgumentType.Unsigned or ArgumentType.Timestamp:
                var failed = error;
                var word = argument.Type is ArgumentType.Switch or ArgumentType.Integer ? "integer" : "ulong";
                if (Number(text, word, out error) is not { } number)
                {
                    error = $"Couldn't parse {argument.TypeName} argument {argument.Name} (argument {place}): {error}";
                    return null;
                }

                error = failed;
                return argument.Type == ArgumentType.Switch && number is not (0 or 1) ? null : number;
            case ArgumentType.Host:
                return objects.FindHost(text);
            case ArgumentType.Service:
                var separator = text.IndexOf(';', StringComparison.Ordinal);
                return NameSearch.Service(objects, text.AsSpan(0, separator), text.AsSpan(separator + 1));
            case ArgumentType.HostGroup:
                return NameSearch.Find(objects.HostGroups, text, static group => group.Name);
            case ArgumentType.ServiceGroup:
                return NameSearch.Find(objects.ServiceGroups, text, static group => group.Name);
            case ArgumentType.Contact:
                return NameSearch.Find(objects.Contacts, text, static contact => contact.Name);
            case ArgumentType.ContactGroup:
                return NameSearch.Find(objects.ContactGroups, text, static group => group.Name);
            case ArgumentType.TimePeriod:
                return NameSearch.Find(objects.TimePeriods, text, static period => period.Name);
            default:
                return text;
        }
    }

    /// <summary>A whole number as C's <c>strtol</c> reads it: blanks and a sign before it are fine, anything after it is not.</summary>
    private static long? Number(string text, string type, out string error)
    {
        var start = text.AsSpan().TrimStart(" \t\n\v\f\r");
        var sign = start.Length > 0 && (start[0] is '+' or '-') ? 1 : 0;
        var length = sign;
        while (length < start.Length && char.IsAsciiDigit(start[length]))
        {
            length++;
        }

        if (length == sign)
        {
            error = $"No digits found in {type} '{text}'";
        }
        else if (length < start.Length)
        {
            error = $"Invalid characters ({start[length..]}) in {type} '{text}'";
        }
        else if (long.TryParse(start, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            error = "";
            return number;
        }
        else
        {
            error = $"'Numerical result out of range' while parsing {type} '{text}'";
        }

        return null;
    }
}
