using System.Buffers;

namespace Compeer.Execution.Processes;

/// <summary>
/// The plugin protocol's text: <c>output | performance data</c> on the first line, then long output up to a <c>|</c>, and
/// performance data from there on. Source of the rules: Naemon's <c>parse_output</c> and <c>strip</c> (src/naemon/checks.c,
/// shared.c). Of an active check's output Naemon unescapes nothing: a backslash followed by n stays two characters.
/// </summary>
public static class PluginOutput
{
    /// <summary>
    /// Takes a plugin's standard output apart. Line ends before the first line are skipped; everything from the first NUL byte
    /// on is ignored, as where text ends in C. Blanks (space, tab, CR, LF) around the first line and the performance data are
    /// trimmed; lines of performance data are joined by a space unless they begin with one.
    /// </summary>
    public static ParsedOutput Parse(ReadOnlyMemory<byte> text)
    {
        var nul = text.Span.IndexOf((byte)0);
        text = nul < 0 ? text : text[..nul];
        var start = text.Span.IndexOfAnyExcept((byte)'\n');
        if (start < 0)
        {
            return default;
        }

        (var line, var rest) = Cut(text[start..], (byte)'\n', out _);
        (var output, var performanceData) = Cut(line, (byte)'|', out _);
        (var longOutput, var further) = Cut(rest, (byte)'|', out var hasFurther);
        if (hasFurther)
        {
            performanceData = Join(performanceData.Span, further.Span);
        }

        return new ParsedOutput(Trim(output), longOutput, Trim(performanceData));
    }

    private static (ReadOnlyMemory<byte> Before, ReadOnlyMemory<byte> After) Cut(
        ReadOnlyMemory<byte> text, byte separator, out bool found)
    {
        var at = text.Span.IndexOf(separator);
        found = at >= 0;
        return found ? (text[..at], text[(at + 1)..]) : (text, default);
    }

    private static ReadOnlyMemory<byte> Join(ReadOnlySpan<byte> first, ReadOnlySpan<byte> lines)
    {
        var joined = new ArrayBufferWriter<byte>(first.Length + lines.Length + 1);
        joined.Write(first);
        foreach (var range in lines.Split((byte)'\n'))
        {
            var line = lines[range];
            if (line.IsEmpty)
            {
                continue;
            }

            if (line[0] != ' ')
            {
                joined.Write(" "u8);
            }

            joined.Write(line);
        }

        return joined.WrittenMemory;
    }

    private static ReadOnlyMemory<byte> Trim(ReadOnlyMemory<byte> text) => text.Trim(" \t\r\n"u8);
}
