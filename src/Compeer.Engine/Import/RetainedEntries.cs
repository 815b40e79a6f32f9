using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Compeer.Engine.Acknowledgements;
using Compeer.Engine.Comments;
using Compeer.Engine.Downtimes;
using Compeer.Engine.Events;
using Compeer.Engine.Model;
using Compeer.Engine.Site;

namespace Compeer.Engine.Import;

/// <summary>
/// Takes comments, downtimes and acknowledgements of a <c>retention.dat</c>. Each gets an id that is made of what it says, so that it is
/// known when the file is read again; its number is the file's, unless something else has that.
/// </summary>
internal sealed class RetainedEntries(EngineState engine, ImportReport report, bool isDryRun)
{
    private readonly Dictionary<long, EntryId> _comments = [];
    private readonly Dictionary<long, EntryId> _downtimes = [];
    private readonly Dictionary<CheckableId, Acknowledgement> _acknowledged = [];
    private readonly Dictionary<UInt128, EntryId> _known = [];
    private readonly List<(CheckableId Id, Downtime Downtime, long Trigger)> _triggered = [];

    /// <summary>Numbers of downtimes that may not be there yet.</summary>
    private readonly HashSet<ulong> _planned = [];

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
        var isKnown = IsKnown(writer, out var known);
        var comment = new Comment
        {
            Id = isKnown ? known : NewComment(writer, values.Number("comment_id")),
            Object = name,
            EntryTicks = values.Time("entry_time"),
            Author = values.Text("author"),
            Text = values.Text("comment_data"),
            Kind = kind,
            IsPersistent = isPersistent,
            ExpiresTicks = values.Flag("expires") ? values.Time("expire_time") : 0,
        };
        _comments[values.Number("comment_id")] = comment.Id;
        if (isKnown)
        {
            report.Keep("comments");
        }
        else if (engine.Site.Comments.All.Count >= EngineLimits.Comments)
        {
            report.Refuse($"line {values.Line}: there would be more than {EngineLimits.Comments} comments");
            return;
        }
        else
        {
            report.Take("comments");
            Do(() =>
            {
                engine.Emit(MonitoringEvent.Added(now, id, comment), transition);
                transition.Entries.Add(new EntryChange.OfComment(comment.Id, comment));
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
        var flexible = values.Time("flex_downtime_start");
        var isKnown = IsKnown(writer, out var known);
        var downtime = new Downtime
        {
            Id = isKnown ? known : NewDowntime(writer, values.Number("downtime_id")),
            Object = name,
            EntryTicks = values.Time("entry_time"),
            Author = values.Text("author"),
            Text = values.Text("comment"),
            StartTicks = start,
            EndTicks = end,
            IsFixed = values.Flag("fixed"),
            DurationTicks = Math.Min(values.Number("duration"), 1L << 32) * TimeSpan.TicksPerSecond,
            CommentId = _comments.GetValueOrDefault(values.Number("comment_id")),
            StartedTicks = !isInEffect ? 0 : flexible != 0 ? flexible : start,
            Phase = isInEffect ? DowntimePhase.InEffect : DowntimePhase.Pending,
        };
        _downtimes[values.Number("downtime_id")] = downtime.Id;
        if (isKnown)
        {
            report.Keep("downtimes");
        }
        else if (!isInEffect && end <= now.Wall.UtcTicks)
        {
            report.Refuse($"line {values.Line}: a downtime of {Shown(name)} is over since {values.Text("end_time")}");
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
            if (_downtimes.TryGetValue(trigger, out var by))
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
        if (engine.Site.Downtimes.All.Count >= EngineLimits.Downtimes)
        {
            report.Refuse($"there would be more than {EngineLimits.Downtimes} downtimes");
            return;
        }

        report.Take("downtimes");
        Do(() =>
        {
            engine.Emit(MonitoringEvent.Of(EventKind.DowntimeScheduled, now, id, downtime), transition);
            transition.Entries.Add(new EntryChange.OfDowntime(downtime.Id, downtime));
            if (downtime.StartedTicks != 0)
            {
                transition.Entries.Add(new EntryChange.OfDowntimeStart(downtime.Id, downtime.StartedTicks));
            }
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

    /// <summary>Whether an earlier reading of the file brought it.</summary>
    private bool IsKnown(UInt128 writer, out EntryId known)
    {
        if (_known.Count == 0)
        {
            foreach (var id in engine.Site.Comments.All.Keys.Concat(engine.Site.Downtimes.All.Keys))
            {
                _known[id.Writer] = id;
            }
        }

        return _known.TryGetValue(writer, out known);
    }

    /// <summary>An id with the file's number, or with the next that is free.</summary>
    private EntryId NewComment(UInt128 writer, long number)
    {
        var isFree = number > 0 && engine.Site.Comments.Find((ulong)number) is null;
        return _known[writer] = new EntryId(isFree ? (ulong)number : engine.Numbers.NextComment(engine.Site).Number, writer);
    }

    private EntryId NewDowntime(UInt128 writer, long number)
    {
        var isFree = number > 0 && engine.Site.Downtimes.Find((ulong)number) is null;
        ulong given;
        do
        {
            given = isFree ? (ulong)number : engine.Numbers.NextDowntime(engine.Site).Number;
            isFree = false;
        }
        while (!_planned.Add(given));
        return _known[writer] = new EntryId(given, writer);
    }

    private static UInt128 WriterOf(string kind, ObjectName name, params ReadOnlySpan<string> parts)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.Unicode.GetBytes($"import\n{kind}\n{name.Host}\n{name.Service}\n{string.Join('\n', parts)}"), hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }

    private static string Shown(ObjectName name) => name.Service is null ? name.Host
        : string.Create(CultureInfo.InvariantCulture, $"{name.Host};{name.Service}");
}
