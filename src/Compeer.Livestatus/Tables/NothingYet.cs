using Compeer.Configuration.Objects.Definitions;
using Compeer.Livestatus.Columns;

namespace Compeer.Livestatus.Tables;

/// <summary>Columns about what this version does not have: nobody is notified, so that "none" is what is true of every host and
/// service. They leave this file with the part that makes it false.</summary>
internal static class NothingYet
{
    /// <summary>Adds them.</summary>
    public static ColumnSet<T> WithNothingYet<T>(this ColumnSet<T> columns)
        where T : CheckableDefinition => columns
        .Int("notified_on", "Of which states notifications were sent, one bit each", (_, _) => 0)
        .Int("current_notification_number", "How many notifications were sent of its problem", (_, _) => 0)
        .Time("last_notification", "When the last notification was sent", (_, _) => 0)
        .Time("next_notification", "When the next notification may be sent", (_, _) => 0)
        .Flag("no_more_notifications", "Whether no further notification of its problem is sent", (_, _) => false);
}
