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

    /// <summary>The only hosts that may be shown, with their services, and the only services; null when all may.</summary>
    public (HashSet<string> Hosts, HashSet<string> Services)? Visible { get; set; }

    /// <summary>Whether a state is left out that is the one shown before of the same object, of the same type.</summary>
    public bool HidesDuplicates { get; set; }

    /// <summary>SOFT or HARD; null for both.</summary>
    public string? StateType { get; set; }

    /// <summary>States of hosts; null for all.</summary>
    public HashSet<string>? HostStates { get; set; }

    /// <summary>States of services; null for all.</summary>
    public HashSet<string>? ServiceStates { get; set; }

    private readonly Dictionary<string, string> _states = new(StringComparer.Ordinal);

    /// <summary>Whether a line is within the time that is asked for.</summary>
    public bool IsInTime(LogLine line) => line.Time >= First && line.Time <= Last;

    /// <summary>Whether a line is shown. To be asked of each once, in the order in which they are shown.</summary>
    public bool Shows(LogLine line) => IsInTime(line) && (line.Kind & Kinds) != 0 && IsVisible(line) && IsAskedFor(line)
        && !(HidesDuplicates && IsDuplicate(line));

    /// <summary>Whether whoever asks may see the line; one that names no object is nobody's.</summary>
    private bool IsVisible(LogLine line) =>
        Visible is not var (hosts, services) || hosts.Contains(line.Host) || services.Contains($"{line.Host};{line.Service}");

    private bool IsDuplicate(LogLine line)
    {
        if (line.State.Length == 0)
        {
            return false;
        }

        var state = $"{line.State};{line.StateType}";
        var name = $"{line.Host};{line.Service}";
        var isDuplicate = _states.TryGetValue(name, out var before) && before == state;
        _states[name] = state;
        return isDuplicate;
    }

    private bool IsAskedFor(LogLine line)
    {
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
