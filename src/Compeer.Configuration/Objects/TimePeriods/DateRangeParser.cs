using Compeer.Configuration.Objects.Definitions;

namespace Compeer.Configuration.Objects.TimePeriods;

/// <summary>
/// Reads the exceptions of a time period:
/// <code>
/// YYYY-MM-DD [- YYYY-MM-DD] [/ N] RANGES        WEEKDAY N MONTH [- WEEKDAY N MONTH] [/ N] RANGES
/// MONTH D [- [MONTH] D] [/ N] RANGES            WEEKDAY N [- [WEEKDAY] N] [/ N] RANGES
/// day D [- [day] D] [/ N] RANGES
/// </code>
/// Blanks around <c>-</c> and <c>/</c> may be left out, as in Naemon.
/// </summary>
internal ref struct DateRangeParser
{
    private static readonly string[] Weekdays =
        ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

    private static readonly string[] Months =
    [
        "january", "february", "march", "april", "may", "june",
        "july", "august", "september", "october", "november", "december",
    ];

    private ReadOnlySpan<char> _rest;

    /// <summary>The exception in this directive (name and value with a blank between). Null with neither error nor
    /// warning means that it does not look like an exception at all.</summary>
    public static DateRange? Parse(string directive, out string? error, out string? warning)
    {
        warning = null;
        var parser = new DateRangeParser { _rest = directive };
        var isDate = char.IsAsciiDigit(directive.Length == 0 ? ' ' : directive[0]);
        var range = isDate ? parser.CalendarDate(out error) : parser.Words(out error);
        if (range is null || error is not null)
        {
            return null;
        }

        var times = TimeRangeParser.Parse(parser._rest, out error, out warning);
        return error is null ? range with { Times = times } : null;
    }

    /// <summary>The number of this weekday, Sunday being 0; -1 when it is none.</summary>
    public static int WeekdayOf(ReadOnlySpan<char> word) => IndexOf(Weekdays, word);

    private static int IndexOf(string[] names, ReadOnlySpan<char> word)
    {
        for (var i = 0; i < names.Length; i++)
        {
            if (word.SequenceEqual(names[i]))
            {
                return i;
            }
        }

        return -1;
    }

    private static DateRange New(DateRangeKind kind, DatePoint start, DatePoint end, int skip) =>
        new() { Kind = kind, Start = start, End = end, SkipInterval = skip, Times = [] };

    private DateRange? CalendarDate(out string? error)
    {
        var start = Date(out error);
        if (start is null)
        {
            return null;
        }

        var end = start;
        if (Take('-'))
        {
            end = Date(out error);
            if (end is null)
            {
                error ??= "expected a date YYYY-MM-DD after '-'";
                return null;
            }
        }

        return TrySkip(out var skip, out error) ? New(DateRangeKind.CalendarDate, start.Value, end.Value, skip) : null;
    }

    private DatePoint? Date(out string? error)
    {
        error = null;
        if (!TryNumber(out var year) || !Take('-') || !TryNumber(out var month) || !Take('-') || !TryNumber(out var day))
        {
            return null;
        }

        if (year is < 1970 or > 9999 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            error = $"{year:0000}-{month:00}-{day:00} is not a date between 1970-01-01 and 9999-12-31";
            return null;
        }

        return new DatePoint(year, month, day, 0, 0);
    }

    private DateRange? Words(out string? error)
    {
        error = null;
        if (!TryPoint(out var kind, out var start, out error))
        {
            return null;
        }

        var end = start;
        var isRange = Take('-');
        if (isRange && !TryEnd(kind, start, out end, out error))
        {
            return null;
        }

        if (!isRange && Take('/'))
        {
            error = "'/' and a number of days need a range before them, as in 'day 1 - 15 / 5'";
            return null;
        }

        return TrySkip(out var skip, out error) ? New(kind, start, end, skip) : null;
    }

    /// <summary>The end may leave out the unit of the start: <c>day 1 - 15</c>.</summary>
    private bool TryEnd(DateRangeKind kind, DatePoint start, out DatePoint end, out string? error)
    {
        end = start;
        error = null;
        if (TryNumber(out var number) && kind != DateRangeKind.MonthWeekday)
        {
            end = kind == DateRangeKind.Weekday ? start with { WeekdayOffset = number } : start with { Day = number };
            error = Problem(kind, end);
            return error is null;
        }

        if (!TryPoint(out var endKind, out end, out error))
        {
            error ??= "expected the end of the range after '-'";
            return false;
        }

        if (endKind != kind)
        {
            error = "the start and the end of the range are of different kinds";
        }

        return error is null;
    }

    private bool TryPoint(out DateRangeKind kind, out DatePoint point, out string? error)
    {
        kind = default;
        point = default;
        error = null;
        var word = Word();
        var weekday = WeekdayOf(word);
        var month = IndexOf(Months, word);
        if ((weekday < 0 && month < 0 && word is not "day") || !TryNumber(out var number))
        {
            return false;
        }

        if (month >= 0)
        {
            kind = DateRangeKind.MonthDate;
            point = new DatePoint(0, month + 1, number, 0, 0);
        }
        else if (weekday < 0)
        {
            kind = DateRangeKind.MonthDay;
            point = new DatePoint(0, 0, number, 0, 0);
        }
        else
        {
            var before = _rest;
            var ofMonth = IndexOf(Months, Word());
            _rest = ofMonth < 0 ? before : _rest;
            kind = ofMonth < 0 ? DateRangeKind.Weekday : DateRangeKind.MonthWeekday;
            point = new DatePoint(0, ofMonth + 1, 0, weekday, number);
        }

        error = Problem(kind, point);
        return error is null;
    }

    private static string? Problem(DateRangeKind kind, DatePoint point)
    {
        var byWeekday = kind is DateRangeKind.Weekday or DateRangeKind.MonthWeekday;
        var number = byWeekday ? point.WeekdayOffset : point.Day;
        var most = byWeekday ? 5 : 31;
        return number == 0 || Math.Abs(number) > most
            ? $"{number} is out of range; allowed are 1 to {most} and, from the end of the month, -1 to -{most}"
            : null;
    }

    private bool TrySkip(out int skip, out string? error)
    {
        skip = 0;
        error = null;
        if (Take('/') && (!TryNumber(out skip) || skip < 1))
        {
            error = "expected a number of days, 1 or more, after '/'";
        }

        return error is null;
    }

    private ReadOnlySpan<char> Word()
    {
        _rest = _rest.TrimStart(" \t");
        var length = _rest.IndexOfAnyExceptInRange('a', 'z');
        length = length < 0 ? _rest.Length : length;
        var word = _rest[..length];
        _rest = _rest[length..];
        return word;
    }

    private bool Take(char c)
    {
        var rest = _rest.TrimStart(" \t");
        if (rest.IsEmpty || rest[0] != c)
        {
            return false;
        }

        _rest = rest[1..];
        return true;
    }

    /// <summary>A number that is not the hour of a time range.</summary>
    private bool TryNumber(out int number)
    {
        number = 0;
        var rest = _rest.TrimStart(" \t");
        var sign = !rest.IsEmpty && rest[0] is '-' or '+' ? 1 : 0;
        var digits = rest[sign..].IndexOfAnyExceptInRange('0', '9');
        var end = digits < 0 ? rest.Length : sign + digits;
        if (end == sign || end > sign + 6 || (end < rest.Length && rest[end] == ':'))
        {
            return false;
        }

        number = int.Parse(rest[..end], System.Globalization.CultureInfo.InvariantCulture);
        _rest = rest[end..];
        return true;
    }
}
