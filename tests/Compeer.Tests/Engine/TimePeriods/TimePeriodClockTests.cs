using System.Collections.Immutable;
using Compeer.Configuration.Objects.Definitions;
using Compeer.Engine.TimePeriods;

namespace Compeer.Tests.Engine.TimePeriods;

public sealed class TimePeriodClockTests
{
    private const int Hour = 3600;

    private static readonly TimePeriodClock Stockholm = new(Zones.Find("Europe/Stockholm"));

    private static readonly TimePeriodDefinition WorkHours =
        TestSite.Period("workhours", [.. Enumerable.Range(1, 5).Select(day => (day, 8 * Hour, 17 * Hour))]);

    private static readonly TimePeriodDefinition Night =
        TestSite.Period("night", [.. Enumerable.Range(0, 7).Select(day => (day, 2 * Hour, 3 * Hour))]);

    [Theory]
    [InlineData("2026-03-06T06:59:59Z", false)] // Friday 07:59:59 there
    [InlineData("2026-03-06T07:00:00Z", true)]
    [InlineData("2026-03-06T15:59:59Z", true)]
    [InlineData("2026-03-06T16:00:00Z", false)]
    [InlineData("2026-03-07T09:00:00Z", false)] // Saturday
    [InlineData("2026-07-06T06:00:00Z", true)] // in summer an hour earlier
    [InlineData("2026-07-06T05:59:59Z", false)]
    public void Contains_WorkHours_AreOfTheLocalClock(string time, bool expected) =>
        Assert.Equal(expected, Stockholm.Contains(WorkHours, DateTimeOffset.Parse(time, null)));

    [Theory]
    [InlineData("2026-03-06T16:00:00Z", "2026-03-09T07:00:00Z")] // Friday evening: Monday
    [InlineData("2026-03-27T16:00:00Z", "2026-03-30T06:00:00Z")] // over the beginning of summer time
    [InlineData("2026-10-23T15:00:00Z", "2026-10-26T07:00:00Z")] // over its end
    [InlineData("2026-03-06T10:00:00.5Z", "2026-03-06T10:00:00.5Z")] // inside: now
    [InlineData("2026-03-06T06:59:59.5Z", "2026-03-06T07:00:00Z")] // to the full second
    public void NextValid_WorkHours_IsTheNextOpening(string from, string expected) =>
        Assert.Equal(DateTimeOffset.Parse(expected, null), Stockholm.NextValid(WorkHours, DateTimeOffset.Parse(from, null)));

    /// <summary>Two periods at each level that exclude both of the next: 2^40 ways lead to the last.</summary>
    [Fact]
    public void Contains_PeriodsThatShareTheirExclusions_LooksAtEachOnce()
    {
        ImmutableArray<TimePeriodDefinition> level = [WorkHours, WorkHours with { Name = "other" }];
        for (var i = 0; i < 40; i++)
        {
            level = [.. level.Select(period => WorkHours with { Name = $"{period.Name}{i}", Exclusions = level })];
        }

        // Inside the last, so outside of what excludes it, so inside of what excludes that: an even number of levels.
        var friday = DateTimeOffset.Parse("2026-03-06T10:00:00Z", null);
        Assert.True(Stockholm.Contains(level[0], friday));
        Assert.False(Stockholm.Contains(WorkHours with { Exclusions = level }, friday));
        Assert.Null(Stockholm.NextValid(WorkHours with { Exclusions = level }, friday));
    }

    /// <summary>As allow_circular_dependencies lets them; Naemon ends with a crash when it looks at one.</summary>
    [Fact]
    public void Contains_PeriodsThatExcludeEachOther_LeavesOutTheWayBack()
    {
        var lunch = TestSite.Period("lunch", [.. Enumerable.Range(0, 7).Select(day => (day, 12 * 3600, 13 * 3600))]);
        var work = WorkHours with { Exclusions = [lunch] };
        lunch.Exclusions = [work];
        var self = WorkHours with { Name = "self" };
        self.Exclusions = [self, lunch];

        var morning = DateTimeOffset.Parse("2026-03-06T10:00:00Z", null);
        var noon = DateTimeOffset.Parse("2026-03-06T11:30:00Z", null);
        var sunday = DateTimeOffset.Parse("2026-03-08T11:30:00Z", null);
        Assert.True(Stockholm.Contains(work, morning));
        Assert.False(Stockholm.Contains(work, noon));
        Assert.False(Stockholm.Contains(lunch, noon));
        Assert.True(Stockholm.Contains(lunch, sunday));
        Assert.True(Stockholm.Contains(self, morning));
        Assert.Equal(noon + TimeSpan.FromMinutes(30), Stockholm.NextValid(work, noon));
    }

    [Fact]
    public void Contains_LongChainOfExclusions_GoesToItsEnd()
    {
        var last = WorkHours;
        for (var i = 0; i < 20_001; i++)
        {
            last = WorkHours with { Exclusions = [last] };
        }

        Assert.False(Stockholm.Contains(last, DateTimeOffset.Parse("2026-03-06T10:00:00Z", null)));
        Assert.True(Stockholm.Contains(WorkHours with { Exclusions = [last] }, DateTimeOffset.Parse("2026-03-06T10:00:00Z", null)));
    }

    [Fact]
    public void NextValid_HourThatIsSkipped_IsOnTheNextDay() =>
        //// 2026-03-29 has no time from 02:00 to 03:00 there.
        Assert.Equal(
            DateTimeOffset.Parse("2026-03-30T00:00:00Z", null),
            Stockholm.NextValid(Night, DateTimeOffset.Parse("2026-03-28T02:00:00Z", null)));

    [Fact]
    public void Contains_HourThatComesTwice_IsInsideTwice()
    {
        // 2026-10-25: 02:30 is at 00:30 and at 01:30 UTC.
        Assert.True(Stockholm.Contains(Night, DateTimeOffset.Parse("2026-10-25T00:30:00Z", null)));
        Assert.True(Stockholm.Contains(Night, DateTimeOffset.Parse("2026-10-25T01:30:00Z", null)));
        var early = TestSite.Period("early", (0, 2 * Hour, (2 * Hour) + 600));
        Assert.Equal(
            DateTimeOffset.Parse("2026-10-25T01:00:00Z", null),
            Stockholm.NextValid(early, DateTimeOffset.Parse("2026-10-25T00:10:00Z", null)));
    }

    [Fact]
    public void NextValid_EmptyPeriod_IsNever() =>
        Assert.Null(Stockholm.NextValid(TestSite.Period("none"), TestClock.Epoch));

    [Fact]
    public void NextValid_NoPeriod_IsNow() => Assert.Equal(TestClock.Epoch, Stockholm.NextValid(null, TestClock.Epoch));

    [Theory]
    [InlineData("Europe/Stockholm", 2026)]
    [InlineData("America/New_York", 2025)]
    [InlineData("Australia/Lord_Howe", 2026)] // changes by half an hour
    [InlineData("Asia/Kathmandu", 2026)] // off by three quarters of one
    public void NextValid_RandomPeriods_IsTheFirstMinuteInside(string zone, int year)
    {
        var clock = new TimePeriodClock(Zones.Find(zone));
        var random = new Random(year);
        var waited = 0;
        var aroundChange = 0;
        for (var round = 0; round < 300; round++)
        {
            // Ranges on full minutes, so that walking minute by minute finds every opening.
            (int, int, int)[] ranges = [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ =>
            {
                var start = random.Next(0, 1439) * 60;
                return (random.Next(7), start, Math.Min(86_400, start + (random.Next(1, 300) * 60)));
            })];
            var period = TestSite.Period("random", ranges);
            var from = Start(clock.Zone, year, random, out var isNearChange);
            var expected = from;
            while (!clock.Contains(period, expected))
            {
                expected = expected.AddMinutes(1);
            }

            Assert.Equal(expected, clock.NextValid(period, from));
            waited += expected == from ? 0 : 1;
            aroundChange += isNearChange ? 1 : 0;
        }

        Assert.True(waited > 150 && (aroundChange > 50 || zone == "Asia/Kathmandu"), $"{waited} {aroundChange}");
    }

    private static DateTimeOffset Start(ZoneRules zone, int year, Random random, out bool isNearChange)
    {
        var time = new DateTimeOffset(year, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(random.Next(365 * 1440));
        isNearChange = false;
        if (random.Next(2) == 0)
        {
            // Within two days before a change of the offset.
            for (var day = 0; day < 365; day++)
            {
                var candidate = time.AddDays(day);
                if (zone.GetUtcOffset(candidate) != zone.GetUtcOffset(candidate.AddDays(2)))
                {
                    isNearChange = true;
                    return candidate;
                }
            }
        }

        return time;
    }
}
