namespace Compeer.EndToEnd.Icinga;

/// <summary>The columns that have another value in Icinga 2, each with the reason; everything else must be the same.</summary>
internal static class LivestatusDifferences
{
    private const string NeverChecked = "before its first result an object is DOWN or UNKNOWN, soft, at Icinga 2; UP or OK, hard, here";
    private const string Ended = "Icinga 2: when a result last said so; here, as at Naemon, when a result last ended that state";
    private const string TimeOfHost = "Icinga 2: the time of the result; here, as at Naemon, for hosts the time at which it was taken";
    private const string Info = "Icinga 2 leaves parts out: here are type, times and the rest as well";
    private const string NotThere = "Icinga 2 has no such thing";
    private const string Counters = "of the program itself";

    /// <summary>Reasons by <c>table.column</c>, <c>*</c> for hosts and services wherever they are shown; before <c>?</c> only of
    /// objects that were never checked.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["*.state?"] = NeverChecked,
        ["*.hard_state?"] = NeverChecked,
        ["*.state_type?"] = NeverChecked,
        ["*.last_state?"] = NeverChecked,
        ["*.last_hard_state?"] = NeverChecked,
        ["*.services_with_info?"] = NeverChecked,
        ["*.services_with_state?"] = NeverChecked,
        ["*.num_services_unknown?"] = "Icinga 2 counts services that were never checked as UNKNOWN",
        ["*.last_check?"] = "Icinga 2: -1 for never; here 0",
        ["*.worst_service_state"] = "UNKNOWN is the worst at Icinga 2; CRITICAL here, as at Naemon",
        ["*.num_services_hard_ok"] = "Icinga 2 counts services that are OK now; here those whose last hard state was OK",
        ["*.last_state_change"] = TimeOfHost,
        ["*.last_hard_state_change"] = TimeOfHost,
        ["*.last_time_ok"] = Ended,
        ["*.last_time_unknown"] = Ended,
        ["*.last_time_up"] = Ended,
        ["*.check_type"] = "Icinga 2 takes a result from outside for an active one when active checks are on",
        ["*.latency"] = "here, as at Naemon, of a result from outside how much later it came than its time says",
        ["*.percent_state_change"] = "Icinga 2 weighs changes by another curve",
        ["*.high_flap_threshold"] = "Icinga 2 shows the default; here 0 for the program's",
        ["*.low_flap_threshold"] = "Icinga 2 shows the default; here 0 for the program's",
        ["*.staleness"] = "Icinga 2 measures from when the result came; here from the time of the check",
        ["*.next_check"] = "without active checks nothing is scheduled here",
        ["*.check_command"] = "Icinga 2 puts the kind before the name, and an exclamation mark behind it",
        ["*.check_freshness"] = "at Icinga 2 always on",
        ["*.check_source"] = "the name of the node as each of them has it",
        ["*.comments"] = "a downtime has a comment here, as at Naemon",
        ["*.comments_with_info"] = Info,
        ["*.downtimes_with_info"] = Info,
        ["*.members_with_state"] = "Icinga 2 leaves out whether they were checked",
        ["*.modified_attributes"] = "Icinga 2 has 0 always",
        ["*.modified_attributes_list"] = "Icinga 2 has 0 always",
        ["*.no_more_notifications"] = "Icinga 2 says yes while nothing has to be told",
        ["*.notification_period"] = "at Icinga 2 of each notification, not of the object",
        ["*.obsess_over_host"] = NotThere,
        ["*.obsess_over_service"] = NotThere,
        ["*.pnpgraph_present"] = "Icinga 2: 0; here -1 while pnp_path is not set",
        ["comments.entry_time"] = "Icinga 2: when the command came; here the time that it bears",
        ["comments.source"] = "Icinga 2: from outside; here, as at Naemon, from within for an acknowledgement",
        ["contactgroups.alias"] = "Icinga 2 has the name",
        ["contacts.alias"] = "Icinga 2 has the name",
        ["downtimes.duration"] = "Icinga 2 keeps what was said; here, as at Naemon, a fixed downtime lasts from start to end",
        ["downtimes.entry_time"] = "Icinga 2: when the command came; here the time that it bears",
        ["status.check_host_freshness"] = "at Icinga 2 always on",
        ["status.enable_flap_detection"] = "on by default at Icinga 2",
        ["status.execute_host_checks"] = "off in the test's configuration",
        ["status.execute_service_checks"] = "off in the test's configuration",
        ["status.process_performance_data"] = "on by default at Icinga 2",
        ["status.connections"] = Counters,
        ["status.connections_rate"] = Counters,
        ["status.livestatus_version"] = Counters,
        ["status.log_messages"] = Counters,
        ["status.nagios_pid"] = Counters,
        ["status.program_start"] = Counters,
        ["status.program_version"] = Counters,
        ["status.requests"] = Counters,
    };

    /// <summary>Those that may happen to be the same.</summary>
    public static IReadOnlySet<string> Chance { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "status.program_start", "status.connections", "status.connections_rate",
    };

    /// <summary>The name in <see cref="All"/> under which a column may differ; null when it must not.</summary>
    /// <param name="table">The table.</param>
    /// <param name="column">The column.</param>
    /// <param name="wasChecked">Whether the row's object was ever checked.</param>
    public static string? Find(string table, string column, bool wasChecked)
    {
        string[] prefixes = ["hostgroup_", "servicegroup_", "host_", "service_"];
        var own = $"{table}.{column}";
        if (All.ContainsKey(own))
        {
            return own;
        }

        string[] tables = ["contacts", "contactgroups", "commands", "timeperiods", "status"];
        if (tables.Contains(table))
        {
            return null;
        }

        var prefix = Array.Find(prefixes, prefix => column.StartsWith(prefix, StringComparison.Ordinal)) ?? "";
        string[] names = [column, column[prefix.Length..]];
        return names.SelectMany(name => wasChecked ? new[] { $"*.{name}" } : [$"*.{name}", $"*.{name}?"]).FirstOrDefault(All.ContainsKey);
    }
}
