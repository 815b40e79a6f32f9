using Compeer.Configuration.Main;
using Compeer.Configuration.Objects.Definitions;
using Compeer.Engine;
using Compeer.Engine.Model;
using Compeer.Engine.Site;
using Compeer.Engine.Snapshot;

namespace Compeer.Tests.Engine.Site;

/// <summary>An engine takes up another configuration.</summary>
public sealed class EngineChangeTests : EngineHarness
{
    private static readonly CheckSettings Slower = TestSite.DefaultChecking with { CheckInterval = TimeSpan.FromMinutes(20) };
    private static readonly CheckSettings Faster = TestSite.DefaultChecking with { CheckInterval = TimeSpan.FromMinutes(1) };

    [Fact]
    public void TakeUp_OtherNumbers_StateTimeAndOwnershipGoAlong()
    {
        var before = Site("web1");
        var engine = Owning(before, before.Id("web1"), before.Id("web1", "HTTP"));
        Finish(engine, StartNext(engine), code: 2);
        var http = engine[before.Id("web1", "HTTP")];
        var host = engine[before.Id("web1")];
        Assert.True(http.HasBeenChecked || host.HasBeenChecked);
        var due = engine.NextCheck(before.Id("web1", "HTTP"));
        var hostDue = engine.NextCheck(before.Id("web1"));

        var after = Site("aaa", "web0", "web1");
        TakeUp(engine, after);

        Assert.NotEqual(before.Id("web1", "HTTP"), after.Id("web1", "HTTP"));
        Assert.Same(http, engine[after.Id("web1", "HTTP")]);
        Assert.Same(host, engine[after.Id("web1")]);
        Assert.Equal((due, hostDue), (engine.NextCheck(after.Id("web1", "HTTP")), engine.NextCheck(after.Id("web1"))));
        Assert.True(engine.IsOwned(after.Id("web1")) && engine.IsOwned(after.Id("web1", "HTTP")));
        Assert.False(engine.IsOwned(after.Id("web1", "PING")) || engine.IsOwned(after.Id("aaa")));
        Assert.Equal((2, 2), (engine.Snapshot(Clock.Now).Owned, engine.Snapshot(Clock.Now).Scheduled));
        Assert.Empty(Output.Changes);
        Assert.Same(after.Objects, engine.Snapshot(Clock.Now).Objects);
    }

    [Fact]
    public void TakeUp_AddedObject_IsPendingAndNobodysUntilItIsGained()
    {
        var before = Site("web1");
        var engine = Owning(before, before.Id("web1"));
        var after = Site("web0", "web1");
        TakeUp(engine, after);

        var added = after.Id("web0", "HTTP");
        Assert.False(engine[added].HasBeenChecked);
        Assert.Null(engine.NextCheck(added));
        engine.Gain(Clock.Now, [added], TimeSpan.Zero, Output);
        Assert.InRange(
            engine.NextCheck(added)!.Value - Clock.Now.Monotonic, TimeSpan.Zero, TestSite.DefaultChecking.CheckInterval);
    }

    [Fact]
    public void Complete_ResultOfEarlierNumbers_GoesToItsObjectThroughSeveralChanges()
    {
        var site = Site("web1");
        var engine = Owning(site, site.Id("web1", "PING"));
        var check = StartNext(engine);
        TakeUp(engine, site = Site("aaa", "web1"));
        TakeUp(engine, site = Site("aaa", "bbb", "ccc", "web1", "zzz"));
        Assert.True(engine.IsRunning(site.Id("web1", "PING")));
        Assert.Null(engine.NextCheck(site.Id("web1", "PING")));

        Assert.Equal(CompletionStatus.Taken, Finish(engine, check, code: 2));

        var change = Assert.Single(Output.Changes);
        Assert.Equal(site.Id("web1", "PING"), change.Id);
        Assert.Equal(2, engine[site.Id("web1", "PING")].State);
        Assert.NotNull(engine.NextCheck(site.Id("web1", "PING")));
        Assert.Equal(CompletionStatus.NotRunning, Finish(engine, check, code: 2));
    }

    [Fact]
    public void Complete_ResultOfARemovedObject_IsIgnoredAlsoWhenItIsBack()
    {
        var site = Site("aaa", "web1");
        var engine = Owning(site, site.Id("web1", "PING"));
        var check = StartNext(engine);
        TakeUp(engine, Site("aaa"));
        Assert.Equal((0, 0), (engine.Snapshot(Clock.Now).Owned, engine.Snapshot(Clock.Now).Running));
        Assert.Null(engine.NextWake);
        TakeUp(engine, site = Site("aaa", "web1"));

        Assert.Equal(CompletionStatus.Removed, Finish(engine, check, code: 2));

        var snapshot = engine.Snapshot(Clock.Now);
        Assert.Equal((default, new IgnoredResults(0, 0, Removed: 1)), (snapshot.HostChecks.Ignored, snapshot.ServiceChecks.Ignored));
        Assert.Empty(Output.Changes);
        Assert.False(engine[site.Id("web1", "PING")].HasBeenChecked);
    }

    [Fact]
    public void Complete_DiscardedRun_IsStillIgnoredAfterAChange()
    {
        var site = Site("web1");
        var engine = Owning(site, site.Id("web1", "PING"));
        var stale = StartNext(engine);
        engine.Lose(Clock.Now, [site.Id("web1", "PING")], discardRunning: true);
        TakeUp(engine, site = Site("aaa", "web1"));
        engine.Gain(Clock.Now, [site.Id("web1", "PING")], TimeSpan.Zero, Output);
        var fresh = StartNext(engine);

        Assert.Equal(CompletionStatus.Superseded, Finish(engine, stale, code: 2));
        Assert.Equal(CompletionStatus.Taken, Finish(engine, fresh, code: 0));
    }

    [Fact]
    public void TakeUp_LongerInterval_IsSpreadBetweenTheTimeItHadAndTheNewOne()
    {
        (var engine, var http) = JustChecked();
        var planned = TestSite.DefaultChecking.CheckInterval - TimeSpan.FromMinutes(2);
        Assert.Equal(planned, engine.NextCheck(http)!.Value - Clock.Now.Monotonic);
        TakeUp(engine, Site(Slower, "web1"));

        var wait = engine.NextCheck(http)!.Value - Clock.Now.Monotonic;
        Assert.InRange(wait, planned + TimeSpan.FromTicks(1), Slower.CheckInterval - TimeSpan.FromMinutes(2));
    }

    [Fact]
    public void TakeUp_ShorterInterval_CountsFromTheLastCheckAndSpreadsWhatIsOverdueByIt()
    {
        (var engine, var http) = JustChecked();
        TakeUp(engine, Site(TestSite.DefaultChecking with { CheckInterval = TimeSpan.FromMinutes(3) }, "web1"));
        Assert.Equal(TimeSpan.FromMinutes(1), engine.NextCheck(http)!.Value - Clock.Now.Monotonic);

        TakeUp(engine, Site(Faster, "web1"));
        Assert.InRange(engine.NextCheck(http)!.Value - Clock.Now.Monotonic, TimeSpan.Zero, Faster.CheckInterval);
    }

    [Fact]
    public void TakeUp_WhatIsDueAlready_StaysDue()
    {
        (var engine, var http) = JustChecked();
        Clock.MoveTo(engine.NextCheck(http)!.Value);
        TakeUp(engine, Site(Slower, "web1"));

        Assert.Equal(Clock.Now.Monotonic, engine.NextCheck(http));
    }

    [Fact]
    public void TakeUp_RunningCheckWithAnotherInterval_IsNotStartedAgain()
    {
        var site = Site("web1");
        var engine = Owning(site, site.Id("web1", "PING"));
        var check = StartNext(engine);
        TakeUp(engine, Site(Slower, "web1"));
        Assert.Null(engine.NextWake);

        Finish(engine, check, code: 0);
        var wait = engine.NextCheck(check.Id)!.Value - Clock.Now.Monotonic;
        Assert.InRange(wait, Slower.CheckInterval - TimeSpan.FromSeconds(1), Slower.CheckInterval);
    }

    [Fact]
    public void TakeUp_ChecksSwitchedOffAndOnAgain_FollowsEachTime()
    {
        var site = Site("web1");
        var engine = Owning(site, [.. site.All()]);
        var hostsOnly = Site(TestSite.DefaultMain with { ExecuteServiceChecks = false }, TestSite.DefaultChecking, "web1");
        TakeUp(engine, hostsOnly);
        engine.Advance(Clock.Move(TestSite.DefaultChecking.CheckInterval), Output);
        Assert.Equal([site.Id("web1")], Output.Checks.Select(check => check.Id));
        Finish(engine, Output.Checks[0], code: 0);

        TakeUp(engine, Site("web1"));
        Output.Clear();
        Assert.Equal(3, engine.Snapshot(Clock.Now).Scheduled);
        engine.Advance(Clock.Move(TestSite.DefaultChecking.CheckInterval), Output);
        Assert.Contains(Output.Checks, check => check.Id == site.Id("web1", "PING"));
    }

    [Fact]
    public void TakeUp_HoursOfACheckPeriodChanged_MovesTheCheckIntoThem()
    {
        TestSite Timed(int start, int end)
        {
            var period = TestSite.Period("hours", [.. Enumerable.Range(0, 7).Select(day => (day, start, end))]);
            var site = new TestSite().Host("web1").Service("web1", "HTTP", TestSite.DefaultChecking with { CheckPeriod = period });
            site.Periods.Add(period);
            site.Build();
            return site;
        }

        var now = (int)Clock.Now.Wall.TimeOfDay.TotalSeconds;
        var open = Timed(0, 86_400);
        var engine = Owning(open, open.Id("web1", "HTTP"));
        var free = engine.NextCheck(open.Id("web1", "HTTP"))!.Value;
        var opening = now < 43_200 ? now + 7_200 : now - 7_200;
        TakeUp(engine, Timed(opening, opening + 3_600));

        var wait = engine.NextCheck(open.Id("web1", "HTTP"))!.Value - Clock.Now.Monotonic;
        var expected = TimeSpan.FromSeconds((opening - now + 86_400) % 86_400);
        Assert.InRange(wait, expected - TimeSpan.FromSeconds(1), expected + TimeSpan.FromMinutes(1));

        TakeUp(engine, Timed(0, 86_400));
        Assert.InRange(
            engine.NextCheck(open.Id("web1", "HTTP"))!.Value, Clock.Now.Monotonic, free + TestSite.DefaultChecking.CheckInterval);
    }

    [Theory]
    [InlineData(2, 3, true, 2, 2, true)]
    [InlineData(3, 3, false, 2, 2, false)]
    [InlineData(3, 3, false, 5, 5, false)]
    [InlineData(2, 3, true, 5, 2, true)]
    [InlineData(2, 3, true, 1, 1, true)]
    public void TakeUp_OtherMaxCheckAttempts_FitsTheAttemptOfOwnedProblems(
        int attempt, int most, bool isSoft, int mostNow, int attemptNow, bool isSoftNow)
    {
        var site = Site(TestSite.DefaultChecking with { MaxCheckAttempts = most }, "web1");
        var engine = site.Build();
        var ping = site.Id("web1", "PING");
        var http = site.Id("web1", "HTTP");
        var problem = CheckState.Pending(2) with { Attempt = attempt, IsSoft = isSoft, HasBeenChecked = true };
        engine.Store(ping, problem, TimeSpan.Zero);
        engine.Store(http, problem, TimeSpan.Zero);
        engine.Gain(Clock.Now, [ping], TimeSpan.Zero, Output);
        Output.Clear();

        TakeUp(engine, Site(TestSite.DefaultChecking with { MaxCheckAttempts = mostNow }, "web1"));

        Assert.Equal((attemptNow, isSoftNow), (engine[ping].Attempt, engine[ping].IsSoft));
        Assert.Equal(attempt == attemptNow ? [] : [ping], Output.Changes.Select(change => change.Id));
        Assert.Same(problem, engine[http]);
    }

    [Fact]
    public void Gain_HardProblemFromAPeerWithFewerAttempts_StaysHard()
    {
        var site = Site(TestSite.DefaultChecking with { MaxCheckAttempts = 5 }, "web1");
        var engine = site.Build();
        var ping = site.Id("web1", "PING");
        engine.Store(ping, CheckState.Pending(2) with { Attempt = 3, HasBeenChecked = true, LastHardState = 2 }, TimeSpan.Zero);
        engine.Gain(Clock.Now, [ping], TimeSpan.Zero, Output);
        Assert.Equal(5, Assert.Single(Output.Changes).After.Attempt);

        Finish(engine, StartNext(engine), code: 2);

        Assert.False(engine[ping].IsSoft);
        Assert.Empty(Output.Log);
    }

    [Fact]
    public void TakeUp_OtherCommand_IsUsedFromTheNextCheckOn()
    {
        var site = Site("web1");
        var engine = Owning(site, site.Id("web1", "HTTP"));
        var due = engine.NextCheck(site.Id("web1", "HTTP"));
        var other = new TestSite().Host("web1").Service("web1", "HTTP", command: "check_other $HOSTNAME$")
            .Service("web1", "PING");
        other.Build();
        TakeUp(engine, other);

        Assert.Equal(due, engine.NextCheck(site.Id("web1", "HTTP")));
        Assert.Equal("check_other web1"u8.ToArray(), StartNext(engine).CommandLine.ToArray());
    }

    [Fact]
    public void TakeUp_PreparedForAnotherConfiguration_IsRefusedAndChangesNothing()
    {
        var site = Site("web1");
        var engine = site.Build();
        var running = engine.Configuration;
        var change = EngineChange.Prepare(Site("aaa").Configuration, Site("bbb").Configuration);

        Assert.Throws<InvalidOperationException>(() => engine.TakeUp(Clock.Now, change, Output));
        Assert.Same(running, engine.Configuration);
    }

    [Fact]
    public void Snapshot_TakenBefore_KeepsItsOwnConfigurationAndStates()
    {
        var before = Site("web1");
        var engine = Owning(before, [.. before.All()]);
        var snapshot = engine.Snapshot(Clock.Now);
        var state = engine[before.Id("web1", "PING")];
        TakeUp(engine, Site("aaa", "web1"));
        Finish(engine, StartNext(engine), code: 2);

        Assert.Same(before.Objects, snapshot.Objects);
        Assert.Equal(3, snapshot.Count);
        Assert.Same(state, snapshot[before.Id("web1", "PING")]);
    }

    private static TestSite Site(params string[] hosts) => Site(TestSite.DefaultChecking, hosts);

    private static TestSite Site(CheckSettings checking, params string[] hosts) => Site(TestSite.DefaultMain, checking, hosts);

    private static TestSite Site(MainConfiguration main, CheckSettings checking, params string[] hosts)
    {
        var site = new TestSite { Main = main };
        foreach (var host in hosts)
        {
            site.Host(host, checking).Service(host, "HTTP", checking).Service(host, "PING", checking);
        }

        site.Build();
        return site;
    }

    private void TakeUp(MonitoringEngine engine, TestSite site)
    {
        Output.Clear();
        engine.TakeUp(Clock.Now, EngineChange.Prepare(engine.Configuration, site.Configuration), Output);
    }

    /// <summary>Owns a service that was checked two minutes ago.</summary>
    private (MonitoringEngine Engine, CheckableId Http) JustChecked()
    {
        var site = Site("web1");
        var engine = site.Build();
        var http = site.Id("web1", "HTTP");
        var checkedAt = Clock.Now.Wall - TimeSpan.FromMinutes(2);
        engine.Store(http, CheckState.Pending(0) with
        {
            HasBeenChecked = true,
            LastCheckTicks = checkedAt.UtcTicks,
            NextCheckTicks = (checkedAt + TestSite.DefaultChecking.CheckInterval).UtcTicks,
        }, TimeSpan.Zero);
        engine.Gain(Clock.Now, [http], TimeSpan.Zero, Output);
        return (engine, http);
    }
}
