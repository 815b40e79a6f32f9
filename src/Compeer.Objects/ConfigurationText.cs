using System.Buffers;
using System.Text;

namespace Compeer.Objects;

/// <summary>
/// Text of configuration files: UTF-8, where every byte that is not part of valid UTF-8 (a Latin-1 file, say) becomes
/// the lone surrogate U+DC00 + byte, so that it comes out again as it went in (Python's "surrogateescape", PEP 383).
/// </summary>
public static class ConfigurationText
{
    private const char EscapeBase = '\uDC00';

    /// <summary>The text of these bytes.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        if (System.Text.Unicode.Utf8.IsValid(bytes))
        {
            return Encoding.UTF8.GetString(bytes);
        }

        var text = new StringBuilder(bytes.Length);
        Span<char> pair = stackalloc char[2];
        while (!bytes.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(bytes, out Rune rune, out int consumed) == OperationStatus.Done)
            {
                text.Append(pair[..rune.EncodeToUtf16(pair)]);
            }
            else
            {
                consumed = 1;
                text.Append((char)(EscapeBase + bytes[0]));
            }

            bytes = bytes[consumed..];
        }

        return text.ToString();
    }

    /// <summary>The bytes of this text; the reverse of <see cref="Decode"/>.</summary>
    public static byte[] Encode(ReadOnlySpan<char> text)
    {
        var bytes = new ArrayBufferWriter<byte>(text.Length + 16);
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out Rune rune, out int consumed) == OperationStatus.Done)
            {
                bytes.Advance(rune.EncodeToUtf8(bytes.GetSpan(4)));
            }
            else
            {
                consumed = 1;
                bytes.GetSpan(1)[0] = text[0] is >= '\uDC80' and <= '\uDCFF' ? (byte)(text[0] - EscapeBase) : (byte)'?';
                bytes.Advance(1);
            }

            text = text[consumed..];
        }

        return bytes.WrittenSpan.ToArray();
    }
}
