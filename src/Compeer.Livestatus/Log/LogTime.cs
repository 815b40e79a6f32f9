using System.Buffers.Text;

namespace Compeer.Livestatus.Log;

/// <summary>The time that each line of the log begins with: ten digits in brackets, seconds since 1970.</summary>
public static class LogTime
{
    private const int ClosingBracket = 11;

    /// <summary>The time of a line; null when it begins with none, and is no line of the log.</summary>
    public static long? Of(ReadOnlySpan<byte> line) =>
        line.Length > ClosingBracket && line[0] == (byte)'[' && line[ClosingBracket] == (byte)']'
        && Utf8Parser.TryParse(line[1..ClosingBracket], out long time, out var digits) && digits == ClosingBracket - 1 && time >= 0
            ? time
            : null;
}
