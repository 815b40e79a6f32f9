using Compeer.Engine.Model;
using Compeer.Engine.Snapshot;

namespace Compeer.Engine.StatusData;

/// <summary>The keys about the program that status.dat and retention.dat have in common.</summary>
internal static class ProgramBlock
{
    /// <summary>Writes what operators changed.</summary>
    public static void WriteAttributes(DataLines lines, EngineSnapshot snapshot, uint forgottenOfHosts, uint forgottenOfServices)
    {
        var changed = snapshot.Program.Changed.Keys.ToArray();
        lines.Number(
            "modified_host_attributes"u8,
            changed.Aggregate(0u, (bits, setting) => bits | ModifiedAttributes.OfHosts(setting)) & ~forgottenOfHosts);
        lines.Number(
            "modified_service_attributes"u8,
            changed.Aggregate(0u, (bits, setting) => bits | ModifiedAttributes.OfServices(setting)) & ~forgottenOfServices);
    }

    /// <summary>Writes the switches, the global commands and the ids that come next.</summary>
    public static void WriteSwitches(DataLines lines, EngineSnapshot snapshot)
    {
        var program = snapshot.Program;
        lines.Flag("enable_notifications"u8, program.Notifications);
        lines.Flag("active_service_checks_enabled"u8, program.ServiceChecks);
        lines.Flag("passive_service_checks_enabled"u8, program.PassiveServiceChecks);
        lines.Flag("active_host_checks_enabled"u8, program.HostChecks);
        lines.Flag("passive_host_checks_enabled"u8, program.PassiveHostChecks);
        lines.Flag("enable_event_handlers"u8, program.EventHandlers);
        lines.Flag("obsess_over_services"u8, program.ServiceObsession);
        lines.Flag("obsess_over_hosts"u8, program.HostObsession);
        lines.Flag("check_service_freshness"u8, program.ServiceFreshness);
        lines.Flag("check_host_freshness"u8, program.HostFreshness);
        lines.Flag("enable_flap_detection"u8, program.FlapDetection);
        lines.Flag("process_performance_data"u8, program.PerformanceData);
        lines.Text("global_host_event_handler"u8, program.GlobalHandler(isHost: true));
        lines.Text("global_service_event_handler"u8, program.GlobalHandler(isHost: false));
        lines.Text("global_host_notification_handler"u8, snapshot.Configuration.Main.Command("global_host_notification_handler"));
        lines.Text("global_service_notification_handler"u8, snapshot.Configuration.Main.Command("global_service_notification_handler"));
        lines.Number("next_comment_id"u8, Next(snapshot.Comments.Keys));
        lines.Number("next_downtime_id"u8, Next(snapshot.Downtimes.Keys));
        lines.Number("next_event_id"u8, NextEvent(snapshot));
    }

    private static long Next(IEnumerable<EntryId> ids) => (long)ids.Select(id => id.Number).DefaultIfEmpty().Max() + 1;

    private static long NextEvent(EngineSnapshot snapshot)
    {
        var highest = 0L;
        for (var index = 0; index < snapshot.Count; index++)
        {
            highest = Math.Max(highest, snapshot[new CheckableId(index)].History.EventId);
        }

        return highest + 1;
    }
}
