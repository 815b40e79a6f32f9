using Compeer.Configuration.Objects.Definitions;

namespace Compeer.Engine.TimePeriods;

/// <summary>
/// Which days an exception of a time period is about. The rules are those of Naemon's <c>_get_matching_timerange</c>, with two
/// of its slips left out: a range over the turn of the year holds in January too, and <c>/ N</c> does not reach beyond the end
/// of its range.
/// </summary>
internal static class DateRangeRule
{
    /// <summary>Whether the day belongs to the range.</summary>
    public static bool Covers(DateRange range, DateOnly day)
    {
        if (range.Kind == DateRangeKind.CalendarDate)
        {
            DateOnly first = new(range.Start.Year, range.Start.Month, range.Start.Day);

            // A single date with a step is a rhythm without an end.
            var isEndless = range.Start == range.End && range.SkipInterval > 1;
            var last = isEndless ? DateOnly.MaxValue : new(range.End.Year, range.End.Month, range.End.Day);
            return day >= first && day <= last && IsOnStep(range, first, day);
        }

        var start = Point(range.Kind, range.Start, day);
        var end = End(range, day);
        if (end is null)
        {
            return false;
        }

        if (start <= end)
        {
            return day >= start && day <= end && IsOnStep(range, start.Value, day);
        }

        // Over the end of the month or year: it began in this one, or in the one before.
        if (start is { } begun && day >= begun)
        {
            return IsOnStep(range, begun, day);
        }

        return start is not null && day <= end && Before(range, day) is { } earlier && IsOnStep(range, earlier, day);
    }

    /// <summary>The day of this month (<c>-1</c> the last); null when the month has no such day.</summary>
    public static DateOnly? DayOfMonth(int year, int month, int day)
    {
        var days = DateTime.DaysInMonth(year, month);
        var number = day > 0 ? day : days + day + 1;
        return number >= 1 && number <= days ? new DateOnly(year, month, number) : null;
    }

    /// <summary>The so-manieth such weekday of this month (<c>-1</c> the last); null when the month has no such day.</summary>
    public static DateOnly? WeekdayOfMonth(int year, int month, int weekday, int offset)
    {
        if (offset > 0)
        {
            var first = 1 + ((weekday - (int)new DateOnly(year, month, 1).DayOfWeek + 7) % 7);
            return DayOfMonthOrNone(year, month, first + ((offset - 1) * 7));
        }

        var days = DateTime.DaysInMonth(year, month);
        var last = days - (((int)new DateOnly(year, month, days).DayOfWeek - weekday + 7) % 7);
        return DayOfMonthOrNone(year, month, last + ((offset + 1) * 7));
    }

    private static DateOnly? DayOfMonthOrNone(int year, int month, int day) =>
        day >= 1 ? DayOfMonth(year, month, day) : null;

    private static bool IsOnStep(DateRange range, DateOnly first, DateOnly day) =>
        range.SkipInterval <= 1 || (day.DayNumber - first.DayNumber) % range.SkipInterval == 0;

    private static DateOnly? Point(DateRangeKind kind, DatePoint point, DateOnly day) => kind switch
    {
        DateRangeKind.MonthDate => DayOfMonth(day.Year, point.Month, point.Day),
        DateRangeKind.MonthDay => DayOfMonth(day.Year, day.Month, point.Day),
        DateRangeKind.MonthWeekday => WeekdayOfMonth(day.Year, point.Month, point.Weekday, point.WeekdayOffset),
        DateRangeKind.Weekday => WeekdayOfMonth(day.Year, day.Month, point.Weekday, point.WeekdayOffset),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "not a recurring date"),
    };

    /// <summary>The end; one that lies beyond the end of its month (31 of June) is the last day of that month.</summary>
    private static DateOnly? End(DateRange range, DateOnly day)
    {
        if (Point(range.Kind, range.End, day) is { } end)
        {
            return end;
        }

        var countsFromEnd = range.Kind is DateRangeKind.MonthWeekday or DateRangeKind.Weekday
            ? range.End.WeekdayOffset < 0
            : range.End.Day < 0;
        var isYearly = range.Kind is DateRangeKind.MonthDate or DateRangeKind.MonthWeekday;
        return countsFromEnd ? null : DayOfMonth(day.Year, isYearly ? range.End.Month : day.Month, -1);
    }

    /// <summary>The start in the month or year before.</summary>
    private static DateOnly? Before(DateRange range, DateOnly day)
    {
        var isYearly = range.Kind is DateRangeKind.MonthDate or DateRangeKind.MonthWeekday;
        DateOnly firstOfMonth = new(day.Year, day.Month, 1);
        var isFirst = day.Year == DateOnly.MinValue.Year;
        return isFirst ? null : Point(range.Kind, range.Start, isYearly ? firstOfMonth.AddYears(-1) : firstOfMonth.AddMonths(-1));
    }
}
