using System.Collections.Immutable;

namespace Compeer.Livestatus.Log;

/// <summary>A piece of a log file, its lines taken apart. Immutable, for any number of readers.</summary>
public sealed class LogBlock
{
    private readonly Lazy<long> _linesBefore;

    private LogBlock(ReadOnlyMemory<byte> bytes, Func<long> linesBefore)
    {
        Bytes = bytes;
        _linesBefore = new Lazy<long>(linesBefore);
    }

    /// <summary>The lines of the log, in order; what is none of it is left out.</summary>
    public ImmutableArray<LogLine> Lines { get; private set; }

    /// <summary>Roughly what it takes in memory.</summary>
    public long Cost => Bytes.Length + (BytesPerLine * (long)Lines.Length);

    /// <summary>The piece.</summary>
    internal ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>How many lines of the file stand before it.</summary>
    internal long LinesBefore => _linesBefore.Value;

    private static int BytesPerLine => 128;

    /// <summary>Takes a piece apart.</summary>
    /// <param name="bytes">It; begins where a line does. The last line need not have an end.</param>
    /// <param name="linesBefore">Counts the lines of the file before it, when somebody asks for numbers.</param>
    public static LogBlock Read(ReadOnlyMemory<byte> bytes, Func<long> linesBefore)
    {
        var block = new LogBlock(bytes, linesBefore);
        var lines = ImmutableArray.CreateBuilder<LogLine>();
        var span = bytes.Span;
        var number = 0;
        for (var start = 0; start < span.Length;)
        {
            var rest = span[start..];
            var length = rest.IndexOf((byte)'\n');
            length = length < 0 ? rest.Length : length;
            number++;
            if (LogLineReader.Read(rest[..Math.Min(length, LogLineReader.Longest)]) is { } parts)
            {
                lines.Add(new LogLine(block, start, number, parts));
            }

            start += length + 1;
        }

        block.Lines = lines.DrainToImmutable();
        return block;
    }
}
