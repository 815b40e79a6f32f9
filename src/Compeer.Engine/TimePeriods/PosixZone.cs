using System.Globalization;

namespace Compeer.Engine.TimePeriods;

/// <summary>
/// A POSIX <c>TZ</c> text. Grammar: <c>std offset [dst [offset] [,start[/time],end[/time]]]</c>; names are three letters or more,
/// or anything between angle brackets; offsets count westwards, <c>[+-]hh[:mm[:ss]]</c>; a day is <c>Mmonth.week.weekday</c>,
/// <c>Jday</c> or <c>day</c>.
/// </summary>
internal sealed class PosixZone
{
    /// <summary>The calendar repeats after 400 years.</summary>
    public const long CycleSeconds = 146_097L * SecondsPerDay;

    private const int SecondsPerDay = 86_400;
    private const int CycleYears = 400;
    private const int FirstYear = 1900;

    /// <summary>What the C library takes for daylight saving time without rules: those of the United States.</summary>
    private const string DefaultRules = ",M3.2.0,M11.1.0";

    private readonly LocalTimeType _standard;
    private readonly (LocalTimeType Type, PosixDay Start, PosixDay End)? _daylight;

    private PosixZone(LocalTimeType standard, (LocalTimeType Type, PosixDay Start, PosixDay End)? daylight)
    {
        _standard = standard;
        _daylight = daylight;
    }

    /// <summary>Reads the text; null when it is none.</summary>
    public static PosixZone? Parse(ReadOnlySpan<char> text)
    {
        if (!TryName(ref text, out var standard) || !TryClock(ref text, 24, out var west))
        {
            return null;
        }

        LocalTimeType type = new(TimeSpan.FromSeconds(-west), standard);
        if (text.IsEmpty)
        {
            return new PosixZone(type, null);
        }

        if (!TryName(ref text, out var name))
        {
            return null;
        }

        var daylightWest = west - 3600;
        if (!text.IsEmpty && text[0] != ',' && !TryClock(ref text, 24, out daylightWest))
        {
            return null;
        }

        var rules = text.IsEmpty ? DefaultRules : text;
        return TryDay(ref rules, out var start) && TryDay(ref rules, out var end) && rules.IsEmpty
            ? new PosixZone(type, (new LocalTimeType(TimeSpan.FromSeconds(-daylightWest), name), start, end))
            : null;
    }

    /// <summary>The zone that is nothing but this text.</summary>
    public ZoneRules ToRules()
    {
        var changes = new List<(long At, LocalTimeType After)>();
        AddChanges(changes, long.MinValue, FirstYear);
        return Build(_standard, changes, CycleFrom(changes));
    }

    /// <summary>Adds the changes of a whole cycle of the calendar, as far as they are later than a time.</summary>
    public void AddChanges(List<(long At, LocalTimeType After)> changes, long after, int firstYear)
    {
        if (_daylight is not var (daylight, start, end))
        {
            return;
        }

        for (var year = firstYear; year <= firstYear + CycleYears + 2; year++)
        {
            Add((start.SecondsIn(year) - Seconds(_standard), daylight));
            Add((end.SecondsIn(year) - Seconds(daylight), _standard));
        }

        void Add((long At, LocalTimeType After) change)
        {
            if (change.At > after)
            {
                changes.Add(change);
            }
        }
    }

    /// <summary>From when on the changes that were added repeat.</summary>
    public static long CycleFrom(List<(long At, LocalTimeType After)> added) =>
        added.Count == 0 ? long.MaxValue : added.Min(change => change.At);

    /// <summary>A zone of these changes.</summary>
    public static ZoneRules Build(LocalTimeType first, List<(long At, LocalTimeType After)> changes, long cycleFrom)
    {
        // Where one year's daylight saving time ends as the next one's begins, the later said one counts.
        var times = new List<long>(changes.Count);
        var after = new List<LocalTimeType>(changes.Count);
        foreach (var change in changes.OrderBy(change => change.At))
        {
            if (times.Count > 0 && times[^1] == change.At)
            {
                after[^1] = change.After;
                continue;
            }

            times.Add(change.At);
            after.Add(change.After);
        }

        return new ZoneRules(first, [.. times], [.. after], cycleFrom);
    }

    private static long Seconds(LocalTimeType type) => type.Offset.Ticks / TimeSpan.TicksPerSecond;

    private static bool TryName(ref ReadOnlySpan<char> text, out string name)
    {
        const int ShortestName = 3;
        name = "";
        if (text.StartsWith("<"))
        {
            var end = text.IndexOf('>');
            name = end < 0 ? "" : text[1..end].ToString();
            text = text[(end + 1)..];
        }
        else
        {
            var end = 0;
            while (end < text.Length && char.IsAsciiLetter(text[end]))
            {
                end++;
            }

            name = text[..end].ToString();
            text = text[end..];
        }

        return name.Length >= ShortestName && !name.Any(char.IsControl);
    }

    private static bool TryDay(ref ReadOnlySpan<char> text, out PosixDay day)
    {
        const int LongestTime = 167;
        const int TwoOClock = 2 * 3600;
        day = default;
        if (!text.StartsWith(","))
        {
            return false;
        }

        text = text[1..];
        var end = text.IndexOfAny('/', ',');
        var date = end < 0 ? text : text[..end];
        text = end < 0 ? default : text[end..];
        var time = TwoOClock;
        if (text.StartsWith("/"))
        {
            text = text[1..];
            if (!TryClock(ref text, LongestTime, out time))
            {
                return false;
            }
        }

        return PosixDay.TryParse(date, time, out day);
    }

    private static bool TryClock(ref ReadOnlySpan<char> text, int mostHours, out int seconds)
    {
        seconds = 0;
        var sign = text.StartsWith("-") ? -1 : 1;
        text = text.StartsWith("-") || text.StartsWith("+") ? text[1..] : text;
        var unit = 3600;
        for (var part = 0; part < 3; part++)
        {
            var end = 0;
            while (end < text.Length && char.IsAsciiDigit(text[end]))
            {
                end++;
            }

            if (!int.TryParse(text[..end], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                || number > (part == 0 ? mostHours : 59))
            {
                return false;
            }

            seconds += number * unit;
            unit /= 60;
            text = text[end..];
            if (!text.StartsWith(":"))
            {
                break;
            }

            text = text[1..];
        }

        seconds *= sign;
        return true;
    }
}
