using Compeer.Configuration.Objects.Definitions;
using Compeer.Livestatus.Columns;

namespace Compeer.Livestatus.Tables;

/// <summary>The columns of hosts and services about what contacts were told.</summary>
internal static class NotificationColumns
{
    /// <summary>Adds them.</summary>
    public static ColumnSet<T> WithNotifications<T>(this ColumnSet<T> columns)
        where T : CheckableDefinition => columns
        .Int("notified_on", "Of which states notifications were sent, one bit each", (item, scope) =>
            FailureOptions.Of(scope.ToldOf(item).NotifiedOn))
        .Int("current_notification_number", "How many notifications were sent of its problem", (item, scope) => scope.ToldOf(item).Number)
        .Time("last_notification", "When the last notification was sent", (item, scope) => scope.ToldOf(item).LastTicks)
        .Time("next_notification", "When the next notification may be sent", (item, scope) => scope.ToldOf(item).NextTicks)
        .Flag("no_more_notifications", "Whether no further notification of its problem is sent", (item, scope) =>
            scope.ToldOf(item).NoMore);
}
