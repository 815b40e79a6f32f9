using Compeer.Engine.Acknowledgements;
using Compeer.Engine.Comments;
using Compeer.Engine.Downtimes;
using Compeer.Engine.Events;
using Compeer.Engine.Model;

namespace Compeer.Tests.Engine.Events;

/// <summary>Events as bytes: what is on a disk must mean the same to every later version.</summary>
public sealed class MonitoringEventCodecTests
{
    private static readonly EngineTime Now = new(TimeSpan.FromSeconds(7), TestClock.Epoch);

    private static readonly TimeSpan Due = TimeSpan.FromMinutes(1);
    private static readonly CheckState State =
        CheckState.Pending(2) with { HasBeenChecked = true, Text = "bad"u8.ToArray(), OutputLength = 3 };

    private static readonly Comment Comment = new()
    {
        Id = new EntryId(7, UInt128.MaxValue),
        Object = new ObjectName("web1", "HTTP"),
        EntryTicks = 1,
        Author = "anna",
        Text = "wird ausgetauscht; Dienstag",
        Kind = CommentKind.User,
        IsPersistent = true,
        ExpiresTicks = 2,
    };

    private static readonly Downtime Downtime = new()
    {
        Id = new EntryId(8, 1),
        Object = new ObjectName("web1", null),
        EntryTicks = 1,
        Author = "anna",
        Text = "",
        StartTicks = 3,
        EndTicks = 4,
        IsFixed = true,
        DurationTicks = 5,
        Trigger = new EntryId(6, 0),
        CommentId = new EntryId(9, 1),
        StartedTicks = 6,
        Phase = DowntimePhase.InEffect,
    };

    private static readonly Acknowledgement Given = new()
    {
        Id = new EntryId(10, 1),
        Object = new ObjectName("web1", "HTTP"),
        CommentId = new EntryId(11, 1),
        Kind = AcknowledgementKind.Sticky,
        ProblemStartTicks = 1,
        State = 2,
        EntryTicks = 3,
        EndTicks = 4,
        Notifies = true,
        IsPersistent = true,
        Author = "anna",
        Text = "seen",
    };

    private readonly TestSite _site = new TestSite().Host("web1").Service("web1", "HTTP");

    public static TheoryData<int> Kinds => [.. Enum.GetValues<EventKind>().Select(kind => (int)kind)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Decode_OfEncode_IsTheSame(int kind)
    {
        var codec = Codec();
        var happened = Example((EventKind)kind);
        var bytes = codec.Encode(happened);
        var read = codec.Decode(bytes);
        Assert.NotNull(read);
        Assert.Equal(bytes, codec.Encode(read.Value));
        Assert.Equal(happened.Kind, read.Value.Kind);
        Assert.Equal((happened.At, happened.Id, happened.Run), (read.Value.At, read.Value.Id, read.Value.Run));
        Assert.Equal((happened.Due, happened.WaitsForPeriod), (read.Value.Due, read.Value.WaitsForPeriod));
        Assert.Equal(happened.Threshold, read.Value.Threshold);
        Assert.Equal((happened.Code, happened.IsMarked, happened.Value), (read.Value.Code, read.Value.IsMarked, read.Value.Value));
        Assert.Equal(happened.Detail, read.Value.Detail);
        Assert.Equal(happened.State is null, read.Value.State is null);
    }

    [Fact]
    public void Encode_KnownEvent_NeverChanges()
    {
        var happened = MonitoringEvent.Started(Now, new CheckableId(1), new RunId(5), TimeSpan.FromSeconds(3));
        Assert.Equal(
            "08041080BBB021188093A9F1BBB59EEF08220C0A04776562311204485454502805308087A70E",
            Convert.ToHexString(Codec().Encode(happened)));
    }

    [Fact]
    public void Numbers_OfKinds_NeverChange()
    {
        string[] names =
        [
            "ObjectsGained", "ObjectsLost", "RunsDiscarded", "CheckStarted", "ResultTaken", "ResultIgnored", "CheckPlanned",
            "StateReceived", "StateFitted", "OwnerAsked", "ImproperExit", "ReturnCodeOutOfBounds", "HostMadeHard", "Alert", "ClockJumped",
            "ConfigurationTaken", "SettingChanged", "ProgramSettingChanged", "FlappingChanged", "FlappingDisabled", "CommandGiven",
            "Said", "PassiveResultTaken", "CommentAdded", "CommentRemoved", "DowntimeScheduled", "DowntimeStarted", "DowntimeEnded",
            "DowntimeCancelled", "DowntimeExpired", "DowntimeRemoved", "AcknowledgementGiven", "AcknowledgementRemoved",
            "DowntimeRevoked",
        ];
        Assert.Equal(
            ["FreshnessLooked", "ResultsStale", "EventHandled", "PerformanceProcessed", "CheckOrphaned"],
            Enumerable.Range(40, 5).Select(number => ((EventKind)number).ToString()));
        string[] notifications =
        [
            "NotificationChanged", "NotificationReceived", "ContactNotified", "NotificationSuppressed", "ContactLeftOut", "SendingGained",
            "SendingLost",
        ];
        Assert.Equal(notifications, Enumerable.Range(60, notifications.Length).Select(number => ((EventKind)number).ToString()));
        Assert.Equal("ContactSettingChanged", ((EventKind)80).ToString());
        Assert.Equal(names, Enumerable.Range(1, names.Length).Select(number => ((EventKind)number).ToString()));
    }

    [Fact]
    public void Decode_OfAnotherConfiguration_GoesByName()
    {
        var happened = MonitoringEvent.Fitted(Now, new CheckableId(1), State);
        var bytes = Codec().Encode(happened);
        var larger = new TestSite().Host("db1").Host("web1").Service("web1", "DNS").Service("web1", "HTTP");
        larger.Build();
        Assert.Equal(larger.Id("web1", "HTTP"), new MonitoringEventCodec(larger.Configuration).Decode(bytes)!.Value.Id);
        var without = new TestSite().Host("web1");
        without.Build();
        Assert.Null(new MonitoringEventCodec(without.Configuration).Decode(bytes));
    }

    [Theory]
    [InlineData("")]
    [InlineData("FF")]
    [InlineData("0863")]
    [InlineData("0804")]
    public void Decode_NoEvent_IsNull(string hex) => Assert.Null(Codec().Decode(Convert.FromHexString(hex)));

    private static MonitoringEvent Example(EventKind kind)
    {
        var id = new CheckableId(1);
        return kind switch
        {
            EventKind.ObjectsGained => MonitoringEvent.Gained(Now, [new CheckableId(0), id], TimeSpan.FromSeconds(-2)),
            EventKind.ObjectsLost => MonitoringEvent.Lost(Now, [id]),
            EventKind.SendingGained => MonitoringEvent.Sending(Now, [new CheckableId(0), id], isGained: true),
            EventKind.SendingLost => MonitoringEvent.Sending(Now, [id], isGained: false),
            EventKind.RunsDiscarded => MonitoringEvent.Discarded(Now),
            EventKind.FreshnessLooked => MonitoringEvent.FreshnessLooked(Now, isHost: true, TimeSpan.FromMinutes(1)),
            EventKind.ResultsStale => MonitoringEvent.FoundStale(Now, id, age: 3, threshold: 70),
            EventKind.PerformanceProcessed => MonitoringEvent.PerformanceProcessed(Now, isHost: true, TimeSpan.FromMinutes(1)),
            EventKind.EventHandled => MonitoringEvent.Handled(Now, id, State, "restart!http", isGlobal: true),
            EventKind.CheckStarted => MonitoringEvent.Started(Now, id, new RunId(3), TimeSpan.Zero),
            EventKind.ResultTaken => MonitoringEvent.Taken(Now, id, new RunId(3), State, Due, waitsForPeriod: true) with { Turn = -Due },
            EventKind.ResultIgnored =>
                MonitoringEvent.Ignored(Now, new CheckableId(-1), new RunId(3), CompletionStatus.Removed, isHost: true),
            EventKind.CheckPlanned => MonitoringEvent.Planned(Now, new CheckableId(0), null, waitsForPeriod: false),
            EventKind.CheckOrphaned => MonitoringEvent.Orphaned(Now, id, new RunId(3), State),
            EventKind.StateReceived => MonitoringEvent.Received(Now, id, State, TimeSpan.FromHours(1)),
            EventKind.StateFitted => MonitoringEvent.Fitted(Now, id, State),
            EventKind.OwnerAsked => MonitoringEvent.Asked(Now, id),
            EventKind.ImproperExit or EventKind.ReturnCodeOutOfBounds or EventKind.HostMadeHard =>
                MonitoringEvent.Remark(kind, Now, id, -1),
            EventKind.Alert => MonitoringEvent.Alerted(Now, id, State, 3, isSoft: true),
            EventKind.ClockJumped => MonitoringEvent.Jumped(Now),
            EventKind.ConfigurationTaken => new MonitoringEvent { Kind = kind, At = Now },
            EventKind.SettingChanged => MonitoringEvent.Changed(Now, id, OperatorSetting.CheckPeriod, SettingValue.Of("nachts")),
            EventKind.ProgramSettingChanged => MonitoringEvent.Changed(Now, ProgramSetting.HostChecks, SettingValue.Of(isOn: false)),
            EventKind.FlappingChanged => MonitoringEvent.Flapped(Now, id, State with { IsFlapping = true }, 30.5),
            EventKind.FlappingDisabled => MonitoringEvent.Unflapped(Now, id),
            EventKind.CommandGiven => MonitoringEvent.CommandGiven(Now, "LOG;text", isResult: true),
            EventKind.Said => MonitoringEvent.Said(Now, "text"),
            EventKind.PassiveResultTaken => MonitoringEvent.PassiveTaken(Now, id, State, 2, isActive: true),
            EventKind.NotificationChanged => MonitoringEvent.Noted(Now, id, new NotificationState { Number = 3 }),
            EventKind.NotificationReceived => MonitoringEvent.Received(Now, id, new NotificationState { Number = 3 }),
            EventKind.ContactNotified => MonitoringEvent.Notified(Now, id, "ada;web1;HTTP;CRITICAL;mail;bad", isGlobal: false),
            EventKind.NotificationSuppressed => MonitoringEvent.Suppressed(Now, id, NotificationReason.SoftState),
            EventKind.ContactLeftOut =>
                MonitoringEvent.LeftOut(Now, id, new LeftOutContact("ada", NotificationReason.OutsidePeriod)),
            EventKind.ContactSettingChanged => MonitoringEvent.Changed(
                Now, new ContactName("ada"), ContactSetting.ServiceNotificationPeriod, SettingValue.Of("nachts")),
            EventKind.CommentAdded => MonitoringEvent.Added(Now, id, Comment),
            EventKind.CommentRemoved => MonitoringEvent.Removed(Now, id, Comment),
            EventKind.DowntimeScheduled or EventKind.DowntimeRemoved or EventKind.DowntimeRevoked =>
                MonitoringEvent.Of(kind, Now, id, Downtime),
            EventKind.DowntimeStarted or EventKind.DowntimeEnded or EventKind.DowntimeExpired or EventKind.DowntimeCancelled =>
                MonitoringEvent.Of(kind, Now, id, Downtime, others: 1, isToldHere: true),
            EventKind.AcknowledgementGiven or EventKind.AcknowledgementRemoved =>
                MonitoringEvent.Of(kind, Now, id, Given, isToldHere: true),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "add an example"),
        };
    }

    private MonitoringEventCodec Codec()
    {
        _site.Build();
        return new MonitoringEventCodec(_site.Configuration);
    }
}
