using Compeer.Cli.Files;

namespace Compeer.Cli.Commands;

/// <summary>Which lines of the log are shown.</summary>
internal sealed class LogChoice
{
    /// <summary>What lines are about.</summary>
    public LogLineKind Kinds { get; set; } = LogLineKind.All;

    /// <summary>The first second.</summary>
    public long First { get; set; }

    /// <summary>The last.</summary>
    public long Last { get; set; } = long.MaxValue;

    /// <summary>Hosts, with their services; none for all.</summary>
    public HashSet<string> Hosts { get; } = new(StringComparer.Ordinal);

    /// <summary>Services, <c>host;description</c>; none for all.</summary>
    public HashSet<string> Services { get; } = new(StringComparer.Ordinal);

    /// <summary>SOFT or HARD; null for both.</summary>
    public string? StateType { get; set; }

    /// <summary>States of hosts; null for all.</summary>
    public HashSet<string>? HostStates { get; set; }

    /// <summary>States of services; null for all.</summary>
    public HashSet<string>? ServiceStates { get; set; }

    /// <summary>Whether a line is shown.</summary>
    public bool Shows(LogLine line)
    {
        if (line.Time < First || line.Time > Last || (line.Kind & Kinds) == 0)
        {
            return false;
        }

        var isNamed = (Hosts.Count == 0 && Services.Count == 0)
            || Hosts.Contains(line.Host) || Services.Contains($"{line.Host};{line.Service}");
        if (!isNamed || line.State.Length == 0)
        {
            return isNamed;
        }

        var states = line.Service.Length > 0 ? ServiceStates : HostStates;
        return (StateType is null || StateType.Equals(line.StateType, StringComparison.OrdinalIgnoreCase))
            && (states is null || states.Contains(line.State));
    }

    /// <summary>The states that letters stand for; null when one stands for none.</summary>
    /// <param name="letters">As showlog has them; <c>*</c> and <c>a</c> for all.</param>
    /// <param name="isOfService">Whether of services.</param>
    public static HashSet<string>? StatesOf(string letters, bool isOfService)
    {
        (char Letter, string State)[] known = isOfService
            ? [('r', "OK"), ('w', "WARNING"), ('c', "CRITICAL"), ('u', "UNKNOWN")]
            : [('r', "UP"), ('d', "DOWN"), ('u', "UNREACHABLE")];
        var states = new HashSet<string>(StringComparer.Ordinal);
        foreach (var letter in letters)
        {
            var named = known.Where(pair => letter is '*' or 'a' || pair.Letter == letter).Select(pair => pair.State).ToList();
            if (named.Count == 0)
            {
                return null;
            }

            states.UnionWith(named);
        }

        return states.Count > 0 ? states : null;
    }
}
