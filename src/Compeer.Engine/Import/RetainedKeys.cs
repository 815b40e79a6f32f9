using System.Collections.Frozen;

namespace Compeer.Engine.Import;

/// <summary>The keys that Naemon 1.4, Nagios 3 and 4 and op5 write into the blocks of a <c>retention.dat</c>.</summary>
internal static class RetainedKeys
{
    /// <summary>Of hosts and services.</summary>
    public static readonly FrozenSet<string> OfCheckables = Words(
        "host_name service_description modified_attributes check_command check_period notification_period event_handler importance "
        + "hourly_value has_been_checked check_execution_time check_latency check_type current_state last_state last_hard_state "
        + "last_event_id current_event_id current_problem_id last_problem_id problem_start problem_end plugin_output long_plugin_output "
        + "performance_data last_check next_check check_options current_attempt max_attempts "
        + "normal_check_interval retry_check_interval check_interval "
        + "retry_interval flapping_comment_id "
        + "state_type last_state_change last_hard_state_change last_time_up last_time_down last_time_unreachable last_time_ok "
        + "last_time_warning last_time_unknown last_time_critical notified_on_down notified_on_unreachable notified_on_unknown "
        + "notified_on_warning notified_on_critical last_notification next_notification no_more_notifications "
        + "current_notification_number current_notification_id notifications_enabled config:notifications_enabled "
        + "problem_has_been_acknowledged acknowledgement_type acknowledgement_end_time active_checks_enabled "
        + "config:active_checks_enabled passive_checks_enabled config:passive_checks_enabled event_handler_enabled "
        + "config:event_handler_enabled flap_detection_enabled config:flap_detection_enabled failure_prediction_enabled "
        + "process_performance_data config:process_performance_data obsess config:obsess obsess_over_host obsess_over_service "
        + "is_flapping percent_state_change check_flapping_recovery_notification last_update state_history");

    /// <summary>Of the program.</summary>
    public static readonly FrozenSet<string> OfProgram = Words(
        "modified_host_attributes modified_service_attributes enable_notifications active_service_checks_enabled "
        + "passive_service_checks_enabled active_host_checks_enabled passive_host_checks_enabled enable_event_handlers "
        + "obsess_over_services obsess_over_hosts check_service_freshness check_host_freshness enable_flap_detection "
        + "enable_failure_prediction process_performance_data global_host_event_handler global_service_event_handler "
        + "global_host_notification_handler global_service_notification_handler next_comment_id next_downtime_id next_event_id "
        + "next_problem_id next_notification_id");

    /// <summary>Of contacts.</summary>
    public static readonly FrozenSet<string> OfContacts = Words(
        "contact_name modified_attributes modified_host_attributes modified_service_attributes host_notification_period "
        + "service_notification_period last_host_notification last_service_notification host_notifications_enabled "
        + "config:host_notifications_enabled service_notifications_enabled config:service_notifications_enabled");

    /// <summary>Of comments.</summary>
    public static readonly FrozenSet<string> OfComments = Words(
        "host_name service_description entry_type comment_id source persistent entry_time expires expire_time author comment_data");

    /// <summary>Of downtimes.</summary>
    public static readonly FrozenSet<string> OfDowntimes = Words(
        "host_name service_description comment_id downtime_id entry_time start_time flex_downtime_start end_time triggered_by fixed "
        + "duration is_in_effect start_notification_sent author comment");

    private static FrozenSet<string> Words(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
