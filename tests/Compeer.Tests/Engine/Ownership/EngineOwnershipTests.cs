using Compeer.Engine.Model;
using Compeer.Engine.Scheduling;
using Compeer.Engine.Snapshot;

namespace Compeer.Tests.Engine.Ownership;

/// <summary>Gaining and losing objects, and what other peers say of them.</summary>
public sealed class EngineOwnershipTests : EngineHarness
{
    [Fact]
    public void Gain_NeverCheckedThoughItIsKnownForAnInterval_IsCheckedSoon()
    {
        // Its former owner has another clock, and with it another phase: it may have been about to check it.
        var site = SmallSite();
        var engine = Owning(site, site.Id("web1", "HTTP"));
        Clock.Move(TestSite.DefaultChecking.CheckInterval);
        while (CheckTiming.First(TestSite.DefaultChecking.CheckInterval, Spread.Fraction("web1", ""), Clock.Now.Wall)
            < TimeSpan.FromMinutes(4))
        {
            Clock.Move(TimeSpan.FromSeconds(10));
        }

        engine.Gain(Clock.Now, [site.Id("web1")], TimeSpan.Zero, Output);

        Assert.InRange(
            engine.NextCheck(site.Id("web1"))!.Value - Clock.Now.Monotonic, TimeSpan.Zero, CheckTiming.LongestTakeover);
    }

    [Fact]
    public void Complete_NothingInFlight_IsIgnoredAndCounted()
    {
        var site = SmallSite();
        var id = site.Id("web1");
        var engine = Owning(site, id);
        Assert.Equal(CompletionStatus.NotRunning, engine.Complete(Clock.Now, id, Results.Exited(Clock.Now, 2), Output));
        Assert.True(Output.IsEmpty);
        Assert.Equal(new IgnoredResults(NotRunning: 1, 0, 0), engine.Snapshot(Clock.Now).HostChecks.Ignored);
    }

    [Fact]
    public void Lose_CheckInFlight_ItsResultIsTakenAndNothingIsScheduled()
    {
        var site = SmallSite();
        var id = site.Id("web1");
        var engine = Owning(site, id);
        var check = StartNext(engine);
        engine.Lose(Clock.Now, [id], discardRunning: false);
        Assert.False(engine.IsOwned(id));
        Assert.Equal(CompletionStatus.Taken, Finish(engine, check, 2));
        Assert.Single(Output.Changes);
        Assert.Null(engine.NextWake);
        Assert.Equal(0, engine[id].NextCheckTicks);
    }

    [Fact]
    public void Gain_CheckStillInFlight_IsNotStartedTwice()
    {
        var site = SmallSite();
        var id = site.Id("web1");
        var engine = Owning(site, id);
        var check = StartNext(engine);
        engine.Lose(Clock.Now, [id], discardRunning: false);
        engine.Gain(Clock.Now, [id], TimeSpan.Zero, Output);
        Assert.Null(engine.NextWake);
        Finish(engine, check, 0);
        Assert.NotNull(engine.NextCheck(id));
    }

    [Fact]
    public void Lose_DiscardRunning_LateResultIsNotTakenForANewerOne()
    {
        var site = SmallSite();
        var id = site.Id("web1");
        var engine = Owning(site, id);
        var stale = StartNext(engine);
        engine.Lose(Clock.Now, [id], discardRunning: true);
        Assert.Equal(CompletionStatus.NotRunning, Finish(engine, stale, 2));
        engine.Gain(Clock.Now, [id], TimeSpan.Zero, Output);
        var fresh = StartNext(engine);
        Assert.Equal(CompletionStatus.Superseded, Finish(engine, stale, 2));
        Assert.True(engine.IsRunning(id));
        Assert.Equal(CompletionStatus.Taken, Finish(engine, fresh, 0));
        Assert.Equal(0, engine[id].State);
        Assert.Equal(new IgnoredResults(NotRunning: 1, Superseded: 1, 0), engine.Snapshot(Clock.Now).HostChecks.Ignored);
    }

    [Fact]
    public void Lose_DiscardRunning_AlsoOfAnObjectGivenUpBefore()
    {
        var site = SmallSite();
        var id = site.Id("web1");
        var engine = Owning(site, id);
        var stale = StartNext(engine);
        engine.Lose(Clock.Now, [id], discardRunning: false);
        engine.Lose(Clock.Now, [], discardRunning: true);
        Assert.False(engine.IsRunning(id));
        Assert.Equal(CompletionStatus.NotRunning, Finish(engine, stale, 2));
        Assert.False(engine[id].HasBeenChecked);
    }

    [Fact]
    public void Store_OwnedObject_IsScheduledByItsNewState()
    {
        var site = SmallSite();
        var id = site.Id("web1");
        var engine = Owning(site, id);
        var state = CheckState.Pending(0) with
        {
            HasBeenChecked = true,
            LastCheckTicks = Clock.Now.Wall.UtcTicks,
            NextCheckTicks = (Clock.Now.Wall + TimeSpan.FromSeconds(42)).UtcTicks,
        };
        engine.Store(id, state, TimeSpan.Zero);
        Assert.Same(state, engine[id]);
        Assert.Equal(Clock.Now.Monotonic + TimeSpan.FromSeconds(42), engine.NextWake);
    }

    [Fact]
    public void Gain_ManyOverdue_AreSpreadOverAFewSeconds()
    {
        var site = new TestSite();
        for (var number = 0; number < 300; number++)
        {
            site.Host($"host{number}");
        }

        var engine = site.Build();
        foreach (var id in site.All())
        {
            engine.Store(id, CheckState.Pending(0) with
            {
                HasBeenChecked = true,
                LastCheckTicks = (Clock.Now.Wall - TimeSpan.FromSeconds(303)).UtcTicks,
                NextCheckTicks = (Clock.Now.Wall - TimeSpan.FromSeconds(3)).UtcTicks,
            }, TimeSpan.Zero);
        }

        engine.Gain(Clock.Now, site.All(), TimeSpan.Zero, Output);
        TimeSpan[] delays = [.. site.All().Select(id => engine.NextCheck(id)!.Value - Clock.Now.Monotonic)];
        Assert.All(delays, delay => Assert.InRange(delay, TimeSpan.Zero, TimeSpan.FromSeconds(3)));
        Assert.InRange(delays.Count(delay => delay < TimeSpan.FromSeconds(1)), 60, 140);
    }

    public static TheoryData<string> NotScheduled => ["active_checks_enabled 0", "check_interval 0"];

    [Theory]
    [MemberData(nameof(NotScheduled))]
    public void Gain_NotToBeChecked_IsOwnedButNotScheduled(string why)
    {
        var checking = why switch
        {
            "active_checks_enabled 0" => TestSite.DefaultChecking with { ActiveChecksEnabled = false },
            "check_interval 0" => TestSite.DefaultChecking with { CheckInterval = TimeSpan.Zero },
            _ => TestSite.DefaultChecking,
        };
        var site = new TestSite().Host("web1").Service("web1", "HTTP", checking);
        var engine = site.Build();
        engine.Gain(Clock.Now, [site.Id("web1", "HTTP")], TimeSpan.Zero, Output);
        Assert.True(engine.IsOwned(site.Id("web1", "HTTP")));
        Assert.Null(engine.NextWake);
    }

    [Fact]
    public void Gain_HostWithoutCommand_IsNotScheduled()
    {
        var site = new TestSite().Host("web1", command: null);
        site.Build();
        var engine = Owning(site, site.Id("web1"));
        Assert.Null(engine.NextWake);
        Assert.Equal(0, engine[site.Id("web1")].State);
    }

    /// <summary>The former owner's clock is an hour off: what it checked a minute ago is due in four minutes, whatever the hour
    /// that its times name.</summary>
    [Theory]
    [InlineData(3600)]
    [InlineData(-3600)]
    public void Gain_FormerOwnersClockIsOff_ChecksKeepTheirTimes(int secondsAhead)
    {
        var site = SmallSite();
        var id = site.Id("web1");
        var engine = site.Build();
        var ahead = TimeSpan.FromSeconds(secondsAhead);
        var state = CheckedBy(Clock.Now.Wall + ahead, TimeSpan.FromMinutes(1));
        engine.Store(id, state, ahead);
        engine.Gain(Clock.Now, [id], ahead, Output);
        Assert.Equal(Clock.Now.Monotonic + TimeSpan.FromMinutes(4), engine.NextCheck(id));
        engine.Store(id, state with { NextCheckTicks = 0 }, ahead);
        Assert.Equal(Clock.Now.Monotonic + TimeSpan.FromMinutes(4), engine.NextCheck(id));
    }

    [Fact]
    public void Gain_HostWithoutInterval_IsCheckedOnceAndRetriedUntilItIsHard()
    {
        var checking = TestSite.DefaultChecking with { CheckInterval = TimeSpan.Zero, RetryInterval = TimeSpan.FromSeconds(1) };
        var site = new TestSite().Host("lone", checking);
        site.Build();
        var engine = Owning(site, site.Id("lone"));
        Assert.InRange(engine.NextWake!.Value - Clock.Now.Monotonic, TimeSpan.Zero, TimeSpan.FromSeconds(3));
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            Finish(engine, StartNext(engine), 2);
        }

        Assert.Equal((1, false), (engine[site.Id("lone")].State, engine[site.Id("lone")].IsSoft));
        Assert.Null(engine.NextWake);
        engine.Lose(Clock.Now, site.All(), discardRunning: false);
        engine.Gain(Clock.Now, site.All(), TimeSpan.Zero, Output);
        Assert.Null(engine.NextWake);
    }

    private static CheckState CheckedBy(DateTimeOffset clock, TimeSpan age) => CheckState.Pending(0) with
    {
        HasBeenChecked = true,
        LastCheckTicks = (clock - age).UtcTicks,
        NextCheckTicks = (clock - age + TestSite.DefaultChecking.CheckInterval).UtcTicks,
    };
}
