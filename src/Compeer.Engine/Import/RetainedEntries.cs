using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Compeer.Engine.Acknowledgements;
using Compeer.Engine.Comments;
using Compeer.Engine.Downtimes;
using Compeer.Engine.Events;
using Compeer.Engine.Maintenance;
using Compeer.Engine.Model;
using Compeer.Engine.Site;

namespace Compeer.Engine.Import;

/// <summary>Takes comments, downtimes and acknowledgements of a <c>retention.dat</c>.</summary>
internal sealed class RetainedEntries(EngineState engine, DowntimeHandler downtimes, ImportReport report, bool isDryRun)
{
    private readonly RetainedIds _comments = new(
        writer => engine.Site.Comments.Imported(writer),
        number => engine.Site.Comments.With(number).Count > 0,
        () => engine.Numbers.NextComment(engine.Site).Number,
        () => engine.Site.Comments.All.Count,
        EngineLimits.Comments);

    private readonly RetainedIds _downtimes = new(
        writer => engine.Site.Downtimes.Imported(writer),
        number => engine.Site.Downtimes.With(number).Count > 0,
        () => engine.Numbers.NextDowntime(engine.Site).Number,
        () => engine.Site.Downtimes.All.Count,
        EngineLimits.Downtimes);

    private readonly Dictionary<CheckableId, Acknowledgement> _acknowledged = [];
    private readonly List<(CheckableId Id, Downtime Downtime, long Trigger)> _triggered = [];

    /// <summary>A problem was acknowledged; who did so stands with the comment, which comes later in the file.</summary>
    public void Acknowledged(CheckableId id, in RetainedValues values, bool holds)
    {
        var kind = (AcknowledgementKind)values.Number("acknowledgement_type");
        if (!values.Flag("problem_has_been_acknowledged") || kind is not (AcknowledgementKind.Normal or AcknowledgementKind.Sticky))
        {
            return;
        }

        if (!holds)
        {
            report.Keep("acknowledgements");
            return;
        }

        _acknowledged[id] = Acknowledgement.None with
        {
            Object = ObjectName.Of(engine.Site.Table[id]),
            Kind = kind,
            EndTicks = values.Time("acknowledgement_end_time"),
        };
    }

    /// <summary>A comment. As in Naemon those that nobody made to last are gone with the program that had them.</summary>
    public void Comment(EngineTime now, CheckableId id, in RetainedValues values, Transition transition)
    {
        var kind = (CommentKind)values.Number("entry_type");
        var isPersistent = values.Flag("persistent");
        var isAcknowledgement = kind == CommentKind.Acknowledgement && _acknowledged.ContainsKey(id);
        if (!isPersistent && kind != CommentKind.Downtime && !isAcknowledgement)
        {
            return;
        }

        if (!Enum.IsDefined(kind) || !IsAllowed(values, "comment_data"))
        {
            report.Refuse($"line {values.Line}: a comment of type {values.Text("entry_type")} by '{values.Text("author")}' is not taken");
            return;
        }

        var name = ObjectName.Of(engine.Site.Table[id]);
        var writer = WriterOf("comment", name, values.Text("entry_time"), values.Text("author"), values.Text("comment_data"), $"{kind}");
        var known = _comments.Known(writer);
        if (known is null && !_comments.HasRoom)
        {
            report.Refuse($"line {values.Line}: there would be more than {EngineLimits.Comments} comments");
            return;
        }

        var comment = new Comment
        {
            Id = known ?? _comments.Plan(writer, values.Number("comment_id")),
            Object = name,
            EntryTicks = values.Time("entry_time"),
            Author = values.Text("author"),
            Text = values.Text("comment_data"),
            Kind = kind,
            IsPersistent = isPersistent,
            ExpiresTicks = values.Flag("expires") ? values.Time("expire_time") : 0,
        };
        _comments.Note(values.Number("comment_id"), comment.Id);
        if (known is not null)
        {
            report.Keep("comments");
        }
        else
        {
            report.Take("comments");
            Do(() =>
            {
                engine.Emit(MonitoringEvent.Added(now, id, comment), transition);
                transition.Entries.Add(new EntryChange.OfComment(comment.Id, comment));
                _comments.Taken(comment.Id);
            });
        }

        if (isAcknowledgement && _acknowledged.Remove(id, out var given))
        {
            var told = given with { EntryTicks = comment.EntryTicks, Author = comment.Author, Text = comment.Text, CommentId = comment.Id };
            Give(now, id, told with { IsPersistent = isPersistent }, transition);
        }
    }

    /// <summary>A downtime. One that another triggers waits until all are read.</summary>
    public void Downtime(EngineTime now, CheckableId id, in RetainedValues values, Transition transition)
    {
        var (start, end) = (values.Time("start_time"), values.Time("end_time"));
        if (start == 0 || end <= start || !IsAllowed(values, "comment"))
        {
            report.Refuse($"line {values.Line}: a downtime from {values.Text("start_time")} to {values.Text("end_time")} by "
                + $"'{values.Text("author")}' is not taken");
            return;
        }

        var name = ObjectName.Of(engine.Site.Table[id]);
        var writer = WriterOf("downtime", name, values.Text("entry_time"), values.Text("author"), values.Text("comment"), $"{start} {end}");
        var isInEffect = values.Flag("is_in_effect");
        var started = !isInEffect ? 0 : values.Time("flex_downtime_start") is var flexible && flexible != 0 ? flexible : start;
        var duration = Math.Min(values.Number("duration"), 1L << 32) * TimeSpan.TicksPerSecond;
        var known = _downtimes.Known(writer);
        if (known is null && (isInEffect && !values.Flag("fixed") ? started + duration : end) <= now.Wall.UtcTicks)
        {
            report.Refuse($"line {values.Line}: a downtime of {Shown(name)} is over since {values.Text("end_time")}");
            return;
        }

        if (known is null && !_downtimes.HasRoom)
        {
            report.Refuse($"line {values.Line}: there would be more than {EngineLimits.Downtimes} downtimes");
            return;
        }

        var downtime = new Downtime
        {
            Id = known ?? _downtimes.Plan(writer, values.Number("downtime_id")),
            Object = name,
            EntryTicks = values.Time("entry_time"),
            Author = values.Text("author"),
            Text = values.Text("comment"),
            StartTicks = start,
            EndTicks = end,
            IsFixed = values.Flag("fixed"),
            DurationTicks = duration,
            CommentId = _comments.Of(values.Number("comment_id")) ?? default,
            StartedTicks = started,
            Phase = isInEffect ? DowntimePhase.InEffect : DowntimePhase.Pending,
        };
        _downtimes.Note(values.Number("downtime_id"), downtime.Id);
        if (known is not null)
        {
            report.Keep("downtimes");
        }
        else if (values.Number("triggered_by") is > 0 and var trigger)
        {
            _triggered.Add((id, downtime, trigger));
        }
        else
        {
            Schedule(now, id, downtime, transition);
        }
    }

    /// <summary>The file is read: what waited for others is taken.</summary>
    public void End(EngineTime now, Transition transition)
    {
        foreach (var (id, downtime, trigger) in _triggered)
        {
            if (_downtimes.Of(trigger) is { } by)
            {
                Schedule(now, id, downtime with { Trigger = by }, transition);
            }
            else
            {
                report.Refuse($"a downtime of {Shown(downtime.Object)} is triggered by downtime {trigger}, which is not in the file");
            }
        }

        foreach (var (id, given) in _acknowledged)
        {
            Give(now, id, given with { EntryTicks = now.Wall.UtcTicks }, transition);
        }

        _triggered.Clear();
        _acknowledged.Clear();
    }

    private void Schedule(EngineTime now, CheckableId id, Downtime downtime, Transition transition)
    {
        // It may have waited for others, and something else got its number meanwhile.
        downtime = downtime with { Id = _downtimes.Free(downtime.Id) };
        report.Take("downtimes");
        Do(() =>
        {
            engine.Emit(MonitoringEvent.Of(EventKind.DowntimeScheduled, now, id, downtime), transition);
            transition.Entries.Add(new EntryChange.OfDowntime(downtime.Id, downtime));
            if (downtime.StartedTicks != 0)
            {
                transition.Entries.Add(new EntryChange.OfDowntimeStart(downtime.Id, downtime.StartedTicks));
            }

            _downtimes.Taken(downtime.Id);
            downtimes.Added(now, id, downtime, transition);
        });
    }

    /// <summary>Nobody is told: whoever was to be, was told by the program that wrote the file.</summary>
    private void Give(EngineTime now, CheckableId id, Acknowledgement given, Transition transition)
    {
        var state = engine.Site.States[id.Index];
        report.Take("acknowledgements");
        Do(() =>
        {
            var acknowledgement = given with
            {
                Id = engine.Numbers.NextAcknowledgement(engine.Site),
                ProblemStartTicks = state.History.ProblemStartTicks,
                State = state.State,
            };
            engine.Emit(
                MonitoringEvent.Of(EventKind.AcknowledgementGiven, now, id, acknowledgement, isToldHere: false), transition);
            transition.Entries.Add(new EntryChange.OfAcknowledgement(acknowledgement.Id, acknowledgement));
        });
    }

    private void Do(Action change)
    {
        if (!isDryRun)
        {
            change();
        }
    }

    private static bool IsAllowed(in RetainedValues values, string text) => values.Text("author").Length <= EngineLimits.EntryAuthor
        && values.Text(text).Length <= EngineLimits.EntryText && values.Time("entry_time") != 0;

    private static EntryWriter WriterOf(string kind, ObjectName name, params ReadOnlySpan<string> parts)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.Unicode.GetBytes($"import\n{kind}\n{name.Host}\n{name.Service}\n{string.Join('\n', parts)}"), hash);
        return EntryWriter.ImportOf(BinaryPrimitives.ReadUInt64BigEndian(hash));
    }

    private static string Shown(ObjectName name) => name.Service is null ? name.Host
        : string.Create(CultureInfo.InvariantCulture, $"{name.Host};{name.Service}");
}
