using Compeer.Engine.Comments;
using Compeer.Engine.Downtimes;
using Compeer.Engine.Model;
using Compeer.Engine.Snapshot;

namespace Compeer.Engine.StatusData;

/// <summary>The blocks of comments and downtimes, which status.dat and retention.dat have alike but for the order of two keys.</summary>
internal static class EntryBlocks
{
    /// <summary>Writes the comments and then the downtimes, each in the order of their ids.</summary>
    public static void Write(DataLines lines, EngineSnapshot snapshot, bool isStatus)
    {
        foreach (var comment in snapshot.Comments.Values.OrderBy(comment => comment.Id))
        {
            Write(lines, comment);
        }

        foreach (var downtime in snapshot.Downtimes.Values.OrderBy(downtime => downtime.Id))
        {
            Write(lines, downtime, isStatus);
        }
    }

    private static void Write(DataLines lines, Comment comment)
    {
        lines.Begin(comment.Object.Service is null ? "hostcomment"u8 : "servicecomment"u8);
        WriteObject(lines, comment);
        lines.Number("entry_type"u8, (int)comment.Kind);
        lines.Number("comment_id"u8, (long)comment.Id.Number);
        lines.Flag("source"u8, comment.IsExternal);
        lines.Flag("persistent"u8, comment.IsPersistent);
        lines.Time("entry_time"u8, comment.EntryTicks);
        lines.Flag("expires"u8, comment.ExpiresTicks != 0);
        lines.Time("expire_time"u8, comment.ExpiresTicks);
        lines.Text("author"u8, comment.Author);
        lines.Text("comment_data"u8, comment.Text);
        lines.End();
    }

    private static void Write(DataLines lines, Downtime downtime, bool isStatus)
    {
        var isInEffect = downtime.Phase == DowntimePhase.InEffect;
        lines.Begin(downtime.Object.Service is null ? "hostdowntime"u8 : "servicedowntime"u8);
        WriteObject(lines, downtime);
        if (!isStatus)
        {
            lines.Number("comment_id"u8, (long)downtime.CommentId.Number);
        }

        lines.Number("downtime_id"u8, (long)downtime.Id.Number);
        if (isStatus)
        {
            lines.Number("comment_id"u8, (long)downtime.CommentId.Number);
        }

        lines.Time("entry_time"u8, downtime.EntryTicks);
        lines.Time("start_time"u8, downtime.StartTicks);
        lines.Time("flex_downtime_start"u8, downtime.IsFixed || !isInEffect ? 0 : downtime.StartedTicks);
        lines.Time("end_time"u8, downtime.EndTicks);
        lines.Number("triggered_by"u8, (long)(downtime.Trigger?.Number ?? 0));
        lines.Flag("fixed"u8, downtime.IsFixed);
        lines.Number("duration"u8, downtime.DurationTicks / TimeSpan.TicksPerSecond);
        lines.Flag("is_in_effect"u8, isInEffect);
        lines.Flag("start_notification_sent"u8, downtime.StartedTicks != 0);
        lines.Text("author"u8, downtime.Author);
        lines.Text("comment"u8, downtime.Text);
        lines.End();
    }

    private static void WriteObject(DataLines lines, ObjectEntry entry)
    {
        lines.Text("host_name"u8, entry.Object.Host);
        if (entry.Object.Service is { } description)
        {
            lines.Text("service_description"u8, description);
        }
    }
}
