using Compeer.Configuration.Text;
using Compeer.Engine.Model;
using Google.Protobuf;

namespace Compeer.Engine.Events;

/// <summary>What was sent about an object as bytes and back; the schema is in <c>notification_state.proto</c> beside this file.</summary>
public static class SentDeliveriesCodec
{
    private const int MostEntries = 16_384;

    /// <summary>The bytes.</summary>
    public static byte[] Encode(SentDeliveries sent)
    {
        ArgumentNullException.ThrowIfNull(sent);
        var message = new SentDeliveriesMessage();
        message.Sent.AddRange(sent.All.Select(one => new SentDeliveryMessage
        {
            Ticket = one.Ticket,
            Contact = UnsafeByteOperations.UnsafeWrap(ConfigurationText.Encode(one.Delivery.Contact)),
            Part = (uint)one.Delivery.Part,
        }));
        return message.ToByteArray();
    }

    /// <summary>What these bytes mean; null when this version cannot read them.</summary>
    public static SentDeliveries? Decode(ReadOnlySpan<byte> bytes)
    {
        SentDeliveriesMessage message;
        try
        {
            message = SentDeliveriesMessage.Parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }

        return message.Sent.Count > MostEntries || message.Sent.Any(one => one.Ticket <= 0 || one.Part > int.MaxValue) ? null
            : new SentDeliveries([.. message.Sent.Select(one =>
                (one.Ticket, new NotificationDelivery(ConfigurationText.Decode(one.Contact.Span), (int)one.Part)))]);
    }
}
