using System.Collections.Immutable;

namespace Compeer.Configuration.Commands;

/// <summary>An external command: its name and its arguments.</summary>
/// <param name="Name">The name.</param>
/// <param name="Arguments">The arguments, in order.</param>
public sealed record CommandFormat(string Name, ImmutableArray<CommandArgument> Arguments)
{
    /// <summary>Reads a line of <see cref="ExternalCommandTable"/>.</summary>
    internal static CommandFormat Parse(string line)
    {
        var words = line.Split(' ');
        return new CommandFormat(words[0], [.. words.Skip(1).Select(Argument)]);
    }

    private static CommandArgument Argument(string word)
    {
        var parts = word.TrimStart('?').Split(':');
        var type = parts[0] switch
        {
            "string" => ArgumentType.Text,
            "host" => ArgumentType.Host,
            "service" => ArgumentType.Service,
            "hostgroup" => ArgumentType.HostGroup,
            "servicegroup" => ArgumentType.ServiceGroup,
            "contact" => ArgumentType.Contact,
            "contactgroup" => ArgumentType.ContactGroup,
            "timeperiod" => ArgumentType.TimePeriod,
            "bool" => ArgumentType.Switch,
            "integer" => ArgumentType.Integer,
            "ulong" => ArgumentType.Unsigned,
            "timestamp" => ArgumentType.Timestamp,
            _ => throw new InvalidOperationException($"unknown type of argument {parts[0]}"),
        };
        return new CommandArgument(type, parts[0], parts[1], IsOptional: word[0] == '?');
    }
}
