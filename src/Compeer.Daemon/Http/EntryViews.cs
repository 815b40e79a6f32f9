using Compeer.Api;
using Compeer.Configuration.Text;
using Compeer.Engine.Acknowledgements;
using Compeer.Engine.Comments;
using Compeer.Engine.Downtimes;
using Compeer.Engine.Model;
using Compeer.Engine.Snapshot;

namespace Compeer.Daemon.Http;

/// <summary>Comments, downtimes and acknowledgements of each object, as the HTTP interface shows them.</summary>
internal sealed class EntryViews(EngineSnapshot engine)
{
    private readonly ILookup<ObjectName, Comment> _comments = engine.Comments.Values.ToLookup(comment => comment.Object);
    private readonly ILookup<ObjectName, Downtime> _downtimes = engine.Downtimes.Values.ToLookup(downtime => downtime.Object);
    private readonly ILookup<ObjectName, Acknowledgement> _given = engine.Acknowledgements.Values.ToLookup(given => given.Object);

    /// <summary>The status of an object with what there is of it.</summary>
    public CheckableStatus Add(CheckableStatus status, CheckableId id, ObjectName name) => status with
    {
        DowntimeDepth = _downtimes[name].Count(downtime => downtime.Phase == DowntimePhase.InEffect),
        Acknowledgement = View(engine.AcknowledgementOf(id, _given[name])),
        Comments = [.. _comments[name].OrderBy(comment => comment.Id).Select(View)],
        Downtimes = [.. _downtimes[name].OrderBy(downtime => downtime.Id).Select(View)],
    };

    private static AcknowledgementStatus? View(Acknowledgement given) => given.Kind == AcknowledgementKind.None
        ? null
        : new AcknowledgementStatus(
            given.Kind == AcknowledgementKind.Sticky,
            ConfigurationText.Readable(given.Author),
            ConfigurationText.Readable(given.Text),
            Time(given.EntryTicks),
            given.EndTicks == 0 ? null : Time(given.EndTicks));

    private static CommentStatus View(Comment comment) => new(
        comment.Id.Number,
        comment.Kind.ToString().ToLowerInvariant(),
        ConfigurationText.Readable(comment.Author),
        ConfigurationText.Readable(comment.Text),
        Time(comment.EntryTicks),
        comment.IsPersistent);

    private static DowntimeStatus View(Downtime downtime) => new(
        downtime.Id.Number,
        ConfigurationText.Readable(downtime.Author),
        ConfigurationText.Readable(downtime.Text),
        Time(downtime.StartTicks),
        Time(downtime.EndTicks),
        downtime.IsFixed,
        new TimeSpan(downtime.DurationTicks).TotalSeconds,
        downtime.Trigger?.Number,
        downtime.Phase == DowntimePhase.InEffect);

    private static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);
}
