using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;

namespace Compeer.EndToEnd.Nagios;

/// <summary>What status.dat may say differently there and here: a short list, each rule with its row in docs/compatibility.md. All else is
/// a fault, or a difference of one script, which names its rule.</summary>
internal static class StatusRules
{
    /// <summary>What is so far ahead never comes.</summary>
    private static readonly long Never = TimeProvider.System.GetUtcNow().AddDays(300).ToUnixTimeSeconds();

    /// <summary>What each program has its own of: numbers that it gives, when it started and wrote, what it measured.</summary>
    private static readonly ImmutableArray<Rule> All =
    [
        new("status-ids", (key, _, _) => key is "current_event_id" or "last_event_id" or "current_problem_id" or "last_problem_id"
            or "current_notification_id" or "comment_id" or "downtime_id" or "next_comment_id" or "next_downtime_id" or "next_event_id"
            or "next_problem_id" or "next_notification_id"),
        new("status-of-the-program", (key, _, _) => key is "nagios_pid" or "program_start" or "daemon_mode"
            || key.EndsWith("_stats", StringComparison.Ordinal)),
        new("status-times-of-checks", (key, _, _) => key is "check_latency" or "check_execution_time" or "next_check" or "last_update"),
        new("flapping", (key, _, _) => key == "percent_state_change"),
        new("status-contact-last-told", (key, _, _) => key is "last_host_notification" or "last_service_notification"),
        new("status-words-of-downtimes", (key, theirs, _) => key == "comment_data" && theirs["entry_type"] is "2" or "3"),
        new("status-of-an-unchecked-host", (key, _, ours) => key is "last_state_change" or "last_hard_state_change"
            && !ours.ContainsKey("service_description") && ours["has_been_checked"] == "0"),
        new("status-first-result", (key, theirs, _) => key is "last_state_change" or "last_hard_state_change" && theirs[key] == "0"),
        new("status-told-of-a-recovery", (key, _, ours) => key == "last_notification"
            && ours.ContainsKey("service_description") && (ours["current_state"] == "0" || ours["state_type"] == "0")),
        new("status-next-notification", (key, _, ours) => key == "next_notification"
            && (ours[key] == "0" || long.Parse(ours[key], CultureInfo.InvariantCulture) > Never)),
    ];

    private static readonly ConcurrentDictionary<string, bool> Used = new(StringComparer.Ordinal);

    /// <summary>The names of the rules.</summary>
    public static IEnumerable<string> Names => All.Select(rule => rule.Name);

    /// <summary>The names of those that something differed by so far.</summary>
    public static IEnumerable<string> Needed => Used.Keys;

    /// <summary>Whether a key whose values are unlike may be so.</summary>
    public static bool Allow(string key, IReadOnlyDictionary<string, string> theirs, IReadOnlyDictionary<string, string> ours)
    {
        var rule = All.FirstOrDefault(rule => rule.Allows(key, theirs, ours));
        if (rule is not null)
        {
            Used[rule.Name] = true;
        }

        return rule is not null;
    }

    private sealed record Rule(
        string Name, Func<string, IReadOnlyDictionary<string, string>, IReadOnlyDictionary<string, string>, bool> Allows);
}
