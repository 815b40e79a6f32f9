using Compeer.Configuration.Objects.Definitions;
using Compeer.Engine.TimePeriods;

namespace Compeer.Tests.Engine.TimePeriods;

public sealed class DateRangeRuleTests
{
    private const int Hour = 3600;

    /// <summary>A range as kind, start, end and step, and days of which it covers the first few and not the others.</summary>
    public static TheoryData<string, DateRange, string, string> Cases => new()
    {
        {
            "2026-12-24 - 2026-12-26", Calendar("2026-12-24", "2026-12-26"), "2026-12-24 2026-12-26",
            "2026-12-23 2026-12-27 2027-12-25"
        },
        {
            "2026-01-01 / 3", Calendar("2026-01-01", "2026-01-01", 3), "2026-01-01 2026-01-04 2030-01-01",
            "2025-12-29 2026-01-02 2030-01-02"
        },
        {
            "2026-01-01 - 2026-01-10 / 3", Calendar("2026-01-01", "2026-01-10", 3), "2026-01-04 2026-01-10",
            "2026-01-05 2026-01-13"
        },
        {
            "february 10", Range(DateRangeKind.MonthDate, new(0, 2, 10, 0, 0), null), "2026-02-10 2031-02-10",
            "2026-02-11 2026-03-10"
        },
        {
            "february 28 - march 2", Range(DateRangeKind.MonthDate, new(0, 2, 28, 0, 0), new(0, 3, 2, 0, 0)),
            "2028-02-29 2026-03-02", "2026-02-27 2026-03-03"
        },
        {
            "december 24 - january 6", Range(DateRangeKind.MonthDate, new(0, 12, 24, 0, 0), new(0, 1, 6, 0, 0)),
            "2026-12-24 2026-12-31 2027-01-01 2027-01-06", "2026-12-23 2027-01-07"
        },
        {
            "february -1", Range(DateRangeKind.MonthDate, new(0, 2, -1, 0, 0), null), "2026-02-28 2028-02-29",
            "2028-02-28 2026-03-31"
        },
        { "february 30: never", Range(DateRangeKind.MonthDate, new(0, 2, 30, 0, 0), null), "", "2026-02-28 2026-03-02" },
        {
            "day 1 - 15", Range(DateRangeKind.MonthDay, new(0, 0, 1, 0, 0), new(0, 0, 15, 0, 0)), "2026-02-01 2026-07-15",
            "2026-07-16 2026-06-30"
        },
        {
            "day 1 - 15 / 5", Range(DateRangeKind.MonthDay, new(0, 0, 1, 0, 0), new(0, 0, 15, 0, 0), 5),
            "2026-02-01 2026-02-06 2026-02-11", "2026-02-02 2026-02-16 2026-02-21"
        },
        {
            "day 28 - 3", Range(DateRangeKind.MonthDay, new(0, 0, 28, 0, 0), new(0, 0, 3, 0, 0)),
            "2026-02-28 2026-03-01 2026-03-03 2026-12-31", "2026-03-04 2026-03-27"
        },
        {
            "day 28 - 3 / 2", Range(DateRangeKind.MonthDay, new(0, 0, 28, 0, 0), new(0, 0, 3, 0, 0), 2),
            "2026-03-28 2026-03-30 2026-04-01 2026-04-03", "2026-03-29 2026-03-31 2026-04-02"
        },
        {
            "day 20 - 31", Range(DateRangeKind.MonthDay, new(0, 0, 20, 0, 0), new(0, 0, 31, 0, 0)), "2026-02-28 2026-06-30",
            "2026-06-19"
        },
        { "day -1", Range(DateRangeKind.MonthDay, new(0, 0, -1, 0, 0), null), "2026-02-28 2026-06-30", "2026-06-29" },
        {
            "monday 3 february", Range(DateRangeKind.MonthWeekday, new(0, 2, 0, 1, 3), null), "2026-02-16 2027-02-15",
            "2026-02-09 2026-03-16"
        },
        {
            "thursday 4 november - friday 4 november",
            Range(DateRangeKind.MonthWeekday, new(0, 11, 0, 4, 4), new(0, 11, 0, 5, 4)),
            "2026-11-26 2026-11-27", "2026-11-28 2026-11-25"
        },
        {
            "thursday -1", Range(DateRangeKind.Weekday, new(0, 0, 0, 4, -1), null), "2026-03-26 2026-12-31",
            "2026-03-19 2026-03-27"
        },
        { "sunday 5", Range(DateRangeKind.Weekday, new(0, 0, 0, 0, 5), null), "2026-03-29", "2026-02-22 2026-03-22" },
        {
            "friday 1 - friday 2", Range(DateRangeKind.Weekday, new(0, 0, 0, 5, 1), new(0, 0, 0, 5, 2)),
            "2026-03-06 2026-03-13", "2026-03-05 2026-03-14"
        },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Covers_EachForm_IsTheDaysItSays(string directive, DateRange range, string inside, string outside)
    {
        Assert.NotEmpty(directive);
        Assert.All(Days(inside), day => Assert.True(DateRangeRule.Covers(range, day), $"{day:O}"));
        Assert.All(Days(outside), day => Assert.False(DateRangeRule.Covers(range, day), $"{day:O}"));
    }

    [Fact]
    public void Covers_RandomRanges_IsLikeWalkingFromEachStart()
    {
        var random = new Random(17);
        var covered = 0;
        var wrapped = 0;
        for (var round = 0; round < 800; round++)
        {
            var range = RandomRange(random);
            if (!IsAlike(range))
            {
                continue;
            }

            var walked = Walk(range, 2026, ref wrapped);
            for (var day = new DateOnly(2026, 1, 1); day.Year == 2026; day = day.AddDays(1))
            {
                Assert.True(walked.Contains(day) == DateRangeRule.Covers(range, day), $"{range} {day:O}");
                covered += walked.Contains(day) ? 1 : 0;
            }
        }

        Assert.True(covered > 10_000 && wrapped > 100, $"{covered} {wrapped}");
    }

    [Fact]
    public void Contains_ExceptionsAndExclusions_DecideTheDay()
    {
        var clock = new TimePeriodClock(ZoneRules.Utc);
        var lunch =
            TestSite.Period("lunch", [.. Enumerable.Range(0, 7).Select(day => (day, 12 * Hour, 13 * Hour))]);
        (int, int, int)[] workdays = [.. Enumerable.Range(1, 5).Select(day => (day, 8 * Hour, 17 * Hour))];
        var period = TestSite.Period("work", workdays) with
        {
            Exceptions =
            [
                Calendar("2026-03-05", "2026-03-05") with { Times = [] }, // a Thursday off
                Calendar("2026-03-07", "2026-03-07") with { Times = [new TimeRange(11 * Hour, 14 * Hour)] }, // a Saturday's work
                Range(DateRangeKind.Weekday, new(0, 0, 0, 4, 1), null), // loses against the date
            ],
            Exclusions = [lunch],
        };
        Assert.True(clock.Contains(period, At("2026-03-04T11:59:59Z")));
        Assert.False(clock.Contains(period, At("2026-03-04T12:00:00Z")));
        Assert.True(clock.Contains(period, At("2026-03-04T13:00:00Z")));
        Assert.False(clock.Contains(period, At("2026-03-05T10:00:00Z")));
        Assert.True(clock.Contains(period, At("2026-03-07T11:00:00Z")));
        Assert.False(clock.Contains(period, At("2026-03-07T09:00:00Z")));
        Assert.Equal(At("2026-03-04T13:00:00Z"), clock.NextValid(period, At("2026-03-04T12:30:00Z")));
        Assert.Equal(At("2026-03-06T08:00:00Z"), clock.NextValid(period, At("2026-03-04T17:00:00Z")));
        Assert.Equal(At("2026-03-07T13:00:00Z"), clock.NextValid(period, At("2026-03-07T12:00:00Z")));
    }

    [Fact]
    public void NextValid_LeapDayOnly_IsFoundYearsAhead()
    {
        var clock = new TimePeriodClock(ZoneRules.Utc);
        var period = TestSite.Period("leap") with
        {
            Exceptions = [Range(DateRangeKind.MonthDate, new(0, 2, 29, 0, 0), null)],
        };
        Assert.Equal(At("2028-02-29T00:00:00Z"), clock.NextValid(period, At("2026-03-04T12:00:00Z")));
    }

    [Fact]
    public void NextValid_DateInThePast_IsNever()
    {
        var clock = new TimePeriodClock(ZoneRules.Utc);
        var period = TestSite.Period("past") with { Exceptions = [Calendar("2020-01-01", "2020-01-01")] };
        Assert.Null(clock.NextValid(period, At("2026-03-04T12:00:00Z")));
        Assert.Equal(At("2020-01-01T00:00:00Z"), clock.NextValid(period, At("2019-12-31T12:00:00Z")));
    }

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, null);

    private static IEnumerable<DateOnly> Days(string days) =>
        days.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(day => DateOnly.ParseExact(day, "yyyy-MM-dd"));

    private static DateRange Calendar(string start, string end, int skip = 0) =>
        Range(DateRangeKind.CalendarDate, DatePointOf(start), DatePointOf(end), skip);

    private static DatePoint DatePointOf(string date)
    {
        var day = DateOnly.ParseExact(date, "yyyy-MM-dd");
        return new DatePoint(day.Year, day.Month, day.Day, 0, 0);
    }

    private static DateRange Range(DateRangeKind kind, DatePoint start, DatePoint? end, int skip = 0) => new()
    {
        Kind = kind,
        Start = start,
        End = end ?? start,
        SkipInterval = skip,
        Times = [new TimeRange(0, 86_400)],
    };

    private static DateRange RandomRange(Random random)
    {
        var kind = (DateRangeKind)random.Next(1, 5);
        int Signed(int end) => random.Next(2) == 0 ? random.Next(1, end) : -random.Next(1, end);
        DatePoint Point() => kind switch
        {
            DateRangeKind.MonthDate => new(0, random.Next(1, 13), Signed(29), 0, 0),
            DateRangeKind.MonthDay => new(0, 0, Signed(29), 0, 0),
            DateRangeKind.MonthWeekday => new(0, random.Next(1, 13), 0, random.Next(7), Signed(5)),
            _ => new(0, 0, 0, random.Next(7), Signed(5)),
        };
        return Range(kind, Point(), random.Next(3) == 0 ? null : Point(), random.Next(3) == 0 ? random.Next(2, 9) : 0);
    }

    /// <summary>Whether the range goes over the end of its month or year either always or never. Else (from the third-last
    /// Wednesday to the third-last Sunday) each month is taken for itself, which walking cannot tell.</summary>
    private static bool IsAlike(DateRange range)
    {
        var isYearly = range.Kind is DateRangeKind.MonthDate or DateRangeKind.MonthWeekday;
        var days = Enumerable.Range(0, 3 * 365).Select(new DateOnly(2025, 1, 1).AddDays);
        bool[] orders =
        [
            .. days.GroupBy(day => isYearly ? day.Year * 12 : (day.Year * 12) + day.Month)
                .Select(unit => (Start: unit.Where(day => Is(range.Start, day)), End: unit.Where(day => Is(range.End, day))))
                .Select(unit => unit.Start.Any() && unit.End.Any() ? unit.Start.First() <= unit.End.First() : (bool?)null)
                .OfType<bool>().Distinct(),
        ];
        return orders.Length == 1;
    }

    /// <summary>The slow twin: from each start in this year and the one before, day by day to the next end.</summary>
    private static HashSet<DateOnly> Walk(DateRange range, int year, ref int wrapped)
    {
        var days = new HashSet<DateOnly>();
        var isYearly = range.Kind is DateRangeKind.MonthDate or DateRangeKind.MonthWeekday;
        for (var start = new DateOnly(year - 1, 1, 1); start.Year <= year; start = start.AddDays(1))
        {
            if (!Is(range.Start, start))
            {
                continue;
            }

            var isSingle = range.Start == range.End;
            for (var day = start; ; day = day.AddDays(1))
            {
                if ((day.DayNumber - start.DayNumber) % Math.Max(1, range.SkipInterval) == 0)
                {
                    days.Add(day);
                }

                if (isSingle || Is(range.End, day))
                {
                    wrapped += (isYearly ? day.Year != start.Year : day.Month != start.Month) ? 1 : 0;
                    break;
                }
            }
        }

        return days;
    }

    private static bool Is(DatePoint point, DateOnly day)
    {
        var last = DateTime.DaysInMonth(day.Year, day.Month);
        var isMonth = point.Month == 0 || point.Month == day.Month;
        var isDay = point.Day == 0 || day.Day == (point.Day > 0 ? point.Day : last + 1 + point.Day);
        var week = point.WeekdayOffset > 0 ? (day.Day + 6) / 7 : -((last - day.Day + 7) / 7);
        var isWeekday = point.WeekdayOffset == 0 || ((int)day.DayOfWeek == point.Weekday && week == point.WeekdayOffset);
        return isMonth && isDay && isWeekday;
    }
}
