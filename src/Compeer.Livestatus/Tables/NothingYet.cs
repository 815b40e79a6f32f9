using Compeer.Configuration.Objects.Definitions;
using Compeer.Livestatus.Columns;

namespace Compeer.Livestatus.Tables;

/// <summary>Columns about what this version does not have: nobody can be notified, nothing acknowledged, no downtime and no comment
/// be entered, so that "none" is what is true of every host and service. Each leaves this file with the part that makes it false.</summary>
internal static class NothingYet
{
    /// <summary>Adds them.</summary>
    public static ColumnSet<T> WithNothingYet<T>(this ColumnSet<T> columns)
        where T : CheckableDefinition => columns
        .Flag("acknowledged", "Whether its problem is acknowledged", (_, _) => false)
        .Int("acknowledgement_type", "0 for none, 1 for a normal, 2 for a sticky acknowledgement", (_, _) => 0)
        .Int("scheduled_downtime_depth", "How many downtimes it is in", (_, _) => 0)
        .Names("downtimes", "The ids of its downtimes", (_, _) => [])
        .Names("downtimes_with_info", "Its downtimes", (_, _) => [])
        .Names("comments", "The ids of its comments", (_, _) => [])
        .Names("comments_with_info", "Its comments", (_, _) => [])
        .Int("notified_on", "Of which states notifications were sent, one bit each", (_, _) => 0)
        .Int("current_notification_number", "How many notifications were sent of its problem", (_, _) => 0)
        .Time("last_notification", "When the last notification was sent", (_, _) => 0)
        .Time("next_notification", "When the next notification may be sent", (_, _) => 0)
        .Flag("no_more_notifications", "Whether no further notification of its problem is sent", (_, _) => false);
}
