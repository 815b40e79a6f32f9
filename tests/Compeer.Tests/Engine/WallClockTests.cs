using Compeer.Engine;
using Compeer.Engine.Events;
using Compeer.Engine.Model;

namespace Compeer.Tests.Engine;

/// <summary>Jumps of the wall clock, and check periods.</summary>
public sealed class WallClockTests
{
    private const int Hour = 3600;

    private readonly TestClock _clock = new();
    private readonly Transition _transition = new();

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    [InlineData(8760)]
    [InlineData(-8760)]
    public void Advance_WallClockJumps_NeitherBurstsNorStops(int jumpHours)
    {
        var site = new TestSite();
        for (var number = 0; number < 200; number++)
        {
            site.Host($"host{number}");
        }

        var engine = site.Build();
        engine.Gain(_clock.Now, site.All(), TimeSpan.Zero, _transition);
        for (var round = 0; round < 400; round++)
        {
            RunNext(engine);
        }

        var before = ChecksIn(engine, TimeSpan.FromMinutes(5));
        _clock.JumpWall(TimeSpan.FromHours(jumpHours));
        var due = engine.NextWake!.Value;
        engine.Advance(_clock.Now, _transition);
        Assert.Equal(due, engine.NextWake);
        var after = ChecksIn(engine, TimeSpan.FromMinutes(5));
        Assert.Equal(200, before);
        Assert.Equal(before, after);
        Assert.All(site.All(), id => Assert.InRange(engine[id].LatencyTicks, 0, TimeSpan.FromMilliseconds(1).Ticks));
    }

    [Fact]
    public void Advance_OutsideCheckPeriod_WaitsForTheNextOpening()
    {
        // The clock stands at 05:06:07 UTC.
        (var site, var engine) = WithPeriod("UTC", 9, 17);
        DateTimeOffset expected = new(2026, 3, 4, 9, 0, 0, TimeSpan.Zero);
        (var id, var at) = RunNext(engine);
        Assert.Equal(site.Id("web1"), id);
        Assert.InRange(at, expected, expected.AddMinutes(1));
    }

    [Fact]
    public void Advance_OverDaylightSaving_ChecksFollowTheLocalClock()
    {
        // Working days' hours on the clock of Stockholm, over the night in which summer time begins there.
        var dayBefore = new DateTimeOffset(2026, 3, 28, 5, 0, 0, TimeSpan.Zero);
        (_, var engine) = WithPeriod("Europe/Stockholm", 8, 9, dayBefore);
        var hours = new List<(int Day, int Hour)>();
        for (var round = 0; round < 36; round++)
        {
            var at = RunNext(engine).At;
            hours.Add((at.Day, at.Hour));
        }

        // In UTC: at seven on the 28th, at six on the days after.
        Assert.Equal([(28, 7), (29, 6), (30, 6)], hours.Distinct());
        Assert.All(hours.GroupBy(hour => hour.Day), day => Assert.InRange(day.Count(), 11, 13));
    }

    [Fact]
    public void Advance_WallClockJumpsIntoThePeriod_ChecksStartSoon()
    {
        (var site, var engine) = WithPeriod("UTC", 9, 17);
        Assert.True(engine.NextCheck(site.Id("web1")) > _clock.Now.Monotonic + TimeSpan.FromHours(3));

        // The daemon is told to look again soon, although nothing is due for hours.
        Assert.InRange(engine.NextWake!.Value - _clock.Now.Monotonic, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        _clock.JumpWall(TimeSpan.FromHours(5));
        var jumped = _clock.Now.Wall;
        Assert.InRange(RunNext(engine).At, jumped, jumped + TimeSpan.FromMinutes(2));
    }

    [Fact]
    public void Advance_WallClockJumpsOutOfThePeriod_CheckWaits()
    {
        (var site, var engine) = WithPeriod("UTC", 5, 17);
        _clock.JumpWall(TimeSpan.FromHours(13));
        engine.Advance(_clock.MoveTo(engine.NextWake!.Value), _transition);
        Assert.Empty(_transition.Checks);
        var untilFive = new DateTimeOffset(2026, 3, 5, 5, 0, 0, TimeSpan.Zero) - _clock.Now.Wall;
        var wait = engine.NextCheck(site.Id("web1"))!.Value - _clock.Now.Monotonic;
        Assert.InRange(wait, untilFive, untilFive + TimeSpan.FromMinutes(1));
    }

    [Fact]
    public void Gain_PeriodThatNeverComes_IsNotScheduled()
    {
        var site = new TestSite().Host("web1", TestSite.DefaultChecking with { CheckPeriod = TestSite.Period("none") });
        var engine = site.Build();
        engine.Gain(_clock.Now, site.All(), TimeSpan.Zero, _transition);
        Assert.Null(engine.NextWake);
    }

    [Fact]
    public void Gain_ManyInOnePeriod_DoNotStartInItsFirstSecond()
    {
        var checking = TestSite.DefaultChecking with { CheckPeriod = TestSite.Period("day", (3, 9 * Hour, 17 * Hour)) };
        var site = new TestSite();
        for (var number = 0; number < 600; number++)
        {
            site.Host($"host{number}", checking);
        }

        var engine = site.Build();
        engine.Gain(_clock.Now, site.All(), TimeSpan.Zero, _transition);
        var mostInASecond = site.All()
            .GroupBy(id => (long)engine.NextCheck(id)!.Value.TotalSeconds)
            .Max(second => second.Count());
        Assert.InRange(mostInASecond, 10, 30);
    }

    private (TestSite Site, MonitoringEngine Engine) WithPeriod(string zone, int from, int to, DateTimeOffset? wall = null)
    {
        var period =
            TestSite.Period("hours", [.. Enumerable.Range(0, 7).Select(day => (day, from * Hour, to * Hour))]);
        var site = new TestSite { Zone = Zones.Find(zone) }
            .Host("web1", TestSite.DefaultChecking with { CheckPeriod = period });
        var engine = site.Build();
        _clock.JumpWall((wall ?? TestClock.Epoch) - TestClock.Epoch);
        engine.Gain(_clock.Now, site.All(), TimeSpan.Zero, _transition);
        return (site, engine);
    }

    private (CheckableId Id, DateTimeOffset At) RunNext(MonitoringEngine engine)
    {
        for (var wake = 0; wake < 2000; wake++)
        {
            _transition.Clear();
            engine.Advance(_clock.MoveTo(engine.NextWake!.Value), _transition);
            foreach (var check in _transition.Checks)
            {
                engine.Complete(_clock.Now, check.Id, Results.Exited(_clock.Now, 0), _transition);
            }

            if (_transition.Checks.Count > 0)
            {
                return (_transition.Checks[0].Id, _clock.Now.Wall);
            }
        }

        throw new InvalidOperationException("two thousand wake-ups without a check");
    }

    private int ChecksIn(MonitoringEngine engine, TimeSpan time)
    {
        var checks = 0;
        var end = _clock.Now.Monotonic + time;
        while (engine.NextWake is { } wake && wake <= end)
        {
            _transition.Clear();
            engine.Advance(_clock.MoveTo(wake), _transition);
            foreach (var check in _transition.Checks)
            {
                engine.Complete(_clock.Now, check.Id, Results.Exited(_clock.Now, 0), _transition);
                checks++;
            }
        }

        _clock.MoveTo(end);
        return checks;
    }
}
