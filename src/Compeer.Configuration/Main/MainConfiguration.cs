using System.Collections.Immutable;
using Compeer.Configuration.Diagnostics;

namespace Compeer.Configuration.Main;

/// <summary>The main configuration (naemon.cfg, nagios.cfg) as values. Paths are as written, relative ones resolved
/// against the main file's folder (or <c>config_rel_path</c>).</summary>
public sealed record MainConfiguration
{
    /// <summary>The main file itself.</summary>
    public required string Path { get; init; }

    /// <summary>Each <c>cfg_file</c>, the last one named first: the order in which Naemon reads them, which decides between
    /// definitions of the same service.</summary>
    public required ImmutableArray<string> ObjectFiles { get; init; }

    /// <summary>Each <c>cfg_dir</c>, the last one named first; read after the files, recursively, files ending in
    /// <c>.cfg</c>.</summary>
    public required ImmutableArray<string> ObjectDirectories { get; init; }

    /// <summary>Each <c>resource_file</c>, in order.</summary>
    public required ImmutableArray<string> ResourceFiles { get; init; }

    /// <summary>Each <c>include_file</c> not yet read in.</summary>
    public required ImmutableArray<string> IncludeFiles { get; init; }

    /// <summary>Each <c>include_dir</c> not yet read in.</summary>
    public required ImmutableArray<string> IncludeDirectories { get; init; }

    /// <summary>Length of one interval unit (<c>interval_length</c>, seconds), default 60 s.</summary>
    public required TimeSpan IntervalLength { get; init; }

    /// <summary>Default run time limit of a service check (<c>service_check_timeout</c>), default 60 s.</summary>
    public required TimeSpan ServiceCheckTimeout { get; init; }

    /// <summary>Default run time limit of a host check (<c>host_check_timeout</c>), default 30 s.</summary>
    public required TimeSpan HostCheckTimeout { get; init; }

    /// <summary>State of a service whose check timed out (<c>service_check_timeout_state</c>): 0 to 3, default 2
    /// CRITICAL.</summary>
    public required byte ServiceCheckTimeoutState { get; init; }

    /// <summary>Whether a WARNING result makes a host DOWN (<c>use_aggressive_host_checking</c>), default false.</summary>
    public required bool UseAggressiveHostChecking { get; init; }

    /// <summary>Most checks at once (<c>max_concurrent_checks</c>); 0 means that the daemon decides.</summary>
    public required int MaxConcurrentChecks { get; init; }

    /// <summary>Whether services are checked (<c>execute_service_checks</c>), default true.</summary>
    public required bool ExecuteServiceChecks { get; init; }

    /// <summary>Whether hosts are checked (<c>execute_host_checks</c>), default true.</summary>
    public required bool ExecuteHostChecks { get; init; }

    /// <summary>The log (<c>log_file</c>); null when not set.</summary>
    public required string? LogFile { get; init; }

    /// <summary>Where rotated logs are (<c>log_archive_path</c>); null when not set.</summary>
    public string? LogArchivePath { get; init; }

    /// <summary>The socket of the query handler (<c>query_socket</c>); null when not set.</summary>
    public string? QuerySocket { get; init; }

    /// <summary>The lock file (<c>lock_file</c>); null when not set.</summary>
    public required string? LockFile { get; init; }

    /// <summary>Where the resolved objects are written at the start (<c>object_cache_file</c>); null when not set.</summary>
    public string? ObjectCacheFile { get; init; }

    /// <summary>Where the resolved objects are written on request (<c>precached_object_file</c>); null when not set.</summary>
    public string? PrecachedObjectFile { get; init; }

    /// <summary>Whether the log's lines go to the machine's log as well (<c>use_syslog</c>), default true.</summary>
    public bool UsesSyslog { get; init; } = true;

    /// <summary>Whether soft service states are logged (<c>log_service_retries</c>), default false.</summary>
    public required bool LogServiceRetries { get; init; }

    /// <summary>Whether soft host states are logged (<c>log_host_retries</c>), default false.</summary>
    public required bool LogHostRetries { get; init; }

    /// <summary>Whether the log begins with all states (<c>log_initial_states</c>), default false.</summary>
    public required bool LogInitialStates { get; init; }

    /// <summary>Whether a log after a rotation begins with a line about the state of every object
    /// (<c>log_current_states</c>).</summary>
    public required bool LogCurrentStates { get; init; }

    /// <summary>How old a host's last check may be for a check on demand to be left out (<c>cached_host_check_horizon</c>),
    /// default 15 s.</summary>
    public TimeSpan CachedHostCheckHorizon { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The same for services (<c>cached_service_check_horizon</c>), default 15 s.</summary>
    public TimeSpan CachedServiceCheckHorizon { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Whether the hosts that one depends on are checked before its problem becomes hard
    /// (<c>enable_predictive_host_dependency_checks</c>), default true.</summary>
    public bool PredictiveHostDependencyChecks { get; init; } = true;

    /// <summary>The same for services (<c>enable_predictive_service_dependency_checks</c>), default true.</summary>
    public bool PredictiveServiceDependencyChecks { get; init; } = true;

    /// <summary>Whether flapping is detected (<c>enable_flap_detection</c>), default false.</summary>
    public bool FlapDetection { get; init; }

    /// <summary>Per cent of changes below which flapping of services ends (<c>low_service_flap_threshold</c>), default 20.</summary>
    public double LowServiceFlapThreshold { get; init; } = 20;

    /// <summary>Per cent of changes from which services flap (<c>high_service_flap_threshold</c>), default 30.</summary>
    public double HighServiceFlapThreshold { get; init; } = 30;

    /// <summary>The same of hosts (<c>low_host_flap_threshold</c>), default 20.</summary>
    public double LowHostFlapThreshold { get; init; } = 20;

    /// <summary>The same of hosts (<c>high_host_flap_threshold</c>), default 30.</summary>
    public double HighHostFlapThreshold { get; init; } = 30;

    /// <summary>Whether results of services from outside are taken (<c>accept_passive_service_checks</c>), default true.</summary>
    public bool AcceptPassiveServiceChecks { get; init; } = true;

    /// <summary>The same of hosts (<c>accept_passive_host_checks</c>), default true.</summary>
    public bool AcceptPassiveHostChecks { get; init; } = true;

    /// <summary>Whether a host that a result from outside says is not UP is DOWN or UNREACHABLE by its parents
    /// (<c>translate_passive_host_checks</c>), default false.</summary>
    public bool TranslatePassiveHostChecks { get; init; }

    /// <summary>Whether results of hosts from outside make soft states (<c>passive_host_checks_are_soft</c>), default false.</summary>
    public bool PassiveHostChecksAreSoft { get; init; }

    /// <summary>Whether external commands are taken from <see cref="CommandFile"/> (<c>check_external_commands</c>), default
    /// true.</summary>
    public bool CheckExternalCommands { get; init; } = true;

    /// <summary>Whether the log says which external commands were given (<c>log_external_commands</c>), default true.</summary>
    public bool LogExternalCommands { get; init; } = true;

    /// <summary>Whether the log says which results came from outside (<c>log_passive_checks</c>), default true.</summary>
    public bool LogPassiveChecks { get; init; } = true;

    /// <summary>Notifications.</summary>
    public NotificationVariables Notifications { get; init; } = new();

    /// <summary>How results that stay away are noticed.</summary>
    public FreshnessVariables Freshness { get; init; } = new();

    /// <summary>When checks are left out because of something else.</summary>
    public SkippedCheckVariables SkippedChecks { get; init; } = new();

    /// <summary>Event handlers and obsessing commands.</summary>
    public HandlerVariables Handlers { get; init; } = new();

    /// <summary>Where files with results come from.</summary>
    public CheckResultVariables CheckResults { get; init; } = new();

    /// <summary>Whether performance data is processed (<c>process_performance_data</c>), default false.</summary>
    public bool ProcessesPerformanceData { get; init; }

    /// <summary>How long commands about performance data may run (<c>perfdata_timeout</c>), default 5 s.</summary>
    public TimeSpan PerformanceDataTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Performance data of hosts.</summary>
    public PerformanceFileVariables HostPerformance { get; init; } =
        new() { LineTemplate = MainConfigurationFactory.DefaultHostTemplate };

    /// <summary>Performance data of services.</summary>
    public PerformanceFileVariables ServicePerformance { get; init; } =
        new() { LineTemplate = MainConfigurationFactory.DefaultServiceTemplate };

    /// <summary>Characters removed from output macros in commands (<c>illegal_macro_output_chars</c>), default none.</summary>
    public required string IllegalMacroOutputCharacters { get; init; }

    /// <summary>Time zone of time periods and times shown (<c>use_timezone</c>); null means the machine's.</summary>
    public required string? TimeZone { get; init; }

    /// <summary>Address in <c>$ADMINEMAIL$</c>; null when not set.</summary>
    public required string? AdminEmail { get; init; }

    /// <summary>Value of <c>$ADMINPAGER$</c>; null when not set.</summary>
    public required string? AdminPager { get; init; }

    /// <summary>Whether lists of names may hold regular expressions (<c>use_regexp_matching</c>), default false.</summary>
    public bool UseRegexpMatching { get; init; }

    /// <summary>Whether every name in a list is a regular expression (<c>use_true_regexp_matching</c>), default false.</summary>
    public bool UseTrueRegexpMatching { get; init; }

    /// <summary>Characters that names of objects must not have (<c>illegal_object_name_chars</c>), default none.</summary>
    public string IllegalObjectNameCharacters { get; init; } = "";

    /// <summary>What is done about services on empty host groups (<c>allow_empty_hostgroup_assignment</c>), default a
    /// warning.</summary>
    public EmptyHostGroupAssignment AllowEmptyHostGroupAssignment { get; init; } = EmptyHostGroupAssignment.Warn;

    /// <summary>Whether hosts may be each other's parents, and dependencies and the exclusions of time periods form circles
    /// (<c>allow_circular_dependencies</c>), default false.</summary>
    public bool AllowCircularDependencies { get; init; }

    /// <summary>How dates are written in macros (<c>date_format</c>), default as in the United States.</summary>
    public DateFormat DateFormat { get; init; }

    /// <summary>Where other programs look for the state of everything (<c>status_file</c>); null when not set: none is
    /// written then.</summary>
    public string? StatusFile { get; init; }

    /// <summary>How often that is written (<c>status_update_interval</c>); zero for never.</summary>
    /// <value>Default 60 s.</value>
    public TimeSpan StatusUpdateInterval { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Whether checks, notifications and handlers have the macros in their environment (<c>enable_environment_macros</c>),
    /// default false.</summary>
    public bool HasEnvironmentMacros { get; init; }

    /// <summary>Whether a check of a host of which nothing is known any more is made again
    /// (<c>check_for_orphaned_hosts</c>), default true.</summary>
    public bool FindsOrphanedHosts { get; init; } = true;

    /// <summary>The same of services (<c>check_for_orphaned_services</c>).</summary>
    public bool FindsOrphanedServices { get; init; } = true;

    /// <summary>What outlives a restart.</summary>
    public RetentionVariables Retention { get; init; } = new();

    /// <summary>Where the state is written for Naemon and what reads its files (<c>state_retention_file</c>); null when not set: it is
    /// not written then. It is never read.</summary>
    public string? StateRetentionFile { get; init; }

    /// <summary>The pipe for external commands (<c>command_file</c>); null when not set: none is made then.</summary>
    public string? CommandFile { get; init; }

    /// <summary>A file for passing use (<c>temp_file</c>); null when not set. Shown by a macro, not written.</summary>
    public string? TempFile { get; init; }

    /// <summary>A folder for passing use (<c>temp_path</c>); null when not set. Shown by a macro, not used.</summary>
    public string? TempPath { get; init; }

    /// <summary>Where performance data of hosts goes (<c>host_perfdata_file</c>); null when not set.</summary>
    public string? HostPerformanceDataFile { get; init; }

    /// <summary>The same of services (<c>service_perfdata_file</c>).</summary>
    public string? ServicePerformanceDataFile { get; init; }

    /// <summary>Each <c>broker_module</c>, in order: the path of a module and what it is told.</summary>
    public ImmutableArray<string> BrokerModules { get; init; } = [];

    /// <summary>The commands that it names: of global handlers and of performance data.</summary>
    public ImmutableArray<MainCommand> Commands { get; init; } = [];

    /// <summary>The call of one of <see cref="Commands"/>, as it is written; null when the variable is not set.</summary>
    public string? Command(string variable) => Commands.FirstOrDefault(command => command.Variable == variable)?.Call;

    /// <summary>Where <c>use_timezone</c> is set; null when it is not.</summary>
    public SourcePosition? TimeZonePosition { get; init; }

    /// <summary>Where each file and folder is named first that is to be read, for findings about it.</summary>
    public ImmutableDictionary<string, SourcePosition> PathPositions { get; init; } = [];

    /// <summary>Variables that were set and are accepted but have no effect yet, in the order of the file.</summary>
    public required ImmutableArray<string> WithoutEffect { get; init; }

    /// <summary>Every variable that was set, by its name, with its value as text: paths absolute, of those that can be
    /// repeated the last. Only for telling what another reading of the file changed; what a value means stands above.</summary>
    internal ImmutableDictionary<string, string> Values { get; init; } = [];

    /// <summary>Whether a file sets this variable, be it to its default.</summary>
    public bool Sets(string variable) => Values.ContainsKey(variable);

    /// <summary>Where each of them was set last, for edits at that place.</summary>
    internal ImmutableDictionary<string, SourcePosition> Positions { get; init; } = [];

    /// <summary>The variables whose values are others than in an earlier reading, or that only one of the two sets, by name.</summary>
    public IReadOnlyList<string> ChangedSince(MainConfiguration earlier)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        return
        [
            .. earlier.Values.Keys.Union(Values.Keys)
                .Where(name => earlier.Values.GetValueOrDefault(name) != Values.GetValueOrDefault(name))
                .Order(StringComparer.Ordinal),
        ];
    }
}
