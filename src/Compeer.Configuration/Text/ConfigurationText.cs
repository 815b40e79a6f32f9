using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Compeer.Configuration.Text;

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
            if (Rune.DecodeFromUtf8(bytes, out var rune, out var consumed) == OperationStatus.Done)
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

    /// <summary>The same text for those who can only show Unicode, such as JSON: a byte that is not part of valid UTF-8 becomes
    /// the character that it is in Latin-1, as livestatus clients read it. The bytes do not come out again.</summary>
    public static string Readable(string text)
    {
        var first = text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF');
        return first < 0
            ? text
            : string.Create(text.Length, text, static (readable, text) =>
            {
                for (var i = 0; i < text.Length; i++)
                {
                    var isPair = char.IsLowSurrogate(text[i]) && i > 0 && char.IsHighSurrogate(text[i - 1]);
                    readable[i] = !isPair && IsEscape(text[i]) ? (char)(text[i] - EscapeBase) : text[i];
                }
            });
    }

    /// <summary>The bytes of this text; the reverse of <see cref="Decode"/>.</summary>
    public static byte[] Encode(ReadOnlySpan<char> text)
    {
        var most = text.Length * MostBytesPerChar;
        var bytes = most <= 1024 ? stackalloc byte[most] : new byte[most];
        return bytes[..Encode(text, bytes)].ToArray();
    }

    /// <summary>Puts the bytes of this text into a buffer and returns how many they are.</summary>
    /// <param name="text">The text.</param>
    /// <param name="bytes">Room for <see cref="MostBytesPerChar"/> bytes for each of its characters.</param>
    public static int Encode(ReadOnlySpan<char> text, Span<byte> bytes)
    {
        var used = 0;
        while (true)
        {
            var status =
                Utf8.FromUtf16(text, bytes[used..], out var read, out var written, replaceInvalidSequences: false);
            used += written;
            if (status != OperationStatus.InvalidData)
            {
                return used;
            }

            bytes[used++] = IsEscape(text[read]) ? (byte)(text[read] - EscapeBase) : (byte)'?';
            text = text[(read + 1)..];
        }
    }

    private static bool IsEscape(char value) => value is >= '\uDC80' and <= '\uDCFF';
}
