using System.Buffers.Text;
using System.Text.Unicode;
using Compeer.Configuration.Text;

namespace Compeer.Engine.Model;

/// <summary>A growing run of bytes that is used again and again: command lines and log lines are put together in it.</summary>
internal sealed class TextBuffer
{
    private const int LongestNumber = 32;

    private byte[] _bytes = new byte[256];

    /// <summary>How many bytes are in it.</summary>
    public int Length { get; private set; }

    /// <summary>The bytes; valid until the next change.</summary>
    public Span<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>Shortens it to its first bytes.</summary>
    public void Truncate(int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Length);
        Length = length;
    }

    /// <summary>A copy of the bytes.</summary>
    public byte[] ToArray() => Written.ToArray();

    /// <summary>Adds bytes.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        Length += bytes.Length;
    }

    /// <summary>Adds one byte.</summary>
    public void Add(byte value)
    {
        Room(1)[0] = value;
        Length++;
    }

    /// <summary>Adds text of the configuration; bytes that were not UTF-8 in its file come out as they were.</summary>
    public void Add(ReadOnlySpan<char> text)
    {
        var room = Room(text.Length * 3);
        Utf8.FromUtf16(text, room, out var read, out var written, replaceInvalidSequences: false);
        Length += written;
        if (read < text.Length)
        {
            Add(ConfigurationText.Encode(text[read..]));
        }
    }

    /// <summary>Adds a whole number.</summary>
    public void AddNumber(long number)
    {
        Utf8Formatter.TryFormat(number, Room(LongestNumber), out var written);
        Length += written;
    }

    /// <summary>Adds a number with so many decimals.</summary>
    public void AddNumber(double number, int decimals)
    {
        var room = Room(LongestNumber * 12);
        Utf8Formatter.TryFormat(number, room, out var written, new System.Buffers.StandardFormat('F', (byte)decimals));
        Length += written;
    }

    private Span<byte> Room(int count)
    {
        if (_bytes.Length - Length < count)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + count));
        }

        return _bytes.AsSpan(Length);
    }
}
