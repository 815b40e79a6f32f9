using Compeer.Configuration.Objects.Definitions;
using Compeer.Configuration.Text;
using Compeer.Engine.Model;
using Google.Protobuf;

namespace Compeer.Engine.Events;

/// <summary>What was told about an object as bytes and back; the schema is <c>notification_state.proto</c> beside this file.</summary>
public static class NotificationStateCodec
{
    private const int MostEntries = 1000;

    private static readonly long MaxTicks = DateTimeOffset.MaxValue.UtcTicks;

    /// <summary>The bytes.</summary>
    public static byte[] Encode(NotificationState told)
    {
        ArgumentNullException.ThrowIfNull(told);
        var message = new NotificationStateMessage
        {
            Number = told.Number,
            LastTicket = told.LastTicket,
            Last = told.LastTicks,
            Next = told.NextTicks,
            NotifiedOn = (uint)told.NotifiedOn,
            NoMore = told.NoMore,
            Reason = (uint)told.Reason,
            ReasonSince = told.ReasonTicks,
        };
        if (told.Acknowledged != default)
        {
            message.Acknowledged = UnsafeByteOperations.UnsafeWrap(EntryCodec.Key(told.Acknowledged));
        }

        message.LeftOut.AddRange(told.LeftOut.Select(
            contact => new LeftOutContactMessage { Contact = Bytes(contact.Contact), Reason = (uint)contact.Reason }));
        message.Pending.AddRange(told.Pending.Select(Message));
        return message.ToByteArray();
    }

    /// <summary>What these bytes mean; null when this version cannot read them.</summary>
    public static NotificationState? Decode(ReadOnlySpan<byte> bytes)
    {
        NotificationStateMessage message;
        try
        {
            message = NotificationStateMessage.Parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }

        var areTimesRight = IsTime(message.Last) && IsTime(message.Next) && IsTime(message.ReasonSince)
            && message.Pending.All(pending => IsTime(pending.At) && pending.State <= 3 && Enum.IsDefined((NotificationType)pending.Type));
        if (!areTimesRight || message.Number < 0 || message.LastTicket < 0 || message.LeftOut.Count > MostEntries
            || message.Pending.Count > MostEntries || message.NotifiedOn > ushort.MaxValue)
        {
            return null;
        }

        return new NotificationState
        {
            Number = message.Number,
            LastTicket = message.LastTicket,
            LastTicks = message.Last,
            NextTicks = message.Next,
            NotifiedOn = (StateOptions)message.NotifiedOn,
            NoMore = message.NoMore,
            Reason = Reason(message.Reason),
            ReasonTicks = message.ReasonSince,
            Acknowledged = EntryCodec.Key(message.Acknowledged.Span) ?? default,
            LeftOut = [.. message.LeftOut.Select(contact => new LeftOutContact(Text(contact.Contact), Reason(contact.Reason)))],
            Pending = [.. message.Pending.Select(Pending)],
        };
    }

    private static PendingNotificationMessage Message(PendingNotification pending)
    {
        var message = new PendingNotificationMessage
        {
            Ticket = pending.Ticket,
            Type = (uint)pending.Type,
            At = pending.AtTicks,
            State = pending.State,
            Number = pending.Number,
            IsEscalated = pending.IsEscalated,
        };
        if (pending.Author is { } author)
        {
            message.Author = Bytes(author);
        }

        if (pending.Comment is { } comment)
        {
            message.Comment = Bytes(comment);
        }

        message.Recipients.AddRange(pending.Recipients.Select(Bytes));
        message.Left.AddRange(pending.Left.Select(
            delivery => new NotificationDeliveryMessage { Contact = Bytes(delivery.Contact), Part = (uint)delivery.Part }));
        return message;
    }

    private static PendingNotification Pending(PendingNotificationMessage message) =>
        new(message.Ticket, (NotificationType)message.Type, message.At)
        {
            State = (byte)message.State,
            Number = message.Number,
            IsEscalated = message.IsEscalated,
            Author = message.HasAuthor ? Text(message.Author) : null,
            Comment = message.HasComment ? Text(message.Comment) : null,
            Recipients = [.. message.Recipients.Select(Text)],
            Left = [.. message.Left.Select(left => new NotificationDelivery(Text(left.Contact), (int)Math.Min(left.Part, int.MaxValue)))],
        };

    /// <summary>A reason of a later version counts as none.</summary>
    private static NotificationReason Reason(uint number) =>
        Enum.IsDefined((NotificationReason)number) ? (NotificationReason)number : NotificationReason.None;

    private static bool IsTime(long ticks) => ticks >= 0 && ticks <= MaxTicks;

    private static ByteString Bytes(string text) => UnsafeByteOperations.UnsafeWrap(ConfigurationText.Encode(text));

    private static string Text(ByteString bytes) => ConfigurationText.Decode(bytes.Span);
}
