using System.Globalization;
using Compeer.Cli.Files;

namespace Compeer.Cli.Commands;

/// <summary>The time in front of a line of the log, in one of showlog's forms.</summary>
/// <param name="format">One of <see cref="Formats"/>.</param>
/// <param name="zone">Where <c>iso8601</c> is.</param>
internal sealed class LogTimes(string format, TimeZoneInfo zone)
{
    private long _started;

    /// <summary>The forms: the date and time, seconds since 1970, how long until the next line, how long since the daemon
    /// started.</summary>
    public static IReadOnlyList<string> Formats { get; } = [Iso8601, "raw", Duration, Runtime];

    /// <summary>The form that is used when none is named.</summary>
    public const string Iso8601 = "iso8601";

    /// <summary>The form that needs to know the next line.</summary>
    public const string Duration = "duration";

    /// <summary>The form that needs the lines in their order.</summary>
    public const string Runtime = "runtime";

    /// <summary>Follows when the daemon started; to be told every line, shown or not.</summary>
    public void See(LogLine line)
    {
        if (line.IsStop)
        {
            _started = 0;
        }
        else if (line.IsStart)
        {
            _started = line.Time;
        }
        else if (_started == 0)
        {
            // Whatever logs runs; showlog takes the second before for its start.
            _started = line.Time - 1;
        }
    }

    /// <summary>What stands in front of a line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="next">When the next one was; used by the duration only.</param>
    public string Of(LogLine line, long next) => format switch
    {
        "raw" => line.Time.ToString(CultureInfo.InvariantCulture),
        Duration => string.Create(CultureInfo.InvariantCulture, $"{next - line.Time,6}"),
        Runtime => Words(_started == 0 ? 0 : line.Time - _started),
        _ => Local(line.Time, zone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
    };

    /// <summary>The local time of seconds since 1970.</summary>
    public static DateTimeOffset Local(long seconds, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeSeconds(seconds), zone);

    private static string Words(long seconds)
    {
        var time = TimeSpan.FromSeconds(seconds);
        var (weeks, days) = (time.Days / 7, time.Days % 7);
        var small = $"{time.Minutes}m {time.Seconds}s";
        return weeks > 0 ? $"{weeks}w {days}d {time.Hours}h {small}"
            : days > 0 ? $"{days}d {time.Hours}h {small}"
            : time.Hours > 0 ? $"{time.Hours}h {small}"
            : time.Minutes > 0 ? small
            : $"{time.Seconds}s";
    }
}
