using Google.Protobuf;

namespace Compeer.Engine.Events;

/// <summary>An entry of the history as bytes and back; the schema is <c>history_entry.proto</c> beside this file.</summary>
public static class HistoryEntryCodec
{
    private const int LongestLine = 16 << 10;

    /// <summary>The bytes of an entry.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="limit">With more bytes than this it goes without the event.</param>
    public static byte[] Encode(in HistoryEntry entry, int limit)
    {
        var text = entry.Line.Text;
        var message = new HistoryEntryMessage
        {
            Kind = (uint)entry.Kind,
            At = entry.Line.At.UtcTicks,
            Line = UnsafeByteOperations.UnsafeWrap(text.Length <= LongestLine ? text : text[..LongestLine]),
        };
        if (!entry.Event.IsEmpty && text.Length + entry.Event.Length + 32 <= limit)
        {
            message.Event = UnsafeByteOperations.UnsafeWrap(entry.Event);
        }

        return message.ToByteArray();
    }

    /// <summary>The entry of these bytes; null when they are none, or its line is not one line.</summary>
    public static HistoryEntry? Decode(ReadOnlySpan<byte> bytes)
    {
        HistoryEntryMessage message;
        try
        {
            message = HistoryEntryMessage.Parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }

        if (message.At < 0 || message.At > DateTimeOffset.MaxValue.UtcTicks || message.Line.IsEmpty
            || message.Line.Span.ContainsAnyInRange((byte)0, (byte)8) || message.Line.Span.ContainsAnyInRange((byte)10, (byte)31))
        {
            return null;
        }

        return new HistoryEntry(
            (EventKind)message.Kind,
            new LogEntry(new DateTimeOffset(message.At, TimeSpan.Zero), message.Line.Memory),
            message.HasEvent ? message.Event.Memory : default);
    }
}
