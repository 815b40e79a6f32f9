using System.Collections.Immutable;
using Compeer.Configuration.Objects.Definitions;
using Compeer.Configuration.Text;
using Compeer.Engine.Model;
using Google.Protobuf;

namespace Compeer.Engine.Events;

/// <summary>An event as bytes and back; the schema is <c>monitoring_event.proto</c> beside this file. Objects stand in it by their
/// names, so that events outlive the configuration whose numbers they had.</summary>
/// <param name="configuration">What gives the numbers their meaning.</param>
public sealed class MonitoringEventCodec(EngineConfiguration configuration)
{
    private readonly ObjectConfiguration _objects = configuration.Objects;

    /// <summary>The bytes of an event.</summary>
    public byte[] Encode(in MonitoringEvent happened)
    {
        var message = new MonitoringEventMessage
        {
            Kind = (uint)happened.Kind,
            Monotonic = happened.At.Monotonic.Ticks,
            Wall = happened.At.Wall.UtcTicks,
            Run = happened.Run.Number,
            WaitsForPeriod = happened.WaitsForPeriod,
            ClockAhead = happened.ClockAhead.Ticks,
            Code = happened.Code,
            IsMarked = happened.IsMarked,
            Threshold = happened.Threshold,
        };
        if (happened.Due is { } due)
        {
            message.Due = due.Ticks;
        }

        if (happened.Turn is { } turn)
        {
            message.Turn = turn.Ticks;
        }

        if (happened.State is { } state)
        {
            message.State = UnsafeByteOperations.UnsafeWrap(CheckStateCodec.Encode(state));
        }

        if (happened.Value is { } value)
        {
            message.Value = SettingValueCodec.ToMessage(value);
        }

        if (happened.Detail is { } detail)
        {
            message.Detail = UnsafeByteOperations.UnsafeWrap(detail switch
            {
                NotificationState told => NotificationStateCodec.Encode(told),
                ContactName contact => ConfigurationText.Encode(contact.Name),
                _ => EntryCodec.Encode(detail),
            });
        }

        if (!happened.Objects.IsDefault)
        {
            message.Objects.AddRange(happened.Objects.Select(NameOf));
        }
        else if (IsAboutOne(happened.Kind) && happened.Id.Index >= 0)
        {
            message.Objects.Add(NameOf(happened.Id));
        }

        return message.ToByteArray();
    }

    /// <summary>The event of these bytes; null when they are none, or of a kind or about an object that is not known here.</summary>
    public MonitoringEvent? Decode(ReadOnlySpan<byte> bytes)
    {
        MonitoringEventMessage message;
        try
        {
            message = MonitoringEventMessage.Parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }

        var kind = (EventKind)message.Kind;
        var ids = message.Objects.Select(Find).ToImmutableArray();
        var state = message.HasState ? CheckStateCodec.Decode(message.State.Span).State : null;
        var value = message.Value is null ? null : SettingValueCodec.Of(message.Value);
        var detail = message.HasDetail ? Detail(kind, message.Detail.Span) : null;
        var isOne = IsAboutOne(kind);
        var isBroken = !Enum.IsDefined(kind)
            || message.Wall < 0
            || message.Wall > MaxWall
            || ids.Any(id => id is null)
            || (message.HasState && state is null)
            || (message.Value is not null && value is null)
            || (HasDetail(kind) && detail is null)
            || (isOne && ids.Length != 1 && kind != EventKind.ResultIgnored);
        return isBroken ? null : new MonitoringEvent
        {
            Kind = kind,
            At = new EngineTime(new TimeSpan(message.Monotonic), new DateTimeOffset(message.Wall, TimeSpan.Zero)),
            Id = !isOne ? default : ids.Length == 0 ? new CheckableId(-1) : ids[0]!.Value,
            Objects = isOne ? default : [.. ids.Select(id => id!.Value)],
            Run = new RunId(message.Run),
            Due = message.HasDue ? new TimeSpan(message.Due) : null,
            WaitsForPeriod = message.WaitsForPeriod,
            Turn = message.HasTurn ? new TimeSpan(message.Turn) : null,
            ClockAhead = new TimeSpan(message.ClockAhead),
            Code = message.Code,
            IsMarked = message.IsMarked,
            State = state,
            Value = value,
            Detail = detail,
            Threshold = message.Threshold,
        };
    }

    private static readonly long MaxWall = DateTimeOffset.MaxValue.UtcTicks;

    private static bool IsAboutOne(EventKind kind) => kind is not (EventKind.ObjectsGained or EventKind.ObjectsLost
        or EventKind.RunsDiscarded or EventKind.ClockJumped or EventKind.ConfigurationTaken or EventKind.ProgramSettingChanged
        or EventKind.CommandGiven or EventKind.Said or EventKind.FreshnessLooked
        or EventKind.PerformanceProcessed or EventKind.ContactSettingChanged or EventKind.SendingGained or EventKind.SendingLost);

    private static bool HasDetail(EventKind kind) => kind is (>= EventKind.CommentAdded and <= EventKind.DowntimeRevoked)
        or EventKind.NotificationChanged or EventKind.NotificationReceived or EventKind.ContactSettingChanged;

    private static EventDetail? Detail(EventKind kind, ReadOnlySpan<byte> bytes) => kind switch
    {
        EventKind.CommentAdded or EventKind.CommentRemoved => EntryCodec.Comment(bytes),
        EventKind.AcknowledgementGiven or EventKind.AcknowledgementRemoved => EntryCodec.Acknowledgement(bytes),
        EventKind.NotificationChanged or EventKind.NotificationReceived => NotificationStateCodec.Decode(bytes),
        EventKind.ContactSettingChanged => new ContactName(ConfigurationText.Decode(bytes)),
        _ => HasDetail(kind) ? EntryCodec.Downtime(bytes) : null,
    };

    private ObjectNameMessage NameOf(CheckableId id)
    {
        if (id.Index < _objects.Hosts.Length)
        {
            return new ObjectNameMessage { Host = Bytes(_objects.Hosts[id.Index].Name) };
        }

        var service = _objects.Services[id.Index - _objects.Hosts.Length];
        return new ObjectNameMessage { Host = Bytes(service.Host.Name), Service = Bytes(service.Description) };
    }

    private CheckableId? Find(ObjectNameMessage name) => EngineConfiguration.Find(
        _objects,
        ConfigurationText.Decode(name.Host.Span),
        name.HasService ? ConfigurationText.Decode(name.Service.Span) : null);

    private static ByteString Bytes(string text) => UnsafeByteOperations.UnsafeWrap(ConfigurationText.Encode(text));
}
