namespace Compeer.Daemon.LogReading;

/// <summary>The lines that begin in a piece of a file.</summary>
/// <param name="Bytes">They; the last one is cut at <see cref="Longest"/>.</param>
/// <param name="LinesEndedBefore">How many lines end in the piece before the first of them: the one that began earlier.</param>
internal readonly record struct LogBlockText(byte[] Bytes, int LinesEndedBefore)
{
    /// <summary>Most bytes of a line behind its piece; what is beyond is left out.</summary>
    public const int Longest = 64 * 1024;

    /// <summary>Whether the last line that begins before a place has its end in what was read.</summary>
    public static bool EndsIn(ReadOnlySpan<byte> read, int end) =>
        read.Length >= end && (end == 0 || read[(end - 1)..].IndexOf((byte)'\n') >= 0);

    /// <summary>Takes them.</summary>
    /// <param name="read">What was read.</param>
    /// <param name="start">Where the piece begins in it: at 0 when it is the first of the file, else behind the byte before it.</param>
    /// <param name="end">Where it ends.</param>
    public static LogBlockText Of(ReadOnlySpan<byte> read, int start, int end)
    {
        var first = 0;
        if (start > 0)
        {
            first = read.IndexOf((byte)'\n') + 1;
            if (first == 0 || first >= end)
            {
                return new LogBlockText([], 0);
            }
        }

        if (first >= read.Length)
        {
            return new LogBlockText([], 0);
        }

        var last = Math.Min(end, read.Length) - 1;
        var rest = read[last..].IndexOf((byte)'\n');
        var stop = rest < 0 ? read.Length : last + rest;
        return new LogBlockText(read[first..stop].ToArray(), first > start ? 1 : 0);
    }
}
