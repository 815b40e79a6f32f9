using System.Collections.Immutable;
using System.Globalization;
using Compeer.Configuration.Objects.Definitions;

namespace Compeer.Configuration.Objects.Output;

/// <summary>Time ranges and exceptions as they are written in configuration files.</summary>
internal static class TimePeriodText
{
    private static readonly string[] Weekdays =
        ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

    private static readonly string[] Months =
    [
        "january", "february", "march", "april", "may", "june",
        "july", "august", "september", "october", "november", "december",
    ];

    public static string WeekdayName(int weekday) => Weekdays[weekday];

    /// <summary><c>HH:MM-HH:MM,…</c>; <c>00:00-00:00</c> for no time at all.</summary>
    public static string Times(ImmutableArray<TimeRange> ranges) =>
        ranges.IsEmpty ? "00:00-00:00" : string.Join(',', ranges.Select(r => $"{Clock(r.Start)}-{Clock(r.End)}"));

    /// <summary>The days of an exception, without its hours.</summary>
    public static string Days(DateRange range)
    {
        var text = Point(range.Kind, range.Start);
        if (range.End != range.Start)
        {
            var end = Point(range.Kind, range.End);
            text += " - " + (range.Kind == DateRangeKind.MonthDay ? end["day ".Length..] : end);
        }

        return range.SkipInterval > 1 ? string.Create(CultureInfo.InvariantCulture, $"{text} / {range.SkipInterval}") : text;
    }

    private static string Point(DateRangeKind kind, DatePoint point) => kind switch
    {
        DateRangeKind.CalendarDate =>
            string.Create(CultureInfo.InvariantCulture, $"{point.Year:0000}-{point.Month:00}-{point.Day:00}"),
        DateRangeKind.MonthDate => string.Create(CultureInfo.InvariantCulture, $"{Months[point.Month - 1]} {point.Day}"),
        DateRangeKind.MonthDay => string.Create(CultureInfo.InvariantCulture, $"day {point.Day}"),
        DateRangeKind.MonthWeekday => string.Create(
            CultureInfo.InvariantCulture, $"{Weekdays[point.Weekday]} {point.WeekdayOffset} {Months[point.Month - 1]}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Weekdays[point.Weekday]} {point.WeekdayOffset}"),
    };

    private static string Clock(int seconds) =>
        string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:00}:{seconds / 60 % 60:00}");
}
