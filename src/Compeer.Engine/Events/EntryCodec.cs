using System.Buffers.Binary;
using Compeer.Configuration.Text;
using Compeer.Engine.Acknowledgements;
using Compeer.Engine.Comments;
using Compeer.Engine.Downtimes;
using Compeer.Engine.Model;
using Google.Protobuf;

namespace Compeer.Engine.Events;

/// <summary>Comments, downtimes and acknowledgements as bytes and back; the schema is <c>entries.proto</c> beside this file. Bytes
/// that are none, or say what cannot be, come back as null.</summary>
public static class EntryCodec
{
    private const int WriterBytes = EntryWriter.Length;

    /// <summary>The bytes of what an event is about.</summary>
    public static byte[] Encode(EventDetail detail) => detail switch
    {
        Comment comment => Message(comment).ToByteArray(),
        Downtime downtime => Message(downtime).ToByteArray(),
        Acknowledgement given => Message(given).ToByteArray(),
        _ => throw new ArgumentOutOfRangeException(nameof(detail), detail, "no such detail"),
    };

    /// <summary>A comment.</summary>
    public static Comment? Comment(ReadOnlySpan<byte> bytes)
    {
        var message = Parse(CommentMessage.Parser, bytes);
        return message is null || Id(message.Id) is not { } id || !IsTime(message.EntryTime) || !IsTime(message.Expires)
            || !Enum.IsDefined((CommentKind)message.Kind) || message.Host.IsEmpty
            ? null
            : new Comment
            {
                Id = id,
                Object = Name(message.Host, message.HasService ? message.Service : null),
                EntryTicks = message.EntryTime,
                Author = Text(message.Author),
                Text = Text(message.Text),
                Kind = (CommentKind)message.Kind,
                IsPersistent = message.IsPersistent,
                ExpiresTicks = message.Expires,
            };
    }

    /// <summary>A downtime.</summary>
    public static Downtime? Downtime(ReadOnlySpan<byte> bytes)
    {
        var message = Parse(DowntimeMessage.Parser, bytes);
        return message is null || Id(message.Id) is not { } id || message.Host.IsEmpty || !IsTime(message.EntryTime)
            || !IsTime(message.Start) || !IsTime(message.End) || !IsTime(message.Duration) || !IsTime(message.Started)
            || !Enum.IsDefined((DowntimePhase)message.Phase)
            ? null
            : new Downtime
            {
                Id = id,
                Object = Name(message.Host, message.HasService ? message.Service : null),
                EntryTicks = message.EntryTime,
                Author = Text(message.Author),
                Text = Text(message.Text),
                StartTicks = message.Start,
                EndTicks = message.End,
                IsFixed = message.IsFixed,
                DurationTicks = message.Duration,
                Trigger = Id(message.Trigger),
                CommentId = Id(message.Comment) ?? default,
                StartedTicks = message.Started,
                Phase = (DowntimePhase)message.Phase,
            };
    }

    /// <summary>An acknowledgement.</summary>
    public static Acknowledgement? Acknowledgement(ReadOnlySpan<byte> bytes)
    {
        var message = Parse(AcknowledgementMessage.Parser, bytes);
        return message is null || Id(message.Id) is not { } id || message.Host.IsEmpty
            || message.Kind is not ((uint)AcknowledgementKind.Normal or (uint)AcknowledgementKind.Sticky)
            || message.State > byte.MaxValue || !IsTime(message.ProblemStart) || !IsTime(message.EntryTime) || !IsTime(message.End)
            ? null
            : new Acknowledgement
            {
                Id = id,
                Object = Name(message.Host, message.HasService ? message.Service : null),
                EntryTicks = message.EntryTime,
                Author = Text(message.Author),
                Text = Text(message.Text),
                Kind = (AcknowledgementKind)message.Kind,
                ProblemStartTicks = message.ProblemStart,
                State = (byte)message.State,
                EndTicks = message.End,
                Notifies = message.Notifies,
                IsPersistent = message.IsPersistent,
                CommentId = Id(message.Comment) ?? default,
            };
    }

    /// <summary>The bytes that say when a downtime began.</summary>
    public static byte[] EncodeStart(long startedTicks) => new DowntimeStartMessage { Started = startedTicks }.ToByteArray();

    /// <summary>When a downtime began.</summary>
    public static long? Start(ReadOnlySpan<byte> bytes) =>
        Parse(DowntimeStartMessage.Parser, bytes) is { Started: > 0 } message && IsTime(message.Started) ? message.Started : null;

    /// <summary>The bytes that say when a downtime was cancelled.</summary>
    public static byte[] EncodeEnd(long cancelledTicks) => new DowntimeEndMessage { Cancelled = cancelledTicks }.ToByteArray();

    /// <summary>When a downtime was cancelled.</summary>
    public static long? End(ReadOnlySpan<byte> bytes) =>
        Parse(DowntimeEndMessage.Parser, bytes) is { Cancelled: > 0 } message && IsTime(message.Cancelled) ? message.Cancelled : null;

    /// <summary>The bytes of an id that is a key.</summary>
    public static byte[] Key(EntryId id)
    {
        var key = new byte[sizeof(ulong) + WriterBytes];
        BinaryPrimitives.WriteUInt64BigEndian(key, id.Number);
        id.Writer.Write(key.AsSpan(sizeof(ulong)));
        return key;
    }

    /// <summary>The id of a key.</summary>
    public static EntryId? Key(ReadOnlySpan<byte> key) => key.Length == sizeof(ulong) + WriterBytes
        ? new EntryId(BinaryPrimitives.ReadUInt64BigEndian(key), EntryWriter.Read(key[sizeof(ulong)..]))
        : null;

    private static CommentMessage Message(Comment comment)
    {
        var message = new CommentMessage
        {
            Id = Message(comment.Id),
            Host = Bytes(comment.Object.Host),
            EntryTime = comment.EntryTicks,
            Author = Bytes(comment.Author),
            Text = Bytes(comment.Text),
            Kind = (uint)comment.Kind,
            IsPersistent = comment.IsPersistent,
            Expires = comment.ExpiresTicks,
        };
        if (comment.Object.Service is { } service)
        {
            message.Service = Bytes(service);
        }

        return message;
    }

    private static DowntimeMessage Message(Downtime downtime)
    {
        var message = new DowntimeMessage
        {
            Id = Message(downtime.Id),
            Host = Bytes(downtime.Object.Host),
            EntryTime = downtime.EntryTicks,
            Author = Bytes(downtime.Author),
            Text = Bytes(downtime.Text),
            Start = downtime.StartTicks,
            End = downtime.EndTicks,
            IsFixed = downtime.IsFixed,
            Duration = downtime.DurationTicks,
            Trigger = downtime.Trigger is { } trigger ? Message(trigger) : null,
            Comment = Message(downtime.CommentId),
            Started = downtime.StartedTicks,
            Phase = (uint)downtime.Phase,
        };
        if (downtime.Object.Service is { } service)
        {
            message.Service = Bytes(service);
        }

        return message;
    }

    private static AcknowledgementMessage Message(Acknowledgement given)
    {
        var message = new AcknowledgementMessage
        {
            Id = Message(given.Id),
            Host = Bytes(given.Object.Host),
            EntryTime = given.EntryTicks,
            Author = Bytes(given.Author),
            Text = Bytes(given.Text),
            Kind = (uint)given.Kind,
            ProblemStart = given.ProblemStartTicks,
            State = given.State,
            End = given.EndTicks,
            Notifies = given.Notifies,
            IsPersistent = given.IsPersistent,
            Comment = Message(given.CommentId),
        };
        if (given.Object.Service is { } service)
        {
            message.Service = Bytes(service);
        }

        return message;
    }

    private static EntryIdMessage Message(EntryId id)
    {
        var message = new EntryIdMessage { Number = id.Number };
        if (id.Writer != default)
        {
            var writer = new byte[WriterBytes];
            id.Writer.Write(writer);
            message.Writer = UnsafeByteOperations.UnsafeWrap(writer);
        }

        return message;
    }

    private static EntryId? Id(EntryIdMessage? message) => message switch
    {
        { HasWriter: false } => new EntryId(message.Number, default(EntryWriter)),
        { Writer.Length: WriterBytes } => new EntryId(message.Number, EntryWriter.Read(message.Writer.Span)),
        _ => null,
    };

    private static ObjectName Name(ByteString host, ByteString? service) => new(Text(host), service is null ? null : Text(service));

    private static string Text(ByteString bytes) => ConfigurationText.Decode(bytes.Span);

    private static ByteString Bytes(string text) => UnsafeByteOperations.UnsafeWrap(ConfigurationText.Encode(text));

    private static bool IsTime(long ticks) => ticks >= 0 && ticks <= DateTimeOffset.MaxValue.UtcTicks;

    private static T? Parse<T>(MessageParser<T> parser, ReadOnlySpan<byte> bytes)
        where T : class, IMessage<T>
    {
        try
        {
            return parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }
}
