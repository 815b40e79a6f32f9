using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Compeer.Objects;

/// <summary>
/// Text of configuration files: UTF-8, where every byte that is not part of valid UTF-8 (a Latin-1 file, say) becomes
/// the lone surrogate U+DC00 + byte, so that it comes out again as it went in (Python's "surrogateescape", PEP 383).
/// </summary>
public static class ConfigurationText
{
    /// <summary>The most bytes that a character becomes.</summary>
    public const int MostBytesPerChar = 3;

    private const char EscapeBase = '\uDC00';

    /// <summary>The text of these bytes.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        if (Utf8.IsValid(bytes))
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
        int most = text.Length * MostBytesPerChar;
        Span<byte> bytes = most <= 1024 ? stackalloc byte[most] : new byte[most];
        return bytes[..Encode(text, bytes)].ToArray();
    }

    /// <summary>Puts the bytes of this text into a buffer and returns how many they are.</summary>
    /// <param name="text">The text.</param>
    /// <param name="bytes">Room for <see cref="MostBytesPerChar"/> bytes for each of its characters.</param>
    public static int Encode(ReadOnlySpan<char> text, Span<byte> bytes)
    {
        int used = 0;
        while (true)
        {
            OperationStatus status =
                Utf8.FromUtf16(text, bytes[used..], out int read, out int written, replaceInvalidSequences: false);
            used += written;
            if (status != OperationStatus.InvalidData)
            {
                return used;
            }

            bytes[used++] = text[read] is >= '\uDC80' and <= '\uDCFF' ? (byte)(text[read] - EscapeBase) : (byte)'?';
            text = text[(read + 1)..];
        }
    }
}
