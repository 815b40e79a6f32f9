namespace Compeer.Configuration.Main;

/// <summary>
/// The variables of the main configuration: those of Naemon 1.4, and those of Nagios 4 that Naemon accepts without effect.
/// To give one an effect: a property in <see cref="MainConfiguration"/>, its reading in
/// <see cref="MainConfigurationFactory"/>, and <c>HasEffect</c> here.
/// </summary>
internal static class MainVariables
{
    private static readonly MainVariable[] All =
    [
        new("resource_file", MainVariableKind.Path) { IsRepeatable = true, HasEffect = true },
        new("config_rel_path", MainVariableKind.Path) { HasEffect = true },
        new("check_workers", MainVariableKind.Integer),
        new("query_socket", MainVariableKind.Path) { HasEffect = true },
        new("log_file", MainVariableKind.Path) { HasEffect = true },
        new("debug_level", MainVariableKind.Integer),
        new("debug_verbosity", MainVariableKind.Integer),
        new("debug_file", MainVariableKind.Path),
        new("max_debug_file_size", MainVariableKind.Unsigned),
        new("command_file", MainVariableKind.Path) { HasEffect = true },
        new("temp_file", MainVariableKind.Text),
        new("temp_path", MainVariableKind.Path),
        new("check_result_path", MainVariableKind.Path) { HasEffect = true },
        new("max_check_result_file_age", MainVariableKind.Unsigned) { HasEffect = true },
        new("lock_file", MainVariableKind.Path) { HasEffect = true },
        new("global_host_event_handler", MainVariableKind.Text) { HasEffect = true },
        new("global_service_event_handler", MainVariableKind.Text) { HasEffect = true },
        new("global_host_notification_handler", MainVariableKind.Text) { HasEffect = true },
        new("global_service_notification_handler", MainVariableKind.Text) { HasEffect = true },
        new("ocsp_command", MainVariableKind.Text) { HasEffect = true },
        new("ochp_command", MainVariableKind.Text) { HasEffect = true },
        new("nagios_user", MainVariableKind.Obsolete),
        new("naemon_user", MainVariableKind.Obsolete),
        new("nagios_group", MainVariableKind.Obsolete),
        new("naemon_group", MainVariableKind.Obsolete),
        new("admin_email", MainVariableKind.Text) { HasEffect = true },
        new("admin_pager", MainVariableKind.Text) { HasEffect = true },
        new("use_syslog", MainVariableKind.Boolean) { HasEffect = true },
        new("log_notifications", MainVariableKind.Boolean) { HasEffect = true },
        new("enable_notification_suppression_reason_logging", MainVariableKind.Boolean) { HasEffect = true },
        new("log_service_retries", MainVariableKind.Boolean) { HasEffect = true },
        new("log_host_retries", MainVariableKind.Boolean) { HasEffect = true },
        new("log_event_handlers", MainVariableKind.Boolean) { HasEffect = true },
        new("log_external_commands", MainVariableKind.Boolean) { HasEffect = true },
        new("log_passive_checks", MainVariableKind.Boolean) { HasEffect = true },
        new("log_initial_states", MainVariableKind.Boolean) { HasEffect = true },
        new("log_current_states", MainVariableKind.Boolean) { HasEffect = true },
        new("log_global_notifications", MainVariableKind.Boolean) { HasEffect = true },
        new("retain_state_information", MainVariableKind.Boolean) { HasEffect = true },
        new("retention_update_interval", MainVariableKind.NonNegativeInteger) { HasEffect = true },
        new("use_retained_program_state", MainVariableKind.Boolean) { HasEffect = true },
        new("use_retained_scheduling_info", MainVariableKind.Boolean) { HasEffect = true },
        new("retained_scheduling_randomize_window", MainVariableKind.NonNegativeInteger),
        new("retention_scheduling_horizon", MainVariableKind.PositiveInteger),
        new("additional_freshness_latency", MainVariableKind.Integer) { HasEffect = true },
        new("retained_host_attribute_mask", MainVariableKind.Unsigned) { HasEffect = true },
        new("retained_service_attribute_mask", MainVariableKind.Unsigned) { HasEffect = true },
        new("retained_process_host_attribute_mask", MainVariableKind.Unsigned) { HasEffect = true },
        new("retained_process_service_attribute_mask", MainVariableKind.Unsigned) { HasEffect = true },
        new("retained_contact_host_attribute_mask", MainVariableKind.Unsigned) { HasEffect = true },
        new("retained_contact_service_attribute_mask", MainVariableKind.Unsigned) { HasEffect = true },
        new("obsess_over_services", MainVariableKind.Boolean) { HasEffect = true },
        new("obsess_over_hosts", MainVariableKind.Boolean) { HasEffect = true },
        new("translate_passive_host_checks", MainVariableKind.Boolean) { HasEffect = true },
        new("passive_host_checks_are_soft", MainVariableKind.Boolean) { HasEffect = true, TakesWords = true },
        new("service_check_timeout", MainVariableKind.PositiveInteger) { HasEffect = true },
        new("service_check_timeout_state", MainVariableKind.Choice)
        {
            HasEffect = true,
            Choices = ["c", "u", "w", "o", "critical", "unknown", "warning", "ok"],
        },
        new("host_check_timeout", MainVariableKind.PositiveInteger) { HasEffect = true },
        new("event_handler_timeout", MainVariableKind.PositiveInteger) { HasEffect = true },
        new("notification_timeout", MainVariableKind.PositiveInteger) { HasEffect = true },
        new("ocsp_timeout", MainVariableKind.PositiveInteger) { HasEffect = true },
        new("ochp_timeout", MainVariableKind.PositiveInteger) { HasEffect = true },
        new("use_aggressive_host_checking", MainVariableKind.Boolean)
        {
            Alias = "use_agressive_host_checking",
            HasEffect = true,
        },
        new("cached_host_check_horizon", MainVariableKind.Unsigned) { HasEffect = true },
        new("enable_predictive_host_dependency_checks", MainVariableKind.Boolean) { HasEffect = true, TakesWords = true },
        new("cached_service_check_horizon", MainVariableKind.Unsigned) { HasEffect = true },
        new("enable_predictive_service_dependency_checks", MainVariableKind.Boolean) { HasEffect = true, TakesWords = true },
        new("soft_state_dependencies", MainVariableKind.Boolean) { HasEffect = true },
        new("log_rotation_method", MainVariableKind.Obsolete),
        new("log_archive_path", MainVariableKind.Path) { HasEffect = true },
        new("enable_event_handlers", MainVariableKind.Boolean) { HasEffect = true, TakesWords = true },
        new("enable_notifications", MainVariableKind.Boolean) { HasEffect = true, TakesWords = true },
        new("execute_service_checks", MainVariableKind.Boolean) { HasEffect = true, TakesWords = true },
        new("accept_passive_service_checks", MainVariableKind.Boolean) { HasEffect = true, TakesWords = true },
        new("execute_host_checks", MainVariableKind.Boolean) { HasEffect = true, TakesWords = true },
        new("accept_passive_host_checks", MainVariableKind.Boolean) { HasEffect = true, TakesWords = true },
        new("service_inter_check_delay_method", MainVariableKind.Obsolete),
        new("max_service_check_spread", MainVariableKind.Obsolete),
        new("host_inter_check_delay_method", MainVariableKind.Obsolete),
        new("max_host_check_spread", MainVariableKind.Obsolete),
        new("service_interleave_factor", MainVariableKind.Obsolete),
        new("max_concurrent_checks", MainVariableKind.NonNegativeInteger) { HasEffect = true },
        new("check_result_reaper_frequency", MainVariableKind.PositiveInteger) { HasEffect = true, Alias = "service_reaper_frequency" },
        new("max_check_result_reaper_time", MainVariableKind.PositiveInteger) { HasEffect = true },
        new("sleep_time", MainVariableKind.Obsolete),
        new("interval_length", MainVariableKind.PositiveInteger) { HasEffect = true },
        new("check_external_commands", MainVariableKind.Boolean) { HasEffect = true },
        new("command_check_interval", MainVariableKind.Obsolete),
        new("check_for_orphaned_services", MainVariableKind.Boolean) { HasEffect = true },
        new("check_for_orphaned_hosts", MainVariableKind.Boolean) { HasEffect = true },
        new("check_service_freshness", MainVariableKind.Boolean) { HasEffect = true },
        new("check_host_freshness", MainVariableKind.Boolean) { HasEffect = true },
        new("service_freshness_check_interval", MainVariableKind.PositiveInteger) { HasEffect = true, Alias = "freshness_check_interval" },
        new("host_freshness_check_interval", MainVariableKind.PositiveInteger) { HasEffect = true },
        new("auto_reschedule_checks", MainVariableKind.Obsolete),
        new("auto_rescheduling_interval", MainVariableKind.Obsolete),
        new("auto_rescheduling_window", MainVariableKind.Obsolete),
        new("status_update_interval", MainVariableKind.Integer) { HasEffect = true },
        new("time_change_threshold", MainVariableKind.Integer) { Least = 6 },
        new("process_performance_data", MainVariableKind.Boolean) { HasEffect = true, TakesWords = true },
        new("enable_flap_detection", MainVariableKind.Boolean) { HasEffect = true, TakesWords = true },
        new("enable_failure_prediction", MainVariableKind.Obsolete),
        new("low_service_flap_threshold", MainVariableKind.Percentage) { HasEffect = true, IsBelowMost = true },
        new("high_service_flap_threshold", MainVariableKind.Percentage) { HasEffect = true },
        new("low_host_flap_threshold", MainVariableKind.Percentage) { HasEffect = true, IsBelowMost = true },
        new("high_host_flap_threshold", MainVariableKind.Percentage) { HasEffect = true },
        new("date_format", MainVariableKind.Choice)
        {
            HasEffect = true,
            Choices = ["us", "euro", "iso8601", "strict-iso8601"],
            ReadAs = _ => "us",
        },
        new("use_timezone", MainVariableKind.Text) { HasEffect = true },
        new("event_broker_options", MainVariableKind.Unsigned) { Least = -1 },
        new("illegal_object_name_chars", MainVariableKind.Text) { HasEffect = true },
        new("illegal_macro_output_chars", MainVariableKind.Text) { HasEffect = true },
        new("broker_module", MainVariableKind.Text) { IsRepeatable = true, HasEffect = true },
        new("use_regexp_matching", MainVariableKind.Boolean) { HasEffect = true, TakesWords = true },
        new("use_true_regexp_matching", MainVariableKind.Boolean) { HasEffect = true, TakesWords = true },
        new("daemon_dumps_core", MainVariableKind.Obsolete),
        new("use_large_installation_tweaks", MainVariableKind.Obsolete),
        new("enable_environment_macros", MainVariableKind.Boolean) { HasEffect = true },
        new("free_child_process_memory", MainVariableKind.Obsolete),
        new("child_processes_fork_twice", MainVariableKind.Obsolete),
        new("enable_embedded_perl", MainVariableKind.Obsolete),
        new("use_embedded_perl_implicitly", MainVariableKind.Obsolete),
        new("auth_file", MainVariableKind.Obsolete),
        new("p1_file", MainVariableKind.Obsolete),
        new("external_command_buffer_slots", MainVariableKind.Obsolete),
        new("check_for_updates", MainVariableKind.Obsolete),
        new("bare_update_check", MainVariableKind.Obsolete),
        new("status_file", MainVariableKind.Path) { HasEffect = true },
        new("state_retention_file", MainVariableKind.Path) { HasEffect = true },
        new("perfdata_timeout", MainVariableKind.Integer) { HasEffect = true },
        new("host_perfdata_command", MainVariableKind.Text) { HasEffect = true },
        new("service_perfdata_command", MainVariableKind.Text) { HasEffect = true },
        new("host_perfdata_file_template", MainVariableKind.Text) { HasEffect = true },
        new("service_perfdata_file_template", MainVariableKind.Text) { HasEffect = true },
        new("host_perfdata_file", MainVariableKind.Path) { HasEffect = true },
        new("service_perfdata_file", MainVariableKind.Path) { HasEffect = true },
        new("host_perfdata_file_mode", MainVariableKind.Choice) { HasEffect = true, Choices = ["a", "w", "p"], ReadAs = PerfdataMode },
        new("service_perfdata_file_mode", MainVariableKind.Choice) { HasEffect = true, Choices = ["a", "w", "p"], ReadAs = PerfdataMode },
        new("host_perfdata_file_processing_interval", MainVariableKind.Unsigned) { HasEffect = true },
        new("service_perfdata_file_processing_interval", MainVariableKind.Unsigned) { HasEffect = true },
        new("host_perfdata_file_processing_command", MainVariableKind.Text) { HasEffect = true },
        new("service_perfdata_file_processing_command", MainVariableKind.Text) { HasEffect = true },
        new("host_perfdata_process_empty_results", MainVariableKind.Boolean) { HasEffect = true, TakesWords = true },
        new("service_perfdata_process_empty_results", MainVariableKind.Boolean) { HasEffect = true, TakesWords = true },
        new("cfg_file", MainVariableKind.Path) { IsRepeatable = true, HasEffect = true },
        new("cfg_dir", MainVariableKind.Path) { IsRepeatable = true, HasEffect = true },
        new("include_file", MainVariableKind.Path) { IsRepeatable = true, HasEffect = true },
        new("include_dir", MainVariableKind.Path) { IsRepeatable = true, HasEffect = true },
        new("object_cache_file", MainVariableKind.Path) { HasEffect = true },
        new("precached_object_file", MainVariableKind.Path) { HasEffect = true },
        new("allow_empty_hostgroup_assignment", MainVariableKind.Integer) { HasEffect = true },
        new("allow_circular_dependencies", MainVariableKind.Integer) { HasEffect = true },
        new("host_down_disable_service_checks", MainVariableKind.Unsigned) { HasEffect = true },
        new("service_parents_disable_service_checks", MainVariableKind.Unsigned) { HasEffect = true },
        new("service_skip_check_dependency_status", MainVariableKind.Integer) { HasEffect = true, Least = -2, Most = 3 },
        new("service_skip_check_host_down_status", MainVariableKind.Integer) { HasEffect = true, Least = -2, Most = 3 },
        new("host_skip_check_dependency_status", MainVariableKind.Integer) { HasEffect = true, Least = -2, Most = 3 },
    ];

    private static readonly Dictionary<string, MainVariable> ByName = Index();

    /// <summary>All names, for suggestions.</summary>
    public static IReadOnlyCollection<string> Names => ByName.Keys;

    public static MainVariable? Find(string name) => ByName.GetValueOrDefault(name);

    private static string PerfdataMode(string text) =>
        text.Contains('p', StringComparison.Ordinal) ? "p" : text.Contains('w', StringComparison.Ordinal) ? "w" : "a";

    private static Dictionary<string, MainVariable> Index()
    {
        var result = new Dictionary<string, MainVariable>(StringComparer.Ordinal);
        foreach (var variable in All)
        {
            result.Add(variable.Name, variable);
            if (variable.Alias is not null)
            {
                result.Add(variable.Alias, variable);
            }
        }

        return result;
    }
}
