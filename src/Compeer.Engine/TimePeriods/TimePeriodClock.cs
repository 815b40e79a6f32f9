using System.Collections.Immutable;
using Compeer.Configuration.Objects.Definitions;

namespace Compeer.Engine.TimePeriods;

/// <summary>
/// Time periods in one time zone: is a time inside, and when is the next time that is. Ranges are times of the local clock:
/// 08:00 is 08:00 also on the day that daylight saving begins. An hour that is skipped then does not exist, and an hour
/// that comes twice counts twice. (Naemon adds the seconds to the day's midnight, which shifts all ranges of
/// those two days by an hour.)
/// </summary>
internal sealed class TimePeriodClock(ZoneRules zone)
{
    private const int SecondsPerDay = 86_400;

    /// <summary>How far ahead an opening is looked for: over the next 29 February. Naemon looks 300 days ahead.</summary>
    private static readonly TimeSpan LongestSearch = TimeSpan.FromDays((8 * 365) + 3);

    /// <summary>How long it holds that no opening was found.</summary>
    private static readonly TimeSpan NeverHolds = TimeSpan.FromDays(30);

    private readonly Dictionary<TimePeriodDefinition, PeriodClosure> _closures = new(ReferenceEqualityComparer.Instance);

    // Thousands of checks wait for the same opening of the same few periods.
    private readonly Dictionary<TimePeriodDefinition, Opening> _openings = new(ReferenceEqualityComparer.Instance);

    /// <summary>The zone.</summary>
    public ZoneRules Zone => zone;

    /// <summary>Whether the time is inside the period and not in one that it excludes; a null period is always.</summary>
    public bool Contains(TimePeriodDefinition? period, DateTimeOffset time) => period is null || Contains(period, Local(time));

    /// <summary>The first time inside the period that is not before <paramref name="from"/>; null when none comes.</summary>
    public DateTimeOffset? NextValid(TimePeriodDefinition? period, DateTimeOffset from)
    {
        if (period is null || Contains(period, from))
        {
            return from;
        }

        var isKnown = _openings.TryGetValue(period, out var known);
        if (isKnown && from >= known.From && from < (known.At ?? known.From + NeverHolds))
        {
            return known.At;
        }

        var opening = new Opening(from, Search(period, from));
        _openings[period] = opening;
        return opening.At;
    }

    private DateTimeOffset? Search(TimePeriodDefinition period, DateTimeOffset from)
    {
        if (period.Exceptions.IsEmpty && period.Weekdays.All(day => day.IsEmpty))
        {
            return null;
        }

        var time = from;
        while (time - from < LongestSearch && time.Year < DateTimeOffset.MaxValue.Year)
        {
            time = NextChange(period, time);
            if (Contains(period, time))
            {
                return time;
            }
        }

        return null;
    }

    private bool Contains(TimePeriodDefinition period, DateTime local) => period.Exclusions.IsEmpty
        ? IsInRange(period, local)
        : Closure(period).Contains(local, IsInRange);

    private PeriodClosure Closure(TimePeriodDefinition period)
    {
        if (!_closures.TryGetValue(period, out var closure))
        {
            closure = new PeriodClosure(period);
            _closures.Add(period, closure);
        }

        return closure;
    }

    private static bool IsInRange(TimePeriodDefinition period, DateTime local)
    {
        var second = Second(local);
        foreach (var range in RangesOf(period, local))
        {
            if (second >= range.Start && second < range.End)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The hours of a day: those of the first exception that names it, else its weekday's.</summary>
    private static ImmutableArray<TimeRange> RangesOf(TimePeriodDefinition period, DateTime local)
    {
        foreach (var exception in period.Exceptions)
        {
            if (DateRangeRule.Covers(exception, DateOnly.FromDateTime(local)))
            {
                return exception.Times;
            }
        }

        return period.Weekdays[(int)local.DayOfWeek];
    }

    /// <summary>The next time at which the answer can be another one: a range's start or end, midnight, or a change of the zone's
    /// offset, whichever is first. Later than <paramref name="time"/>, on a full second.</summary>
    private DateTimeOffset NextChange(TimePeriodDefinition period, DateTimeOffset time)
    {
        var local = Local(time);
        var second = Second(local);
        var next = SecondsPerDay;
        foreach (var part in Closure(period).Periods)
        {
            next = NextBoundary(part, local, second, next);
        }

        var fullSecond = time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerSecond);
        var candidate = new DateTimeOffset(fullSecond + ((next - second) * TimeSpan.TicksPerSecond), TimeSpan.Zero);
        return Offset(candidate) == Offset(time) ? candidate : OffsetChange(time, candidate);
    }

    private static int NextBoundary(TimePeriodDefinition period, DateTime local, int second, int next)
    {
        foreach (var range in RangesOf(period, local))
        {
            next = range.Start > second ? Math.Min(next, range.Start) : next;
            next = range.End > second ? Math.Min(next, range.End) : next;
        }

        return next;
    }

    /// <summary>The first full second after <paramref name="early"/>, at most <paramref name="late"/>, with another offset than
    /// <paramref name="early"/> has.</summary>
    private DateTimeOffset OffsetChange(DateTimeOffset early, DateTimeOffset late)
    {
        var offset = Offset(early);
        var low = early.UtcTicks / TimeSpan.TicksPerSecond;
        var high = late.UtcTicks / TimeSpan.TicksPerSecond;
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
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

    private static int Second(DateTime local) => (int)(local.TimeOfDay.Ticks / TimeSpan.TicksPerSecond);

    private TimeSpan Offset(DateTimeOffset time) => zone.GetUtcOffset(time);

    private DateTime Local(DateTimeOffset time)
    {
        var ticks = time.UtcTicks + Offset(time).Ticks;
        return new DateTime(Math.Clamp(ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks), DateTimeKind.Unspecified);
    }

    /// <summary>Looking from this time on, the period opens at that; null when it does not.</summary>
    private readonly record struct Opening(DateTimeOffset From, DateTimeOffset? At);
}
