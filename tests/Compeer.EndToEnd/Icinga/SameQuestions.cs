namespace Compeer.EndToEnd.Icinga;

/// <summary>Questions as clients ask them, of which the answers have the same lines. Objects that were never checked are left out by
/// their host: Icinga 2 takes them for DOWN and UNKNOWN.</summary>
internal static class SameQuestions
{
    private const string Checked = "Filter: has_been_checked = 1";

    public static IReadOnlyList<string> All { get; } =
    [
        "GET hosts\nColumns: name state plugin_output perf_data\nFilter: name = web1",
        $"GET hosts\nColumns: name state\n{Checked}\nFilter: state != 0",
        $"GET hosts\n{Checked}\nStats: state = 0\nStats: state = 1\nStats: state = 2",
        $"GET hosts\n{Checked}\nStats: sum state\nStats: max current_attempt\nStats: min max_check_attempts",
        "GET hosts\nColumns: name\nFilter: name ~ ^web[0-9]$\nFilter: groups >= web",
        "GET hosts\nColumns: name\nFilter: name ~~ ^WEB1$",
        "GET hosts\nColumns: name\nFilter: name =~ CORE",
        "GET hosts\nColumns: name\nFilter: address !~ ^192.0.2.1\nFilter: name = core\nOr: 2\nNegate:\nFilter: name != quiet",
        "GET hosts\nColumns: name address\nFilter: custom_variable_names >= RACK",
        "GET hosts\nColumns: name parents childs\nFilter: name = web2",
        "GET hosts\nColumns: name\nFilter: parents >= core\nFilter: state = 0",
        "GET hosts\nColumns: name\nFilter: notifications_enabled = 0",
        "GET hosts\nColumns: name scheduled_downtime_depth\nFilter: name = core\nColumnHeaders: on",
        "GET hosts\nColumns: name notes notes_url action_url icon_image\nFilter: name = web1\nOutputFormat: json",
        "GET hosts\nColumns: name\nFilter: name = web1\nResponseHeader: fixed16",
        "GET hosts\nColumns: name state\nFilter: name = web1\nSeparators: 10 32 44 124",
        "GET hosts\nColumns: name\nFilter: name = nobody",
        "GET services\nColumns: host_name description state state_type current_attempt plugin_output\nFilter: description = http\n"
            + "Filter: host_name = web1",
        $"GET services\n{Checked}\nStats: state = 0\nStats: state = 1\nStats: state = 2\nStats: state = 3",
        $"GET services\n{Checked}\nFilter: state = 2\nFilter: acknowledged = 1\nAnd: 2\nFilter: state = 1\nOr: 2\nStats: state > 0",
        $"GET services\n{Checked}\nStats: state = 0\nStats: host_state = 0\nStatsAnd: 2\nStats: state = 2\nStats: state = 3\nStatsOr: 2",
        $"GET services\n{Checked}\nFilter: host_groups >= web\nStats: state = 0",
        $"GET services\n{Checked}\nFilter: groups >= disks\nFilter: state != 0\nColumns: host_name description acknowledged",
        "GET services\nColumns: host_name description\nFilter: in_notification_period = 1\nFilter: description = load",
        "GET services\nColumns: host_name description\nFilter: scheduled_downtime_depth > 0",
        "GET services\nColumns: host_name description\nFilter: accept_passive_checks = 0",
        "GET services\nColumns: plugin_output\nFilter: plugin_output ~ quoted|still, more\nOutputFormat: json",
        "GET services\nColumns: description\nFilter: description < http\nFilter: host_name = web1",
        "GET hostgroups\nColumns: name alias num_hosts num_services num_services_crit worst_host_state\nFilter: name = web",
        "GET servicegroups\nColumns: name num_services num_services_ok num_services_crit\nFilter: name = disks",
        "GET contacts\nColumns: name email pager\nFilter: name = anna",
        "GET contactgroups\nColumns: name members",
        "GET timeperiods\nColumns: name alias in\nFilter: name = always",
        "GET comments\nColumns: author comment host_name service_description entry_type persistent\nFilter: comment ~ comment$\n"
            + "Filter: service_description = http",
        "GET downtimes\nColumns: author comment host_name service_description fixed",
        "GET status\nColumns: accept_passive_host_checks enable_notifications",
    ];
}
