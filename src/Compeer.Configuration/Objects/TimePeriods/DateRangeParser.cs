using Compeer.Configuration.Objects.Definitions;

namespace Compeer.Configuration.Objects.TimePeriods;

/// <summary>
/// Reads the exceptions of a time period:
/// <code>
/// YYYY-MM-DD [- YYYY-MM-DD] [/ N] RANGES        WEEKDAY N MONTH [- WEEKDAY N MONTH] [/ N] RANGES
/// MONTH D [- [MONTH] D] [/ N] RANGES            WEEKDAY N [- [WEEKDAY] N] [/ N] RANGES
/// day D [- [day] D] [/ N] RANGES
/// </code>
/// Blanks around <c>-</c> and <c>/</c> may be left out, as in Naemon. Days that do not exist are taken, as there: a calendar date
/// runs over into the next month, other days never come.
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
    private string? _warning;

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
        warning = parser._warning ?? warning;
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

        if (year is < 0 or > 9999 || month is < 0 or > 99 || day is < 0 or > 99)
        {
            error = $"{year:0000}-{month:00}-{day:00} is not a date; write YYYY-MM-DD";
            return null;
        }

        var date = Existing(year, month, day);
        if ((date.Year, date.Month, date.Day) != (year, month, day))
        {
            _warning ??= $"{year:0000}-{month:00}-{day:00} does not exist and is read as "
                + date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        }

        return new DatePoint(date.Year, date.Month, date.Day, 0, 0);
    }

    /// <summary>The date that <c>mktime</c> makes of one that does not exist: days and months beyond the last run over.</summary>
    private static DateTime Existing(int year, int month, int day)
    {
        var months = (Math.Max(year, 1) * 12) + month - 1;
        if (months / 12 is < 1 or > 9998)
        {
            return year < 1 || months / 12 < 1 ? DateTime.MinValue : DateTime.MaxValue;
        }

        return new DateTime(months / 12, (months % 12) + 1, 1, 0, 0, 0, DateTimeKind.Unspecified).AddDays(day - 1);
    }

    private DateRange? Words(out string? error)
    {
        error = null;
        if (!TryPoint(out var kind, out var start, out error))
        {
            return null;
        }

        var end = start;
        NoteStart(kind, IsByWeekday(kind) ? start.WeekdayOffset : start.Day);
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
            NoteEnd(kind, number);
            return true;
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

        NoteEnd(kind, IsByWeekday(kind) ? end.WeekdayOffset : end.Day);

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

        return true;
    }

    private static bool IsByWeekday(DateRangeKind kind) => kind is DateRangeKind.Weekday or DateRangeKind.MonthWeekday;

    private static bool Exists(DateRangeKind kind, int number) => number != 0 && Math.Abs(number) <= (IsByWeekday(kind) ? 5 : 31);

    private static string Allowed(DateRangeKind kind)
    {
        var most = IsByWeekday(kind) ? 5 : 31;
        return $"there are 1 to {most} and, from the end of the month, -1 to -{most}";
    }

    private void NoteStart(DateRangeKind kind, int number)
    {
        if (!Exists(kind, number))
        {
            _warning ??= $"{number} is a day that never comes, so the line has no effect; {Allowed(kind)}";
        }
    }

    private void NoteEnd(DateRangeKind kind, int number)
    {
        if (!Exists(kind, number))
        {
            var meaning = number < 0 ? "is a day that never comes, so the line has no effect" : "is read as the last day of the month";
            _warning ??= $"{number} {meaning}; {Allowed(kind)}";
        }
    }

    private bool TrySkip(out int skip, out string? error)
    {
        skip = 0;
        error = null;
        var hasStep = Take('/');
        if (hasStep && !TryNumber(out skip))
        {
            error = "expected a number of days, 1 or more, after '/'";
        }
        else if (hasStep && skip < 1)
        {
            _warning ??= $"'/ {skip}' has no effect; a number of days, 1 or more, belongs there";
            skip = 0;
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
