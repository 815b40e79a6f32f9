using System.Collections.Immutable;
using Compeer.Configuration.Objects.Definitions;
using Compeer.Livestatus.Columns;

namespace Compeer.Livestatus.Tables;

/// <summary>The columns of a time period.</summary>
internal static class TimePeriodColumns
{
    private const string Dates = "Its exceptions of this form, each with its hours";

    /// <summary>All of them.</summary>
    public static ColumnSet<TimePeriodDefinition> All { get; } = new ColumnSet<TimePeriodDefinition>()
        .Int("id", "Its place among the time periods", (period, scope) => scope.Snapshot.Objects.TimePeriods.IndexOf(period))
        .Text("name", "Its name", (period, _) => period.Name)
        .Text("alias", "Its longer name", (period, _) => period.Alias)
        .Flag("in", "Whether it is now", (period, scope) => scope.Periods.Contains(period))
        .List("days", "For each weekday from Sunday: beginnings and ends in seconds after midnight", (period, _) =>
            period.Weekdays.Select(day => new ListItem("", Hours(day))))
        .List("exceptions_calendar_dates", Dates, (period, _) => Exceptions(period, DateRangeKind.CalendarDate))
        .List("exceptions_month_date", Dates, (period, _) => Exceptions(period, DateRangeKind.MonthDate))
        .List("exceptions_month_day", Dates, (period, _) => Exceptions(period, DateRangeKind.MonthDay))
        .List("exceptions_month_week_day", Dates, (period, _) => Exceptions(period, DateRangeKind.MonthWeekday))
        .List("exceptions_week_day", Dates, (period, _) => Exceptions(period, DateRangeKind.Weekday))
        .Names("exclusions", "The time periods whose times do not belong to it", (period, _) =>
            period.Exclusions.Select(excluded => excluded.Name));

    private static object[] Hours(ImmutableArray<TimeRange> ranges) =>
        [.. ranges.SelectMany(range => new object[] { (long)range.Start, (long)range.End })];

    private static IEnumerable<ListItem> Exceptions(TimePeriodDefinition period, DateRangeKind kind) => period.Exceptions
        .Where(exception => exception.Kind == kind)
        .Select(exception => new ListItem("", PairsOf(exception).ToArray()));

    /// <summary>The parts of a date by the names of Naemon's <c>daterange</c>, where months begin at 0.</summary>
    private static IEnumerable<KeyValuePair<string, object>> PairsOf(DateRange range)
    {
        foreach ((var side, var point) in new[] { ("s", range.Start), ("e", range.End) })
        {
            if (range.Kind == DateRangeKind.CalendarDate)
            {
                yield return new($"{side}year", (long)point.Year);
            }

            if (range.Kind is DateRangeKind.CalendarDate or DateRangeKind.MonthDate or DateRangeKind.MonthWeekday)
            {
                yield return new($"{side}mon", (long)point.Month - 1);
            }

            if (range.Kind is DateRangeKind.CalendarDate or DateRangeKind.MonthDate or DateRangeKind.MonthDay)
            {
                yield return new($"{side}mday", (long)point.Day);
            }

            if (range.Kind is DateRangeKind.MonthWeekday or DateRangeKind.Weekday)
            {
                yield return new($"{side}wday", (long)point.Weekday);
                yield return new($"{side}wday_offset", (long)point.WeekdayOffset);
            }
        }

        yield return new("skip_interval", (long)range.SkipInterval);
        yield return new("times", Hours(range.Times));
    }
}
