using Compeer.Configuration.Objects.Definitions;
using Compeer.Engine.Model;
using Compeer.Engine.Scheduling;

namespace Compeer.Tests.Engine.Scheduling;

public sealed class CheckTimingTests
{
    private static readonly DateTimeOffset Wall = TestClock.Epoch;
    private static readonly CheckSettings Settings = TestSite.DefaultChecking;

    [Theory]
    [InlineData(300)]
    [InlineData(1)]
    [InlineData(86_400)]
    public void First_AnyFraction_LiesWithinTheSpread(int intervalSeconds)
    {
        var interval = TimeSpan.FromSeconds(intervalSeconds);
        var window = interval < CheckTiming.LongestSpread ? interval : CheckTiming.LongestSpread;
        for (double fraction = 0; fraction < 1; fraction += 0.01)
        {
            var delay = CheckTiming.First(interval, fraction, Wall);
            Assert.True(delay >= TimeSpan.Zero && delay < window, $"{fraction} {delay}");
        }
    }

    [Fact]
    public void First_AskedLater_IsTheSameTime()
    {
        var delay = CheckTiming.First(Settings.CheckInterval, 0.6, Wall);
        var later = CheckTiming.First(Settings.CheckInterval, 0.6, Wall + (delay / 2));
        Assert.Equal(Wall + delay, Wall + (delay / 2) + later);
    }

    [Fact]
    public void First_OfWhatIsKnownForTheWholeSpread_IsWithinTheTimeOfATakeover()
    {
        for (double fraction = 0; fraction < 1; fraction += 0.01)
        {
            var moved = CheckTiming.First(Settings.CheckInterval, fraction, Wall, known: Settings.CheckInterval);
            Assert.InRange(moved, TimeSpan.Zero, CheckTiming.LongestTakeover);
            Assert.Equal(
                CheckTiming.First(Settings.CheckInterval, fraction, Wall),
                CheckTiming.First(Settings.CheckInterval, fraction, Wall, known: TimeSpan.Zero));
        }
    }

    [Fact]
    public void Continue_InAFutureThatAWrongClockGave_WaitsNoFurtherIntervalWhereItIsKnownForOne()
    {
        var late = Enumerable.Range(0, 100).Select(place => place / 100.0)
            .Where(fraction => CheckTiming.First(Settings.CheckInterval, fraction, Wall) > CheckTiming.LongestTakeover).ToArray();

        Assert.NotEmpty(late);
        Assert.All(late, fraction => Assert.InRange(
            CheckTiming.Continue(Checked(1_000), Settings, fraction, Wall, TimeSpan.Zero, known: Settings.CheckInterval),
            TimeSpan.Zero,
            CheckTiming.LongestTakeover));
    }

    [Fact]
    public void Continue_DueInTheFuture_IsThen() =>
        Assert.Equal(TimeSpan.FromSeconds(77), CheckTiming.Continue(Checked(77), Settings, 0.5, Wall, TimeSpan.Zero));

    [Fact]
    public void Continue_CheckedJustNowByAPeerWhoseClockIsAhead_IsNotCheckedAtOnce() =>
        Assert.Equal(Settings.CheckInterval, CheckTiming.Continue(Checked(303), Settings, 0.5, Wall, TimeSpan.Zero));

    [Theory]
    [InlineData(-1)]
    [InlineData(-299)]
    public void Continue_Overdue_IsSpreadOverAFewSeconds(int dueIn)
    {
        Assert.Equal(TimeSpan.Zero, CheckTiming.Continue(Checked(dueIn), Settings, 0, Wall, TimeSpan.Zero));
        Assert.Equal(CheckTiming.LongestTakeover / 2, CheckTiming.Continue(Checked(dueIn), Settings, 0.5, Wall, TimeSpan.Zero));
    }

    [Fact]
    public void Continue_OverdueWithShortInterval_IsSpreadOverATenthOfIt()
    {
        var settings = Settings with { CheckInterval = TimeSpan.FromSeconds(10) };
        Assert.Equal(TimeSpan.FromSeconds(0.5), CheckTiming.Continue(Checked(-5), settings, 0.5, Wall, TimeSpan.Zero));
    }

    [Theory]
    [InlineData(-301)]
    [InlineData(-1_000_000)]
    [InlineData(306)]
    [InlineData(1_000_000)]
    public void Continue_FarFromDue_IsSpreadOverTheInterval(int dueIn) => Assert.Equal(
        CheckTiming.First(Settings.CheckInterval, 0.5, Wall), CheckTiming.Continue(Checked(dueIn), Settings, 0.5, Wall, TimeSpan.Zero));

    [Fact]
    public void Continue_NoNextCheck_CountsFromTheLast()
    {
        var state = Checked(0) with { NextCheckTicks = 0, LastCheckTicks = Wall.UtcTicks - TimeSpan.FromMinutes(2).Ticks };
        Assert.Equal(TimeSpan.FromMinutes(3), CheckTiming.Continue(state, Settings, 0.5, Wall, TimeSpan.Zero));
    }

    /// <summary>The result of a former owner's long check: the object is due again at its end, not overdue by all that time.</summary>
    [Fact]
    public void Continue_NoNextCheckAfterALongOne_CountsFromItsEnd()
    {
        var ran = TimeSpan.FromMinutes(11);
        var state = Checked(0) with { NextCheckTicks = 0, LastCheckTicks = (Wall - ran).UtcTicks, ExecutionTicks = ran.Ticks };
        Assert.InRange(
            CheckTiming.Continue(state, Settings, 0.5, Wall, TimeSpan.Zero), TimeSpan.Zero, CheckTiming.LongestTakeover);
    }

    [Theory]
    [InlineData(true, 60, 310)]
    [InlineData(false, 60, 300)]
    [InlineData(true, 0, 300)]
    public void AfterResult_EachState_HasItsInterval(bool isSoftProblem, int retrySeconds, int expectedSeconds)
    {
        // Started at 0, back after 250 s.
        var settings = Settings with { RetryInterval = TimeSpan.FromSeconds(retrySeconds) };
        var due = CheckTiming.AfterResult(settings, isSoftProblem, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.FromSeconds(250));
        Assert.Equal(TimeSpan.FromSeconds(expectedSeconds), due);
    }

    [Fact]
    public void AfterResult_RanLongerThanItsInterval_IsNow() => Assert.Equal(
        TimeSpan.FromSeconds(400),
        CheckTiming.AfterResult(Settings, isSoftProblem: false, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.FromSeconds(400)));

    [Theory]
    [InlineData(0, 300)]
    [InlineData(1, 300)]
    [InlineData(299, 300)]
    [InlineData(300, 600)]
    [InlineData(301, 600)]
    [InlineData(975, 1200)]
    [InlineData(1000, 1250)]
    [InlineData(1199, 1424.25)]
    public void AfterResult_StartedLate_GoesBackToItsTurns(int late, double expected)
    {
        var started = TimeSpan.FromSeconds(late);
        var now = started + TimeSpan.FromMilliseconds(5);
        Assert.Equal(TimeSpan.FromSeconds(expected), After(TimeSpan.Zero, started, now));
    }

    /// <summary>It passed before this node had the object.</summary>
    [Theory]
    [InlineData(3, 300)]
    [InlineData(75, 300)]
    [InlineData(76, 338)]
    [InlineData(150, 375)]
    [InlineData(225, 450)]
    [InlineData(299, 524.25)]
    public void AfterResult_MadeUpForATurn_GoesBackToItsTurns(int late, double expected)
    {
        var due = TimeSpan.FromSeconds(late);
        Assert.Equal(TimeSpan.FromSeconds(expected), After(due, due, due + TimeSpan.FromMilliseconds(5)));
    }

    [Theory]
    [InlineData(600, false, null)]
    [InlineData(601, false, 0)]
    [InlineData(601, true, null)]
    public void LeftTurn_DueAtATurnOrCountedFromTheResult_IsNone(int next, bool isSoftProblem, int? expected) => Assert.Equal(
        expected is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        CheckTiming.LeftTurn(Settings, isSoftProblem, TimeSpan.Zero, TimeSpan.FromSeconds(next)));

    [Fact]
    public void AfterResult_NoInterval_IsNone() => Assert.Null(CheckTiming.AfterResult(
        Settings with { CheckInterval = TimeSpan.Zero }, isSoftProblem: false, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero));

    [Fact]
    public void AfterResult_TinyInterval_IsTheShortestAllowed()
    {
        var settings = Settings with { CheckInterval = TimeSpan.FromTicks(1) };
        var due = CheckTiming.AfterResult(settings, isSoftProblem: false, default, default, default, default);
        Assert.Equal(TimeSpan.FromMilliseconds(100), due);
    }

    private static TimeSpan? After(TimeSpan due, TimeSpan started, TimeSpan now) =>
        CheckTiming.AfterResult(Settings, isSoftProblem: false, due, TimeSpan.Zero, started, now);

    private static CheckState Checked(int dueInSeconds) => CheckState.Pending(0) with
    {
        HasBeenChecked = true,
        LastCheckTicks = Wall.UtcTicks - TimeSpan.FromSeconds(300 - dueInSeconds).Ticks,
        NextCheckTicks = Wall.UtcTicks + TimeSpan.FromSeconds(dueInSeconds).Ticks,
    };
}
