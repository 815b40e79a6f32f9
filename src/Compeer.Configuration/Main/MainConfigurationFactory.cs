using System.Collections.Immutable;

namespace Compeer.Configuration.Main;

/// <summary>Puts the values that were read into a <see cref="MainConfiguration"/>; the defaults stand here.</summary>
internal static class MainConfigurationFactory
{
    private static readonly (string Variable, bool IsRequired)[] Commands =
    [
        ("global_host_event_handler", true),
        ("global_service_event_handler", true),
        ("global_host_notification_handler", true),
        ("global_service_notification_handler", true),
        ("ocsp_command", true),
        ("ochp_command", true),
        ("host_perfdata_command", false),
        ("service_perfdata_command", false),
        ("host_perfdata_file_processing_command", false),
        ("service_perfdata_file_processing_command", false),
    ];

    /// <summary>Naemon's <c>DEFAULT_HOST_PERFDATA_FILE_TEMPLATE</c>.</summary>
    public const string DefaultHostTemplate =
        "[HOSTPERFDATA]\\t$TIMET$\\t$HOSTNAME$\\t$HOSTEXECUTIONTIME$\\t$HOSTOUTPUT$\\t$HOSTPERFDATA$";

    /// <summary>Naemon's <c>DEFAULT_SERVICE_PERFDATA_FILE_TEMPLATE</c>.</summary>
    public const string DefaultServiceTemplate = "[SERVICEPERFDATA]\\t$TIMET$\\t$HOSTNAME$\\t$SERVICEDESC$\\t$SERVICEEXECUTIONTIME$"
        + "\\t$SERVICELATENCY$\\t$SERVICEOUTPUT$\\t$SERVICEPERFDATA$";

    public static MainConfiguration Create(
        string path,
        MainSettings settings,
        ImmutableArray<string> includeFiles,
        ImmutableArray<string> includeDirectories) =>
        WithProcessing(Plain(path, settings, includeFiles, includeDirectories), settings) with
        {
            LogArchivePath = settings.Text("log_archive_path"),
            QuerySocket = settings.Text("query_socket"),
        };

    private static MainConfiguration Plain(
        string path,
        MainSettings settings,
        ImmutableArray<string> includeFiles,
        ImmutableArray<string> includeDirectories) => new()
        {
            Path = path,
            ObjectFiles = [.. Enumerable.Reverse(settings.List("cfg_file"))],
            ObjectDirectories = [.. Enumerable.Reverse(settings.List("cfg_dir"))],
            ResourceFiles = [.. settings.List("resource_file")],
            IncludeFiles = includeFiles,
            IncludeDirectories = includeDirectories,
            IntervalLength = settings.Seconds("interval_length", 60),
            ServiceCheckTimeout = settings.Seconds("service_check_timeout", 60),
            HostCheckTimeout = settings.Seconds("host_check_timeout", 30),
            ServiceCheckTimeoutState = TimeoutState(settings.Text("service_check_timeout_state")),
            UseAggressiveHostChecking = settings.Boolean("use_aggressive_host_checking", fallback: false),
            MaxConcurrentChecks = settings.Integer("max_concurrent_checks", 0),
            ExecuteServiceChecks = settings.Boolean("execute_service_checks", fallback: true),
            ExecuteHostChecks = settings.Boolean("execute_host_checks", fallback: true),
            LogFile = settings.Text("log_file"),
            LockFile = settings.Text("lock_file"),
            ObjectCacheFile = settings.Text("object_cache_file"),
            PrecachedObjectFile = settings.Text("precached_object_file"),
            UsesSyslog = settings.Boolean("use_syslog", fallback: true),
            LogServiceRetries = settings.Boolean("log_service_retries", fallback: false),
            LogHostRetries = settings.Boolean("log_host_retries", fallback: false),
            LogInitialStates = settings.Boolean("log_initial_states", fallback: false),
            LogCurrentStates = settings.Boolean("log_current_states", fallback: true),
            CachedHostCheckHorizon = settings.UnsignedSeconds("cached_host_check_horizon", 15),
            CachedServiceCheckHorizon = settings.UnsignedSeconds("cached_service_check_horizon", 15),
            PredictiveHostDependencyChecks = settings.Boolean("enable_predictive_host_dependency_checks", fallback: true),
            PredictiveServiceDependencyChecks = settings.Boolean("enable_predictive_service_dependency_checks", fallback: true),
            FlapDetection = settings.Boolean("enable_flap_detection", fallback: false),
            LowServiceFlapThreshold = settings.Number("low_service_flap_threshold", 20),
            HighServiceFlapThreshold = settings.Number("high_service_flap_threshold", 30),
            LowHostFlapThreshold = settings.Number("low_host_flap_threshold", 20),
            HighHostFlapThreshold = settings.Number("high_host_flap_threshold", 30),
            AcceptPassiveServiceChecks = settings.Boolean("accept_passive_service_checks", fallback: true),
            AcceptPassiveHostChecks = settings.Boolean("accept_passive_host_checks", fallback: true),
            TranslatePassiveHostChecks = settings.Boolean("translate_passive_host_checks", fallback: false),
            PassiveHostChecksAreSoft = settings.Boolean("passive_host_checks_are_soft", fallback: false),
            CheckExternalCommands = settings.Boolean("check_external_commands", fallback: true),
            LogExternalCommands = settings.Boolean("log_external_commands", fallback: true),
            LogPassiveChecks = settings.Boolean("log_passive_checks", fallback: true),
            IllegalMacroOutputCharacters = settings.Text("illegal_macro_output_chars") ?? "",
            IllegalObjectNameCharacters = settings.Text("illegal_object_name_chars") ?? "",
            TimeZone = settings.Text("use_timezone"),
            AdminEmail = settings.Text("admin_email"),
            AdminPager = settings.Text("admin_pager"),
            UseRegexpMatching = settings.Boolean("use_regexp_matching", fallback: false),
            UseTrueRegexpMatching = settings.Boolean("use_true_regexp_matching", fallback: false),
            AllowEmptyHostGroupAssignment = EmptyGroups(settings),
            AllowCircularDependencies = settings.Integer("allow_circular_dependencies", 0) != 0,
            DateFormat = DateFormatOf(settings.Text("date_format")),
            StatusFile = settings.Text("status_file"),
            Retention = RetentionOf(settings),
            StateRetentionFile = settings.Text("state_retention_file"),
            CommandFile = settings.Text("command_file"),
            TempFile = settings.Text("temp_file"),
            TempPath = settings.Text("temp_path"),
            HostPerformanceDataFile = settings.Text("host_perfdata_file"),
            ServicePerformanceDataFile = settings.Text("service_perfdata_file"),
            Commands = [.. Commands.Select(command => CommandOf(settings, command.Variable, command.IsRequired)).OfType<MainCommand>()],
            TimeZonePosition = settings.PositionOf("use_timezone"),
            Values = settings.Values,
            Positions = settings.Positions,
            PathPositions = settings.PathPositions,
            WithoutEffect = settings.WithoutEffect,
        };

    /// <summary>What is done with results and with their absence.</summary>
    private static MainConfiguration WithProcessing(MainConfiguration main, MainSettings settings) => main with
    {
        StatusUpdateInterval = settings.Seconds("status_update_interval", 60),
        Notifications = NotificationsOf(settings),
        HasEnvironmentMacros = settings.Boolean("enable_environment_macros", fallback: false),
        FindsOrphanedHosts = settings.Boolean("check_for_orphaned_hosts", fallback: true),
        FindsOrphanedServices = settings.Boolean("check_for_orphaned_services", fallback: true),
        Freshness = FreshnessOf(settings),
        SkippedChecks = SkippedChecksOf(settings),
        Handlers = HandlersOf(settings),
        CheckResults = CheckResultsOf(settings),
        BrokerModules = [.. settings.List("broker_module")],
        ProcessesPerformanceData = settings.Boolean("process_performance_data", fallback: false),
        PerformanceDataTimeout = settings.Seconds("perfdata_timeout", 5),
        HostPerformance = HostPerformanceOf(settings),
        ServicePerformance = ServicePerformanceOf(settings),
    };

    private static RetentionVariables RetentionOf(MainSettings settings) => new()
    {
        KeepsState = settings.Boolean("retain_state_information", fallback: true),
        UpdateInterval = settings.Integer("retention_update_interval", 60) * settings.Seconds("interval_length", 60),
        KeepsProgramState = settings.Boolean("use_retained_program_state", fallback: true),
        KeepsSchedule = settings.Boolean("use_retained_scheduling_info", fallback: true),
        ForgottenOfHosts = settings.Mask("retained_host_attribute_mask"),
        ForgottenOfServices = settings.Mask("retained_service_attribute_mask"),
        ForgottenOfProgramForHosts = settings.Mask("retained_process_host_attribute_mask"),
        ForgottenOfProgramForServices = settings.Mask("retained_process_service_attribute_mask"),
        ForgottenOfContactsForHosts = settings.Mask("retained_contact_host_attribute_mask"),
        ForgottenOfContactsForServices = settings.Mask("retained_contact_service_attribute_mask"),
    };

    private static NotificationVariables NotificationsOf(MainSettings settings) => new()
    {
        IsEnabled = settings.Boolean("enable_notifications", fallback: true),
        Timeout = settings.Seconds("notification_timeout", 30),
        AreLogged = settings.Boolean("log_notifications", fallback: true),
        GlobalAreLogged = settings.Boolean("log_global_notifications", fallback: true),
        SuppressionIsLogged = settings.Boolean("enable_notification_suppression_reason_logging", fallback: true),
    };

    private static FreshnessVariables FreshnessOf(MainSettings settings) => new()
    {
        ChecksServices = settings.Boolean("check_service_freshness", fallback: true),
        ChecksHosts = settings.Boolean("check_host_freshness", fallback: false),
        ServiceInterval = settings.Seconds("service_freshness_check_interval", 60),
        HostInterval = settings.Seconds("host_freshness_check_interval", 60),
        AdditionalLatency = settings.Seconds("additional_freshness_latency", 15),
    };

    private static SkippedCheckVariables SkippedChecksOf(MainSettings settings) => new()
    {
        CountsSoftStates = settings.Boolean("soft_state_dependencies", fallback: false),
        WhenHostIsDown = settings.UnsignedSeconds("host_down_disable_service_checks", 0) > TimeSpan.Zero,
        WhenParentsFail = settings.UnsignedSeconds("service_parents_disable_service_checks", 0) > TimeSpan.Zero,
        ServiceDependencyStatus = settings.Integer("service_skip_check_dependency_status", SkippedCheckVariables.KeepState),
        HostDownStatus = settings.Integer("service_skip_check_host_down_status", SkippedCheckVariables.KeepState),
        HostDependencyStatus = settings.Integer("host_skip_check_dependency_status", SkippedCheckVariables.KeepState),
    };

    private static HandlerVariables HandlersOf(MainSettings settings) => new()
    {
        RunsEventHandlers = settings.Boolean("enable_event_handlers", fallback: true),
        LogsEventHandlers = settings.Boolean("log_event_handlers", fallback: true),
        EventHandlerTimeout = settings.Seconds("event_handler_timeout", 30),
        ObsessesOverServices = settings.Boolean("obsess_over_services", fallback: false),
        ObsessesOverHosts = settings.Boolean("obsess_over_hosts", fallback: false),
        ServiceObsessionTimeout = settings.Seconds("ocsp_timeout", 15),
        HostObsessionTimeout = settings.Seconds("ochp_timeout", 15),
    };

    private static CheckResultVariables CheckResultsOf(MainSettings settings) => new()
    {
        SpoolFolder = settings.Text("check_result_path"),
        LongestFileAge = settings.UnsignedSeconds("max_check_result_file_age", 3600),
        SpoolInterval = settings.Seconds("check_result_reaper_frequency", 10),
        LongestLook = settings.Seconds("max_check_result_reaper_time", 30),
    };

    private static PerformanceFileVariables HostPerformanceOf(MainSettings settings) => new()
    {
        LineTemplate = settings.Text("host_perfdata_file_template") ?? DefaultHostTemplate,
        WriteMode = (settings.Text("host_perfdata_file_mode") ?? "a")[0],
        ProcessingInterval = settings.UnsignedSeconds("host_perfdata_file_processing_interval", 0),
        TakesEmptyResults = settings.Boolean("host_perfdata_process_empty_results", fallback: true),
    };

    private static PerformanceFileVariables ServicePerformanceOf(MainSettings settings) => new()
    {
        LineTemplate = settings.Text("service_perfdata_file_template") ?? DefaultServiceTemplate,
        WriteMode = (settings.Text("service_perfdata_file_mode") ?? "a")[0],
        ProcessingInterval = settings.UnsignedSeconds("service_perfdata_file_processing_interval", 0),
        TakesEmptyResults = settings.Boolean("service_perfdata_process_empty_results", fallback: true),
    };

    private static byte TimeoutState(string? value) => value?[0] switch
    {
        'o' => 0,
        'w' => 1,
        'u' => 3,
        _ => 2,
    };

    private static DateFormat DateFormatOf(string? value) => value switch
    {
        "euro" => DateFormat.Euro,
        "iso8601" => DateFormat.Iso8601,
        "strict-iso8601" => DateFormat.StrictIso8601,
        _ => DateFormat.Us,
    };

    private static MainCommand? CommandOf(MainSettings settings, string variable, bool isRequired) =>
        settings.Text(variable) is { } call && settings.PositionOf(variable) is { } position
            ? new MainCommand(variable, call, isRequired, position)
            : null;

    private static EmptyHostGroupAssignment EmptyGroups(MainSettings settings) =>
        settings.Text("allow_empty_hostgroup_assignment") is null
            ? EmptyHostGroupAssignment.Warn
            : settings.Integer("allow_empty_hostgroup_assignment", 2) switch
            {
                0 => EmptyHostGroupAssignment.Refuse,
                2 => EmptyHostGroupAssignment.Warn,
                _ => EmptyHostGroupAssignment.Allow,
            };
}
