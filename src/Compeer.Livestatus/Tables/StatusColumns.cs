using Compeer.Livestatus.Columns;
using Compeer.Livestatus.Scope;

namespace Compeer.Livestatus.Tables;

/// <summary>The columns of the one row about the program.</summary>
internal static class StatusColumns
{
    /// <summary>All of them.</summary>
    public static ColumnSet<QueryScope> All { get; } = new ColumnSet<QueryScope>()
        .Int("nagios_pid", "The process id of the daemon", (_, scope) => scope.Program.ProcessId)
        .Time("program_start", "When it started", (_, scope) => scope.Program.Started.UtcTicks)
        .Text("program_version", "Its version", (_, scope) => scope.Program.Version)
        .Text("livestatus_version", "The version of this interface", (_, scope) => scope.Program.Version)
        .Int("requests", "Requests at this interface since the start", (_, scope) => scope.Program.Counts.Requests)
        .Int("connections", "Connections to this interface since the start", (_, scope) => scope.Program.Counts.Connections)
        .Float("requests_rate", "Requests a second", (_, scope) => scope.Program.Rates.Requests)
        .Float("connections_rate", "Connections a second", (_, scope) => scope.Program.Rates.Connections)
        .Int("host_checks", "Results of host checks taken since the start", (_, scope) => scope.Snapshot.HostChecks.Completed)
        .Int("service_checks", "Results of service checks taken since the start", (_, scope) => scope.Snapshot.ServiceChecks.Completed)
        .Float("host_checks_rate", "Results of host checks a second", (_, scope) => scope.Program.Rates.HostChecks)
        .Float("service_checks_rate", "Results of service checks a second", (_, scope) => scope.Program.Rates.ServiceChecks)
        .Int("forks", "Processes started since the start, for checks and other commands", (_, scope) => scope.Program.Counts.Forks)
        .Float("forks_rate", "Processes started a second", (_, scope) => scope.Program.Rates.Forks)
        .Int("log_messages", "Lines written to the log since the start", (_, scope) => scope.Program.Counts.LogMessages)
        .Float("log_messages_rate", "Lines written to the log a second", (_, scope) => scope.Program.Rates.LogMessages)
        .Time("last_log_rotation", "When the log was begun anew last; 0 for not since the start", (_, scope) =>
            scope.Program.LastLogRotation?.UtcTicks ?? 0)
        .Int("num_hosts", "How many hosts", (_, scope) => scope.Snapshot.Objects.Hosts.Length)
        .Int("num_services", "How many services", (_, scope) => scope.Snapshot.Objects.Services.Length)
        .Int("interval_length", "Seconds of a unit of time", (_, scope) =>
            (long)scope.Snapshot.Configuration.Main.IntervalLength.TotalSeconds)
        .Flag("execute_host_checks", "Whether hosts are checked", (_, scope) => scope.Snapshot.Program.HostChecks)
        .Flag("execute_service_checks", "Whether services are checked", (_, scope) => scope.Snapshot.Program.ServiceChecks)
        .Flag("accept_passive_host_checks", "Whether results of hosts from outside are taken", (_, scope) =>
            scope.Snapshot.Program.PassiveHostChecks)
        .Flag("accept_passive_service_checks", "Whether results of services from outside are taken", (_, scope) =>
            scope.Snapshot.Program.PassiveServiceChecks)
        .Flag("enable_flap_detection", "Whether flapping is detected", (_, scope) => scope.Snapshot.Program.FlapDetection)
        .Flag("check_external_commands", "Whether the command pipe is read", (_, scope) =>
            scope.Snapshot.Configuration.Main.CheckExternalCommands)
        .Flag("enable_notifications", "Whether notifications are sent", (_, scope) => scope.Snapshot.Program.Notifications)
        .Flag("enable_event_handlers", "Whether event handlers are run", (_, scope) =>
            scope.Snapshot.Program.EventHandlers)
        .Flag("obsess_over_hosts", "Whether the obsessive command is run for hosts", (_, scope) =>
            scope.Snapshot.Program.HostObsession)
        .Flag("obsess_over_services", "Whether the obsessive command is run for services", (_, scope) =>
            scope.Snapshot.Program.ServiceObsession)
        .Flag("check_host_freshness", "Whether results of hosts that stay away are noticed", (_, scope) =>
            scope.Snapshot.Program.HostFreshness)
        .Flag("check_service_freshness", "Whether results of services that stay away are noticed", (_, scope) =>
            scope.Snapshot.Program.ServiceFreshness)
        .Flag("process_performance_data", "Whether performance data is processed", (_, scope) =>
            scope.Snapshot.Program.PerformanceData)
        .Int("neb_callbacks", "0: there are no event broker modules", (_, _) => 0)
        .Float("neb_callbacks_rate", "0: there are no event broker modules", (_, _) => 0)
        .Int("livechecks", "0: as at Naemon, which has none any more", (_, _) => 0)
        .Float("livechecks_rate", "0: as at Naemon, which has none any more", (_, _) => 0)
        .Int("livecheck_overflows", "0: as at Naemon, which has none any more", (_, _) => 0)
        .Float("livecheck_overflows_rate", "0: as at Naemon, which has none any more", (_, _) => 0)
        .Int("cached_log_messages", "Lines of the log that are kept in memory for queries", (_, scope) => scope.Log.KeptLines)
        .Int("last_command_check", "0: as at Naemon, which does not look for commands by schedule any more", (_, _) => 0);
}
