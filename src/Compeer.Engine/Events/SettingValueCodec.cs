using Compeer.Configuration.Text;
using Compeer.Engine.Model;
using Google.Protobuf;

namespace Compeer.Engine.Events;

/// <summary>The value of a setting as bytes and back: what a register of settings holds.</summary>
public static class SettingValueCodec
{
    /// <summary>The bytes of a value.</summary>
    public static byte[] Encode(SettingValue value) => ToMessage(value).ToByteArray();

    /// <summary>The value of these bytes; null when they are none.</summary>
    public static SettingValue? Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Of(SettingValueMessage.Parser.ParseFrom(bytes));
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }

    internal static SettingValueMessage ToMessage(SettingValue value)
    {
        var message = new SettingValueMessage { Number = value.Number };
        if (value.Text is { } text)
        {
            message.Text = UnsafeByteOperations.UnsafeWrap(ConfigurationText.Encode(text));
        }

        return message;
    }

    internal static SettingValue? Of(SettingValueMessage message)
    {
        var text = message.HasText ? ConfigurationText.Decode(message.Text.Span) : null;
        return text?.Length > SettingValue.LongestText ? null : new SettingValue(message.Number, text);
    }
}
