using Compeer.Configuration.Text;
using Compeer.Engine.Model;
using Google.Protobuf;

namespace Compeer.Engine.Events;

/// <summary>The value of a setting as bytes and back: what a register of settings holds.</summary>
public static class SettingValueCodec
{
    /// <summary>The bytes of a value; null is that of the configuration.</summary>
    public static byte[] Encode(SettingValue? value) =>
        (value is { } known ? ToMessage(known) : new SettingValueMessage { IsUnset = true }).ToByteArray();

    /// <summary>Reads the value of these bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="value">The value; null when it is that of the configuration.</param>
    /// <returns>Whether they are a value.</returns>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, out SettingValue? value)
    {
        value = null;
        try
        {
            var message = SettingValueMessage.Parser.ParseFrom(bytes);
            value = message.IsUnset ? null : Of(message);
            return message.IsUnset || value is not null;
        }
        catch (InvalidProtocolBufferException)
        {
            return false;
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
