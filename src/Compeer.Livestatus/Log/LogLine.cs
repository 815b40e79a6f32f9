namespace Compeer.Livestatus.Log;

/// <summary>A line of the monitoring log, taken apart. The bytes are those of its <see cref="LogBlock"/>.</summary>
public sealed class LogLine
{
    private readonly LogBlock _block;
    private readonly int _start;
    private readonly int _number;

    internal LogLine(LogBlock block, int start, int number, LogLineParts parts)
    {
        _block = block;
        _start = start;
        _number = number;
        Parts = parts;
    }

    /// <summary>Seconds since 1970.</summary>
    public long Time => Parts.Time;

    /// <summary>Its number in its file, from 1 on. The first time that it is asked for the lines before it are counted.</summary>
    public long Number => _block.LinesBefore + _number;

    /// <summary>What was found in it.</summary>
    internal LogLineParts Parts { get; }

    /// <summary>A part of it.</summary>
    internal ReadOnlySpan<byte> Text(LogField field) => _block.Bytes.Span.Slice(_start + field.Start, field.Length);
}
