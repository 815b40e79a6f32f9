using System.Globalization;

namespace Compeer.Engine.TimePeriods;

/// <summary>A day of each year with a time on it, as a POSIX <c>TZ</c> text names it.</summary>
internal readonly record struct PosixDay
{
    private const int SecondsPerDay = 86_400;
    private const int DaysPerWeek = 7;
    private const int LastWeek = 5;
    private const int February = 59;

    private readonly char _kind;
    private readonly int _month;
    private readonly int _week;
    private readonly int _day;
    private readonly int _time;

    private PosixDay(char kind, int month, int week, int day, int time)
    {
        _kind = kind;
        _month = month;
        _week = week;
        _day = day;
        _time = time;
    }

    /// <summary>Reads <c>M3.5.0</c> (the last Sunday of March), <c>J60</c> (the first of March, leap years or not) or <c>59</c>
    /// (the 60th day).</summary>
    /// <param name="text">The day.</param>
    /// <param name="time">Seconds from its midnight; may be negative or more than a day.</param>
    /// <param name="day">It.</param>
    public static bool TryParse(ReadOnlySpan<char> text, int time, out PosixDay day)
    {
        day = default;
        if (text.StartsWith("M"))
        {
            Span<Range> parts = stackalloc Range[4];
            var isRead = text[1..].Split(parts, '.') == 3;
            text = text[1..];
            if (!isRead
                || !TryNumber(text[parts[0]], 1, 12, out var month)
                || !TryNumber(text[parts[1]], 1, LastWeek, out var week)
                || !TryNumber(text[parts[2]], 0, DaysPerWeek - 1, out var weekday))
            {
                return false;
            }

            day = new PosixDay('M', month, week, weekday, time);
            return true;
        }

        var isJulian = text.StartsWith("J");
        if (!TryNumber(isJulian ? text[1..] : text, isJulian ? 1 : 0, 365, out var number))
        {
            return false;
        }

        day = new PosixDay(isJulian ? 'J' : 'n', 0, 0, number, time);
        return true;
    }

    /// <summary>Its time in a year on the local clock, as seconds since 1970-01-01 00:00 of that clock.</summary>
    public long SecondsIn(int year)
    {
        var date = _kind switch
        {
            'M' => OfWeek(year),
            'J' => new DateOnly(year, 1, 1).AddDays(_day - 1 + (_day > February && DateTime.IsLeapYear(year) ? 1 : 0)),
            _ => new DateOnly(year, 1, 1).AddDays(_day),
        };
        return ((date.DayNumber - new DateOnly(1970, 1, 1).DayNumber) * (long)SecondsPerDay) + _time;
    }

    private DateOnly OfWeek(int year) => _week == LastWeek
        ? DateRangeRule.WeekdayOfMonth(year, _month, _day, -1)!.Value
        : DateRangeRule.WeekdayOfMonth(year, _month, _day, _week)!.Value;

    private static bool TryNumber(ReadOnlySpan<char> text, int least, int most, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= least && number <= most;
}
