using Compeer.Engine;
using Compeer.Engine.Model;
using Compeer.Objects.Definitions;

namespace Compeer.Tests.Engine;

/// <summary>Who checks what, and when for the first time.</summary>
public sealed class OwnershipTests : EngineTest
{
    [Fact]
    public void NewEngine_NothingOwned_NothingIsScheduled()
    {
        TestSite site = SmallSite();
        MonitoringEngine engine = site.Build();
        Assert.Equal(3, engine.Count);
        Assert.Null(engine.NextWake);
        engine.Advance(Clock.Now, Transition);
        Assert.True(Transition.IsEmpty);
        Assert.All(site.All(), id => Assert.False(engine.IsOwned(id)));
    }

    [Fact]
    public void Gain_NeverChecked_IsSpreadOverTheInterval()
    {
        var site = new TestSite();
        for (int number = 0; number < 1000; number++)
        {
            site.Host($"host{number}");
        }

        MonitoringEngine engine = site.Build();
        engine.Gain(Clock.Now, site.All(), Transition);
        var perMinute = new int[5];
        foreach (CheckableId id in site.All())
        {
            TimeSpan delay = engine.NextCheck(id)!.Value - Clock.Now.Monotonic;
            Assert.InRange(delay, TimeSpan.Zero, TestSite.DefaultChecking.CheckInterval);
            perMinute[(int)delay.TotalMinutes]++;
        }

        Assert.All(perMinute, count => Assert.InRange(count, 120, 280));
    }

    [Fact]
    public void Gain_TwoPeers_AgreeOnTheTimeOfFirstChecks()
    {
        TestSite site = SmallSite();
        MonitoringEngine one = site.Build();
        MonitoringEngine other = site.Build();
        one.Gain(Clock.Now, site.All(), Transition);
        var later = new EngineTime(TimeSpan.FromDays(3), Clock.Now.Wall + TimeSpan.FromMilliseconds(1));
        other.Gain(later, site.All(), Transition);
        Assert.All(site.All(), id => Assert.Equal(
            Clock.Now.Wall + (one.NextCheck(id) - Clock.Now.Monotonic),
            later.Wall + (other.NextCheck(id) - later.Monotonic)));
    }

    [Fact]
    public void Lose_CheckInFlight_ItsResultIsTakenAndNothingIsScheduled()
    {
        TestSite site = SmallSite();
        CheckableId id = site.Id("web1");
        MonitoringEngine engine = Owning(site, id);
        CheckToRun check = StartNext(engine);
        engine.Lose(Clock.Now, [id], discardRunning: false, Transition);
        Assert.False(engine.IsOwned(id));
        Assert.Equal(CompletionStatus.Taken, Finish(engine, check, 2));
        Assert.Single(Transition.Changes);
        Assert.Null(engine.NextWake);
        Assert.Equal(0, engine[id].NextCheckTicks);
    }

    [Fact]
    public void Gain_CheckStillInFlight_IsNotStartedTwice()
    {
        TestSite site = SmallSite();
        CheckableId id = site.Id("web1");
        MonitoringEngine engine = Owning(site, id);
        CheckToRun check = StartNext(engine);
        engine.Lose(Clock.Now, [id], discardRunning: false, Transition);
        engine.Gain(Clock.Now, [id], Transition);
        Assert.Null(engine.NextWake);
        Finish(engine, check, 0);
        Assert.NotNull(engine.NextCheck(id));
    }

    [Fact]
    public void Lose_DiscardRunning_LateResultIsNotTakenForANewerOne()
    {
        TestSite site = SmallSite();
        CheckableId id = site.Id("web1");
        MonitoringEngine engine = Owning(site, id);
        CheckToRun stale = StartNext(engine);
        engine.Lose(Clock.Now, [id], discardRunning: true, Transition);
        Assert.Equal(CompletionStatus.NotRunning, Finish(engine, stale, 2));
        engine.Gain(Clock.Now, [id], Transition);
        CheckToRun fresh = StartNext(engine);
        Assert.Equal(CompletionStatus.Superseded, Finish(engine, stale, 2));
        Assert.True(engine.IsRunning(id));
        Assert.Equal(CompletionStatus.Taken, Finish(engine, fresh, 0));
        Assert.Equal(0, engine[id].State);
    }

    [Fact]
    public void Store_OwnedObject_IsScheduledByItsNewState()
    {
        TestSite site = SmallSite();
        CheckableId id = site.Id("web1");
        MonitoringEngine engine = Owning(site, id);
        CheckState state = CheckState.Pending(0) with
        {
            HasBeenChecked = true,
            LastCheckTicks = Clock.Now.Wall.UtcTicks,
            NextCheckTicks = (Clock.Now.Wall + TimeSpan.FromSeconds(42)).UtcTicks,
        };
        engine.Store(id, state);
        Assert.Same(state, engine[id]);
        Assert.Equal(Clock.Now.Monotonic + TimeSpan.FromSeconds(42), engine.NextWake);
    }

    [Fact]
    public void Gain_ManyOverdue_AreSpreadOverAFewSeconds()
    {
        var site = new TestSite();
        for (int number = 0; number < 300; number++)
        {
            site.Host($"host{number}");
        }

        MonitoringEngine engine = site.Build();
        foreach (CheckableId id in site.All())
        {
            engine.Store(id, CheckState.Pending(0) with
            {
                HasBeenChecked = true,
                LastCheckTicks = (Clock.Now.Wall - TimeSpan.FromSeconds(303)).UtcTicks,
                NextCheckTicks = (Clock.Now.Wall - TimeSpan.FromSeconds(3)).UtcTicks,
            });
        }

        engine.Gain(Clock.Now, site.All(), Transition);
        TimeSpan[] delays = [.. site.All().Select(id => engine.NextCheck(id)!.Value - Clock.Now.Monotonic)];
        Assert.All(delays, delay => Assert.InRange(delay, TimeSpan.Zero, TimeSpan.FromSeconds(3)));
        Assert.InRange(delays.Count(delay => delay < TimeSpan.FromSeconds(1)), 60, 140);
    }

    public static TheoryData<string> NotScheduled => ["execute_service_checks=0", "active_checks_enabled 0", "check_interval 0"];

    [Theory]
    [MemberData(nameof(NotScheduled))]
    public void Gain_NotToBeChecked_IsOwnedButNotScheduled(string why)
    {
        CheckSettings checking = why switch
        {
            "active_checks_enabled 0" => TestSite.DefaultChecking with { ActiveChecksEnabled = false },
            "check_interval 0" => TestSite.DefaultChecking with { CheckInterval = TimeSpan.Zero },
            _ => TestSite.DefaultChecking,
        };
        TestSite site = new TestSite { Main = TestSite.DefaultMain with { ExecuteServiceChecks = why[0] != 'e' } }
            .Host("web1").Service("web1", "HTTP", checking);
        MonitoringEngine engine = site.Build();
        engine.Gain(Clock.Now, [site.Id("web1", "HTTP")], Transition);
        Assert.True(engine.IsOwned(site.Id("web1", "HTTP")));
        Assert.Null(engine.NextWake);
    }

    [Fact]
    public void Gain_HostWithoutCommand_IsNotScheduled()
    {
        TestSite site = new TestSite().Host("web1", command: null);
        site.Build();
        MonitoringEngine engine = Owning(site, site.Id("web1"));
        Assert.Null(engine.NextWake);
        Assert.Equal(0, engine[site.Id("web1")].State);
    }

    [Fact]
    public void NewEngine_InitialState_IsAHardProblem()
    {
        TestSite site = new TestSite().Host("web1").Service("web1", "HTTP", TestSite.DefaultChecking with { InitialState = 2 });
        CheckState state = site.Build()[site.Id("web1", "HTTP")];
        Assert.Equal((2, 2, 3), (state.State, state.LastHardState, state.Attempt));
        Assert.Equal((false, false), (state.IsSoft, state.HasBeenChecked));
    }
}
