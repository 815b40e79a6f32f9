using Compeer.Configuration.Objects.Definitions;
using Compeer.Engine.Comments;
using Compeer.Engine.Downtimes;
using Compeer.Engine.Model;
using Compeer.Livestatus.Columns;
using Compeer.Livestatus.Scope;

namespace Compeer.Livestatus.Tables;

/// <summary>The columns of comments and downtimes, and those of hosts and services about them.</summary>
internal static class EntryColumns
{
    /// <summary>Those of a comment.</summary>
    public static ColumnSet<Comment> OfComments { get; } = WithEntry(new ColumnSet<Comment>())
        .Int("type", "1 of a host, 2 of a service", (comment, _) => comment.Object.Service is null ? 1 : 2)
        .Flag("persistent", "Whether it stays when the program starts anew", (comment, _) => comment.IsPersistent)
        .Flag("source", "Whether somebody wrote it, not the program", (comment, _) => comment.IsExternal)
        .Int("entry_type", "1 written, 2 of a downtime, 3 of flapping, 4 of an acknowledgement", (comment, _) => (int)comment.Kind)
        .Flag("expires", "Whether it has an end", (comment, _) => comment.ExpiresTicks != 0)
        .Time("expire_time", "When its acknowledgement ends", (comment, _) => comment.ExpiresTicks);

    /// <summary>Those of a downtime.</summary>
    public static ColumnSet<Downtime> OfDowntimes { get; } = WithEntry(new ColumnSet<Downtime>())
        .Int("type", "1 of a service, 2 of a host", (downtime, _) => downtime.Object.Service is null ? 2 : 1)
        .Time("start_time", "When it begins", (downtime, _) => downtime.StartTicks)
        .Time("end_time", "When it ends", (downtime, _) => downtime.EndTicks)
        .Flag("fixed", "Whether it lasts from start to end, whatever the state", (downtime, _) => downtime.IsFixed)
        .Int("duration", "Seconds that a flexible one lasts", (downtime, _) => Seconds(downtime.DurationTicks))
        .Int("triggered_by", "The downtime with which it begins; 0 for none", (downtime, _) => (long)(downtime.Trigger?.Number ?? 0));

    /// <summary>Adds what hosts and services have of them.</summary>
    public static ColumnSet<T> WithEntries<T>(this ColumnSet<T> columns)
        where T : CheckableDefinition => columns
        .Int("acknowledged", "Whether its problem is acknowledged (0/1)", NothingIsAcknowledged, (item, scope) =>
            KindOf(item, scope) == 0 ? 0 : 1)
        .Int(
            "acknowledgement_type", "0 for none, 1 for a normal, 2 for a sticky acknowledgement", NothingIsAcknowledged, KindOf)
        .Int("scheduled_downtime_depth", "How many downtimes it is in", NothingIsInDowntime, (item, scope) =>
            scope.Entries.DowntimesOf(item).Count(downtime => downtime.Phase == DowntimePhase.InEffect))
        .Int("pending_flex_downtime", "Whether a flexible downtime may begin (0/1)", NothingIsInDowntime, (item, scope) =>
            scope.Entries.DowntimesOf(item).Any(downtime => downtime is { IsFixed: false, Phase: DowntimePhase.Pending }) ? 1 : 0)
        .List("downtimes", "The ids of its downtimes", (item, scope) => scope.Entries.DowntimesOf(item).Select(IdOf))
        .List("downtimes_with_info", "Its downtimes: id, author, text, entry, start, end, fixed, duration, trigger", (item, scope) =>
            scope.Entries.DowntimesOf(item).Select(downtime => Described(downtime, scope)))
        .List("comments", "The ids of its comments", (item, scope) => scope.Entries.CommentsOf(item).Select(IdOf))
        .List("comments_with_info", "Its comments: id, author, text, entry, kind, whether and when it ends", (item, scope) =>
            scope.Entries.CommentsOf(item).Select(comment => Described(comment, scope)));

    /// <summary>The row of an entry; null when its object is not configured.</summary>
    public static Row? RowOf(ObjectEntry entry, QueryScope scope)
    {
        if (entry.Object.Service is not { } description)
        {
            return scope.Snapshot.Objects.FindHost(entry.Object.Host) is { } host ? new Row(host, null, entry) : null;
        }

        return scope.Index.FindService(entry.Object.Host, description) is { } service ? new Row(service.Host, service, entry) : null;
    }

    private static ColumnSet<T> WithEntry<T>(ColumnSet<T> columns)
        where T : ObjectEntry => columns
        .Int("id", "Its id", (entry, _) => (long)entry.Id.Number)
        .Text("author", "Who made it", (entry, _) => entry.Author)
        .Text("comment", "The text", (entry, _) => entry.Text)
        .Time("entry_time", "When it was made", (entry, _) => entry.EntryTicks)
        .Flag("is_service", "Whether it is of a service", (entry, _) => entry.Object.Service is not null);

    private static bool NothingIsAcknowledged(QueryScope scope) => scope.Snapshot.Acknowledgements.IsEmpty;

    private static bool NothingIsInDowntime(QueryScope scope) => scope.Snapshot.Downtimes.IsEmpty;

    private static long KindOf(CheckableDefinition item, QueryScope scope) => (long)scope.Snapshot.AcknowledgementOf(
        scope.IdOf(item), scope.Entries.AcknowledgementsOf(item)).Kind;

    private static ListItem IdOf(ObjectEntry entry) => new($"{entry.Id.Number}", (long)entry.Id.Number);

    private static ListItem Described(Downtime downtime, QueryScope scope) => new(
        $"{downtime.Id.Number}",
        new object[]
        {
            (long)downtime.Id.Number, downtime.Author, downtime.Text, scope.Shown(downtime.EntryTicks), scope.Shown(downtime.StartTicks),
            scope.Shown(downtime.EndTicks), downtime.IsFixed ? 1L : 0L, Seconds(downtime.DurationTicks),
            (long)(downtime.Trigger?.Number ?? 0),
        });

    private static ListItem Described(Comment comment, QueryScope scope) => new(
        $"{comment.Id.Number}",
        new object[]
        {
            (long)comment.Id.Number, comment.Author, comment.Text, scope.Shown(comment.EntryTicks), (long)comment.Kind,
            comment.ExpiresTicks == 0 ? 0L : 1L, scope.Shown(comment.ExpiresTicks),
        });

    private static long Seconds(long ticks) => ticks / TimeSpan.TicksPerSecond;
}
