using Compeer.Objects.Definitions;

namespace Compeer.Engine.TimePeriods;

/// <summary>
/// Time periods in one time zone: is a time inside, and when is the next time that is. Ranges are times of the local clock:
/// 08:00 is 08:00 also on the day that daylight saving begins. An hour that is skipped then does not exist, and an hour
/// that comes twice counts twice. (Naemon adds the seconds to the day's midnight, which shifts all ranges of
/// those two days by an hour.)
/// </summary>
internal sealed class TimePeriodClock(TimeZoneInfo timeZone)
{
    private const int SecondsPerDay = 86_400;

    // Weekly ranges return within eight days; a boundary or two a range, and a change of the offset now and then.
    private const int LongestSearch = 4096;

    /// <summary>The zone.</summary>
    public TimeZoneInfo TimeZone => timeZone;

    /// <summary>Whether the time is inside the period; a null period is always.</summary>
    public bool Contains(TimePeriodDefinition? period, DateTimeOffset time)
    {
        if (period is null)
        {
            return true;
        }

        DateTime local = Local(time);
        int second = (int)(local.TimeOfDay.Ticks / TimeSpan.TicksPerSecond);
        foreach (TimeRange range in period.Weekdays[(int)local.DayOfWeek])
        {
            if (second >= range.Start && second < range.End)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The first time inside the period that is not before <paramref name="from"/>; null when none comes.</summary>
    public DateTimeOffset? NextValid(TimePeriodDefinition? period, DateTimeOffset from)
    {
        DateTimeOffset time = from;
        for (int step = 0; step < LongestSearch; step++)
        {
            if (Contains(period, time))
            {
                return time;
            }

            if (period!.Weekdays.All(day => day.IsEmpty))
            {
                return null;
            }

            time = NextChange(period, time);
        }

        return null;
    }

    /// <summary>The next time at which the answer can be another one: a range's start, midnight, or a change of the zone's
    /// offset, whichever is first. Later than <paramref name="time"/>, on a full second.</summary>
    private DateTimeOffset NextChange(TimePeriodDefinition period, DateTimeOffset time)
    {
        DateTime local = Local(time);
        int second = (int)(local.TimeOfDay.Ticks / TimeSpan.TicksPerSecond);
        int next = SecondsPerDay;
        foreach (TimeRange range in period.Weekdays[(int)local.DayOfWeek])
        {
            if (range.Start > second && range.Start < next)
            {
                next = range.Start;
            }
        }

        long fullSecond = time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerSecond);
        var candidate = new DateTimeOffset(fullSecond + ((next - second) * TimeSpan.TicksPerSecond), TimeSpan.Zero);
        return Offset(candidate) == Offset(time) ? candidate : OffsetChange(time, candidate);
    }

    /// <summary>The first full second after <paramref name="early"/>, at most <paramref name="late"/>, with another offset than
    /// <paramref name="early"/> has.</summary>
    private DateTimeOffset OffsetChange(DateTimeOffset early, DateTimeOffset late)
    {
        TimeSpan offset = Offset(early);
        long low = early.UtcTicks / TimeSpan.TicksPerSecond;
        long high = late.UtcTicks / TimeSpan.TicksPerSecond;
        while (high - low > 1)
        {
            long middle = (low + high) / 2;
            if (Offset(new DateTimeOffset(middle * TimeSpan.TicksPerSecond, TimeSpan.Zero)) == offset)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        return new DateTimeOffset(high * TimeSpan.TicksPerSecond, TimeSpan.Zero);
    }

    private TimeSpan Offset(DateTimeOffset time) => timeZone.GetUtcOffset(time);

    private DateTime Local(DateTimeOffset time) => new(time.UtcTicks + Offset(time).Ticks, DateTimeKind.Unspecified);
}
