using System.Globalization;
using Compeer.Cli.Files;
using Compeer.Cli.Output;

namespace Compeer.Cli.Commands;

/// <summary>Writes lines of the log, those that are chosen.</summary>
/// <param name="output">Where they go.</param>
/// <param name="palette">Colours of states.</param>
/// <param name="time">The clock and the local time.</param>
internal sealed class LogWriter(TextWriter output, Palette palette, TimeProvider time)
{
    private long _lines;
    private long _skews;
    private long _newest;

    /// <summary>What stands in front of a line, one of <see cref="LogTimes.Formats"/>.</summary>
    public required string Format { get; init; }

    /// <summary>Whether the newest come first.</summary>
    public required bool IsReverse { get; init; }

    /// <summary>Whether only their number is written.</summary>
    public required bool OnlyCounts { get; init; }

    /// <summary>Whether the number of those that are older than one before is written behind them.</summary>
    public required bool TellsSkews { get; init; }

    /// <summary>Writes them for a web page; null for a terminal.</summary>
    public required LogHtml? Html { get; init; }

    /// <summary>Writes them.</summary>
    /// <param name="lines">All, in the order in which they are written.</param>
    /// <param name="choice">Which are.</param>
    /// <param name="page">How many are left out first, and how many are written at most.</param>
    /// <param name="cancellation">Ends it early.</param>
    public void Write(IEnumerable<LogLine> lines, LogChoice choice, (long Skip, long Limit) page, CancellationToken cancellation)
    {
        var times = new LogTimes(Format, time.LocalTimeZone);
        var shown = Chosen(lines, choice, times, cancellation);
        var end = choice.Last == long.MaxValue ? time.GetUtcNow().ToUnixTimeSeconds() : choice.Last;
        var count = (Format == LogTimes.Duration ? WithNext(shown, end) : shown.Select(line => (Line: line, Next: 0L)))
            .SkipWhile((_, index) => index < page.Skip).TakeWhile((_, index) => index < page.Limit).LongCount(entry =>
            {
                WriteLine(entry.Line, times.Of(entry.Line, entry.Next));
                return true;
            });
        if (OnlyCounts)
        {
            output.WriteLine(count);
        }
        else if (TellsSkews)
        {
            var percent = _lines == 0 ? 0 : 100.0 * _skews / _lines;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_skews} ltime skews in {_lines} lines. {percent:F6}%"));
        }
    }

    private IEnumerable<LogLine> Chosen(
        IEnumerable<LogLine> lines, LogChoice choice, LogTimes times, CancellationToken cancellation)
    {
        foreach (var line in lines.Where(choice.IsInTime))
        {
            cancellation.ThrowIfCancellationRequested();
            _lines++;
            var isSkewed = _newest != 0 && (IsReverse ? line.Time > _newest : line.Time < _newest);
            _skews += isSkewed ? 1 : 0;
            _newest = isSkewed ? _newest : line.Time;
            times.See(line);
            if (choice.Shows(line))
            {
                yield return line;
            }
        }
    }

    /// <summary>Each line with the time of the one that came next, the last with the end of what is asked for.</summary>
    private IEnumerable<(LogLine Line, long Next)> WithNext(IEnumerable<LogLine> lines, long end)
    {
        LogLine? held = null;
        foreach (var line in lines)
        {
            if (IsReverse)
            {
                yield return (line, held?.Time ?? end);
            }
            else if (held is not null)
            {
                yield return (held, line.Time);
            }

            held = line;
        }

        if (held is not null && !IsReverse)
        {
            yield return (held, end);
        }
    }

    private void WriteLine(LogLine line, string when)
    {
        if (OnlyCounts)
        {
            return;
        }

        if (Html is not null)
        {
            Html.Write(line, when, LogTimes.Local(line.Time, time.LocalTimeZone));
        }
        else
        {
            output.WriteLine(Coloured(line, $"[{when}] {line.Text}"));
        }
    }

    private string Coloured(LogLine line, string text) => line.State switch
    {
        "" => text,
        "UP" or "OK" => palette.Good(text),
        "WARNING" or "UNKNOWN" => palette.Doubtful(text),
        _ => palette.Bad(text),
    };
}
