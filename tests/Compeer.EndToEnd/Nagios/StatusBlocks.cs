using System.Globalization;

namespace Compeer.EndToEnd.Nagios;

/// <summary>The blocks of a status.dat by what they are of, and what of two of them differs.</summary>
internal static class StatusBlocks
{
    /// <summary>
    /// What the two programs say differently by nature: when checks ran and what ids were given. What is of Naemon's rules stands in
    /// docs/compatibility.md.
    /// </summary>
    private static readonly HashSet<string> Own = new(StringComparer.Ordinal)
    {
        "last_check", "next_check", "last_update", "check_latency", "check_execution_time", "check_options", "current_event_id",
        "last_event_id", "current_problem_id", "last_problem_id", "current_notification_id", "comment_id", "downtime_id", "triggered_by",
        "created", "version", "nagios_pid", "program_start", "last_log_rotation", "next_comment_id", "next_downtime_id", "next_event_id",
        "next_problem_id", "next_notification_id", "daemon_mode", "next_notification", "percent_state_change",
        "last_time_up", "last_time_down", "last_time_unreachable", "last_time_ok", "last_time_warning", "last_time_unknown",
        "last_time_critical", "last_host_notification", "last_service_notification",
    };

    /// <summary>Of other things than hosts, services, comments and downtimes: of the whole program.</summary>
    private static readonly string[] Compared =
    [
        "programstatus", "hoststatus", "servicestatus", "contactstatus", "hostdowntime", "servicedowntime", "hostcomment", "servicecomment",
    ];

    /// <summary>Reads a file; what it is not whole of is left out.</summary>
    public static Dictionary<string, Dictionary<string, string>> Read(string file)
    {
        var blocks = new Dictionary<string, Dictionary<string, string>>(StringComparer.Ordinal);
        var type = "";
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in File.ReadLines(file).Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#'))
        {
            if (line.EndsWith(" {", StringComparison.Ordinal))
            {
                (type, values) = (line[..^2], new Dictionary<string, string>(StringComparer.Ordinal));
            }
            else if (line == "}")
            {
                blocks[KeyOf(type, values)] = values;
            }
            else if (line.IndexOf('=', StringComparison.Ordinal) is var sign and > 0)
            {
                // The programs' names for themselves.
                values[line[..sign]] = line[(sign + 1)..].Replace("(Nagios Process)", "(Naemon Process)", StringComparison.Ordinal);
            }
        }

        return blocks;
    }

    /// <summary>What differs in the keys that both have. Times may be five seconds apart: the two take commands one after the
    /// other.</summary>
    public static IEnumerable<string> Differences(
        Dictionary<string, Dictionary<string, string>> theirs, Dictionary<string, Dictionary<string, string>> ours)
    {
        foreach (var missing in theirs.Keys.Except(ours.Keys).Where(key => Compared.Any(key.StartsWith)))
        {
            yield return $"only theirs: {missing}";
        }

        foreach (var added in ours.Keys.Except(theirs.Keys).Where(key => Compared.Any(key.StartsWith)))
        {
            yield return $"only ours: {added}";
        }

        foreach (var (block, values) in theirs.Where(pair => ours.ContainsKey(pair.Key)))
        {
            foreach (var (key, value) in values)
            {
                // What the program itself says of a downtime has words of its own.
                var isOwn = Own.Contains(key) || (key == "comment_data" && values["entry_type"] is "2" or "3");
                if (!isOwn && !key.EndsWith("_stats", StringComparison.Ordinal)
                    && ours[block].TryGetValue(key, out var mine) && !IsSame(value, mine))
                {
                    yield return $"{block}: {key} is '{value}' there and '{mine}' here";
                }
            }
        }
    }

    private static bool IsSame(string theirs, string ours) => theirs == ours
        || (long.TryParse(theirs, CultureInfo.InvariantCulture, out var one)
            && long.TryParse(ours, CultureInfo.InvariantCulture, out var other)
            && one > 1_000_000_000 && other > 1_000_000_000 && Math.Abs(one - other) <= 5);

    private static string KeyOf(string type, Dictionary<string, string> values) => string.Join(';', [
        type,
        .. ((string[])["contact_name", "host_name", "service_description", "author", "entry_type"])
            .Select(values.GetValueOrDefault).Where(value => value is not null),
        type.EndsWith("downtime", StringComparison.Ordinal) ? values.GetValueOrDefault("comment") : "",
    ]);
}
