using System.Buffers;

namespace Compeer.Configuration.Text;

/// <summary>
/// Takes a file apart into logical lines as Naemon does: a line ending in a single backslash goes on in the next one,
/// whose leading blanks do not count; a line ending in two keeps one of them. Comments and the blanks around the text
/// are removed: <c>;</c> starts one anywhere unless written <c>\;</c>, <c>#</c> only at the start.
/// </summary>
internal ref struct LineReader
{
    private readonly ReadOnlySpan<byte> _data;
    private readonly bool _semicolonComments;
    private ArrayBufferWriter<byte>? _joined;
    private int _position;
    private int _nextLine;

    public LineReader(ReadOnlySpan<byte> data, bool semicolonComments)
        : this(data, semicolonComments, firstLine: 1)
    {
    }

    /// <summary>Reads a part of a file that begins with <paramref name="firstLine"/>.</summary>
    public LineReader(ReadOnlySpan<byte> data, bool semicolonComments, int firstLine)
    {
        _data = firstLine == 1 && data.StartsWith("\uFEFF"u8) ? data[3..] : data;
        _semicolonComments = semicolonComments;
        _nextLine = firstLine;
    }

    /// <summary>The current line's text; empty for lines that are blank or only a comment.</summary>
    public ReadOnlySpan<byte> Text { get; private set; }

    /// <summary>Number of the first physical line of the current logical line, counted from 1.</summary>
    public int Line { get; private set; }

    /// <summary>Goes to the next line that is not blank; false at the end.</summary>
    public bool Read()
    {
        while (_position < _data.Length)
        {
            Line = _nextLine;
            var text = Trim(WithoutComment(NextPhysicalLine()));
            if (text.IsEmpty || text[0] == (byte)'#')
            {
                continue;
            }

            Text = text;
            return true;
        }

        return false;
    }

    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text)
    {
        var start = 0;
        while (start < text.Length && IsBlank(text[start]))
        {
            start++;
        }

        var end = text.Length;
        while (end > start && IsBlank(text[end - 1]))
        {
            end--;
        }

        return text[start..end];
    }

    public static bool IsBlank(byte b) => b is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';

    private ReadOnlySpan<byte> NextPhysicalLine()
    {
        var line = Physical();
        if (line.Length < 2 || line[^1] != (byte)'\\')
        {
            return line;
        }

        return line[^2] == (byte)'\\' ? line[..^1] : Joined(line[..^1]);
    }

    private ReadOnlySpan<byte> Physical()
    {
        var rest = _data[_position..];
        var end = rest.IndexOf((byte)'\n');
        _position += end < 0 ? rest.Length : end + 1;
        _nextLine++;
        var line = end < 0 ? rest : rest[..end];
        return !line.IsEmpty && line[^1] == (byte)'\r' ? line[..^1] : line;
    }

    private ReadOnlySpan<byte> Joined(ReadOnlySpan<byte> first)
    {
        // A fresh buffer each time: the caller may still hold the text of the line before.
        _joined = new ArrayBufferWriter<byte>(Math.Max(256, first.Length * 2));
        _joined.Write(first);
        while (_position < _data.Length)
        {
            var line = Physical();
            while (!line.IsEmpty && line[0] is (byte)' ' or (byte)'\t')
            {
                line = line[1..];
            }

            var continues = line.Length > 0 && line[^1] == (byte)'\\';
            var escaped = line.Length > 1 && continues && line[^2] == (byte)'\\';
            _joined.Write(continues ? line[..^1] : line);
            if (!continues || escaped)
            {
                break;
            }
        }

        return _joined.WrittenSpan;
    }

    private readonly ReadOnlySpan<byte> WithoutComment(ReadOnlySpan<byte> line)
    {
        if (!_semicolonComments)
        {
            return line;
        }

        var semicolon = line.IndexOf((byte)';');
        if (semicolon < 0)
        {
            return line;
        }

        var escapes = false;
        while (semicolon > 0 && line[semicolon - 1] == (byte)'\\')
        {
            escapes = true;
            var next = line[(semicolon + 1)..].IndexOf((byte)';');
            if (next < 0)
            {
                return Unescaped(line);
            }

            semicolon += 1 + next;
        }

        return escapes ? Unescaped(line[..semicolon]) : line[..semicolon];
    }

    private static byte[] Unescaped(ReadOnlySpan<byte> line)
    {
        var result = new byte[line.Length];
        var length = 0;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] != (byte)'\\' || i + 1 == line.Length || line[i + 1] != (byte)';')
            {
                result[length++] = line[i];
            }
        }

        return result[..length];
    }
}
