using Compeer.Engine;
using Compeer.Engine.Model;
using Compeer.Objects.Definitions;

namespace Compeer.Tests.Engine;

public sealed class MonitoringEngineTests
{
    private readonly TestClock _clock = new();
    private readonly Transition _transition = new();

    [Fact]
    public void NewEngine_NothingOwned_NothingIsScheduled()
    {
        TestSite site = SmallSite();
        MonitoringEngine engine = site.Build();
        Assert.Equal(3, engine.Count);
        Assert.Null(engine.NextWake);
        engine.Advance(_clock.Now, _transition);
        Assert.True(_transition.IsEmpty);
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
        engine.Gain(_clock.Now, site.All(), _transition);
        var perMinute = new int[5];
        foreach (CheckableId id in site.All())
        {
            TimeSpan delay = engine.NextCheck(id)!.Value - _clock.Now.Monotonic;
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
        one.Gain(_clock.Now, site.All(), _transition);
        var later = new EngineTime(TimeSpan.FromDays(3), _clock.Now.Wall + TimeSpan.FromMilliseconds(1));
        other.Gain(later, site.All(), _transition);
        Assert.All(site.All(), id => Assert.Equal(
            _clock.Now.Wall + (one.NextCheck(id) - _clock.Now.Monotonic),
            later.Wall + (other.NextCheck(id) - later.Monotonic)));
    }

    [Fact]
    public void Advance_CheckDue_AsksForItOnce()
    {
        TestSite site = SmallSite();
        MonitoringEngine engine = Owning(site, site.Id("web1"));
        CheckToRun check = StartNext(engine);
        Assert.Equal(site.Id("web1"), check.Id);
        Assert.Equal("check_host addr.web1", check.CommandLine.Text());
        Assert.Equal(TestSite.DefaultChecking.CheckTimeout, check.Timeout);
        Assert.True(engine.IsRunning(check.Id));
        Assert.Null(engine.NextWake);

        engine.Advance(_clock.Move(TimeSpan.FromDays(1)), _transition);
        Assert.Empty(_transition.Checks);
    }

    [Fact]
    public void Complete_ServiceFallsAndRecovers_StatesAndLogAreNaemons()
    {
        TestSite site = SmallSite();
        CheckableId id = site.Id("web1", "HTTP");
        MonitoringEngine engine = Owning(site, id);
        var log = new List<string>();
        var delays = new List<TimeSpan>();
        foreach (int code in new[] { 0, 2, 2, 1, 1, 0, 0 })
        {
            StartNext(engine);
            CheckState before = engine[id];
            CheckResult result = Results.Exited(_clock.Now, code, $"code;{code}");
            Assert.Equal(CompletionStatus.Taken, engine.Complete(_clock.Now, id, result, _transition));
            log.AddRange(_transition.Lines());
            StateChange change = Assert.Single(_transition.Changes);
            Assert.Same(before, change.Before);
            Assert.Same(engine[id], change.After);
            delays.Add(engine.NextCheck(id)!.Value - _clock.Now.Monotonic);
            Assert.Equal(_clock.Now.Wall.UtcTicks + delays[^1].Ticks, change.After.NextCheckTicks);
        }

        Assert.Equal(
            [
                "SERVICE ALERT: web1;HTTP;CRITICAL;SOFT;1;code:2",
                "SERVICE ALERT: web1;HTTP;CRITICAL;SOFT;2;code:2",
                "SERVICE ALERT: web1;HTTP;WARNING;HARD;3;code:1",
                "SERVICE ALERT: web1;HTTP;OK;HARD;3;code:0",
            ],
            log);
        Assert.Equal([5, 1, 1, 5, 5, 5, 5], delays.Select(delay => delay.TotalMinutes));
    }

    [Fact]
    public void Complete_HostFallsAndRecovers_StatesAndLogAreNaemons()
    {
        TestSite site = SmallSite();
        CheckableId id = site.Id("web1");
        MonitoringEngine engine = Owning(site, id);
        var log = new List<string>();
        foreach (int code in new[] { 0, 2, 3, 1, 2, 2, 2, 2, 0 })
        {
            Finish(engine, StartNext(engine), code);
            log.AddRange(_transition.Lines());
        }

        Assert.Equal(
            [
                "HOST ALERT: web1;DOWN;SOFT;1;text",
                "HOST ALERT: web1;DOWN;SOFT;2;text",
                "HOST ALERT: web1;UP;HARD;3;text",
                "HOST ALERT: web1;DOWN;SOFT;1;text",
                "HOST ALERT: web1;DOWN;SOFT;2;text",
                "HOST ALERT: web1;DOWN;HARD;3;text",
                "HOST ALERT: web1;UP;HARD;1;text",
            ],
            log);
    }

    [Fact]
    public void Complete_RetriesNotLogged_OnlyHardOnesAre()
    {
        TestSite site = SmallSite(TestSite.DefaultMain with { LogServiceRetries = false });
        CheckableId id = site.Id("web1", "HTTP");
        MonitoringEngine engine = Owning(site, id);
        var log = new List<string>();
        foreach (int code in new[] { 2, 0, 2, 2, 2 })
        {
            Finish(engine, StartNext(engine), code);
            log.AddRange(_transition.Lines());
        }

        Assert.Equal(["SERVICE ALERT: web1;HTTP;CRITICAL;HARD;3;text"], log);
    }

    [Fact]
    public void Complete_HostIsDown_ServiceIsHardAtOnce()
    {
        TestSite site = SmallSite();
        CheckableId id = site.Id("web1", "HTTP");
        MonitoringEngine engine = Owning(site, id);
        engine.Store(site.Id("web1"), CheckState.Pending(1) with { HasBeenChecked = true });
        Finish(engine, StartNext(engine), 2);
        Assert.Equal(
            [
                "SERVICE INFO: web1;HTTP; Service switch to hard down state due to host down.",
                "SERVICE ALERT: web1;HTTP;CRITICAL;HARD;1;text",
            ],
            _transition.Lines());
        Assert.True(engine[id].HostProblemAtLastCheck);
    }

    [Theory]
    [InlineData(126, "Warning: Return code of 126 for check of service 'HTTP' on host 'web1' was out of bounds."
        + " Make sure the plugin you're trying to run is executable.")]
    [InlineData(127, "Warning: Return code of 127 for check of service 'HTTP' on host 'web1' was out of bounds."
        + " Make sure the plugin you're trying to run actually exists.")]
    [InlineData(42, "Warning: Return code of 42 for check of service 'HTTP' on host 'web1' was out of bounds.")]
    public void Complete_CodeOutOfBounds_IsLogged(int code, string expected)
    {
        TestSite site = SmallSite();
        MonitoringEngine engine = Owning(site, site.Id("web1", "HTTP"));
        Finish(engine, StartNext(engine), code);
        Assert.Equal(expected, _transition.Lines().First());
    }

    [Fact]
    public void Complete_MissingPlugin_NamesTheProgram()
    {
        TestSite site = SmallSite();
        CheckableId id = site.Id("web1");
        MonitoringEngine engine = Owning(site, id);
        StartNext(engine);
        engine.Complete(_clock.Now, id, Results.Ended(CheckOutcome.NotStarted, 2, 0), _transition);
        Assert.Equal(
            "(No output on stdout) stderr: execvp(check_host, ...) failed. errno is 2: No such file or directory",
            engine[id].Output.Text());
        Assert.Equal(1, engine[id].State);
    }

    [Fact]
    public void Complete_ControlCharacters_DoNotBreakTheLine()
    {
        TestSite site = SmallSite();
        CheckableId id = site.Id("web1", "HTTP");
        MonitoringEngine engine = Owning(site, id);
        StartNext(engine);
        byte[] output = [(byte)'a', (byte)'\n', (byte)'b', 0, 0x1B, (byte)'\r', 0xFF, 0x7F, (byte)'c'];
        engine.Complete(_clock.Now, id, Results.Exited(_clock.Now, 2) with { Output = output }, _transition);
        byte[] expected = [.. "SERVICE ALERT: web1;HTTP;CRITICAL;SOFT;1;a b   "u8, 0xFF, (byte)' ', (byte)'c'];
        Assert.Equal(expected, Assert.Single(_transition.Log).Text.ToArray());
        Assert.Equal(output, engine[id].Output.ToArray());
    }

    [Fact]
    public void Complete_UnchangedText_IsShared()
    {
        TestSite site = SmallSite();
        CheckableId id = site.Id("web1", "HTTP");
        MonitoringEngine engine = Owning(site, id);
        StartNext(engine);
        CheckResult result = Results.Exited(_clock.Now, 0, "a;b") with
        {
            LongOutput = "l;1"u8.ToArray(),
            PerformanceData = "t=1;2"u8.ToArray(),
        };
        engine.Complete(_clock.Now, id, result, _transition);
        CheckState first = engine[id];
        Assert.Equal("a:b", first.Output.Text());
        Assert.Equal("l;1", first.LongOutput.Text());
        Assert.Equal("t=1;2", first.PerformanceData.Text());

        StartNext(engine);
        engine.Complete(_clock.Now, id, result, _transition);
        Assert.Equal(first.Text, engine[id].Text);

        StartNext(engine);
        engine.Complete(_clock.Now, id, result with { Output = "a;c"u8.ToArray() }, _transition);
        Assert.Equal("a:c", engine[id].Output.Text());
    }

    [Fact]
    public void Complete_UnchangedOkResult_AllocatesOneState()
    {
        TestSite site = SmallSite();
        CheckableId id = site.Id("web1", "HTTP");
        MonitoringEngine engine = Owning(site, id);
        const int Rounds = 1000;
        long starting = 0;
        long completing = 0;
        CheckResult result = Results.Exited(_clock.Now, 0);
        for (int round = -10; round < Rounds; round++)
        {
            _transition.Clear();
            _clock.MoveTo(engine.NextWake!.Value);
            long before = GC.GetAllocatedBytesForCurrentThread();
            engine.Advance(_clock.Now, _transition);
            long started = GC.GetAllocatedBytesForCurrentThread();
            engine.Complete(_clock.Now, id, result, _transition);
            long completed = GC.GetAllocatedBytesForCurrentThread();
            starting += round < 0 ? 0 : started - before;
            completing += round < 0 ? 0 : completed - started;
        }

        // A start costs its command line (8 bytes of text), a result its state.
        Assert.InRange(starting / Rounds, 8, 64);
        Assert.InRange(completing / Rounds, 100, 200);
    }

    [Fact]
    public void Complete_NothingInFlight_IsIgnoredAndCounted()
    {
        TestSite site = SmallSite();
        CheckableId id = site.Id("web1");
        MonitoringEngine engine = Owning(site, id);
        Assert.Equal(CompletionStatus.NotRunning, engine.Complete(_clock.Now, id, Results.Exited(_clock.Now, 2), _transition));
        Assert.True(_transition.IsEmpty);
        Assert.Equal(1, engine.Snapshot(_clock.Now).HostChecks.Ignored);
    }

    [Fact]
    public void Lose_CheckInFlight_ItsResultIsTakenAndNothingIsScheduled()
    {
        TestSite site = SmallSite();
        CheckableId id = site.Id("web1");
        MonitoringEngine engine = Owning(site, id);
        CheckToRun check = StartNext(engine);
        engine.Lose(_clock.Now, [id], discardRunning: false, _transition);
        Assert.False(engine.IsOwned(id));
        Assert.Equal(CompletionStatus.Taken, Finish(engine, check, 2));
        Assert.Single(_transition.Changes);
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
        engine.Lose(_clock.Now, [id], discardRunning: false, _transition);
        engine.Gain(_clock.Now, [id], _transition);
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
        engine.Lose(_clock.Now, [id], discardRunning: true, _transition);
        Assert.Equal(CompletionStatus.NotRunning, Finish(engine, stale, 2));
        engine.Gain(_clock.Now, [id], _transition);
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
            LastCheckTicks = _clock.Now.Wall.UtcTicks,
            NextCheckTicks = (_clock.Now.Wall + TimeSpan.FromSeconds(42)).UtcTicks,
        };
        engine.Store(id, state);
        Assert.Same(state, engine[id]);
        Assert.Equal(_clock.Now.Monotonic + TimeSpan.FromSeconds(42), engine.NextWake);
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
                LastCheckTicks = (_clock.Now.Wall - TimeSpan.FromSeconds(303)).UtcTicks,
                NextCheckTicks = (_clock.Now.Wall - TimeSpan.FromSeconds(3)).UtcTicks,
            });
        }

        engine.Gain(_clock.Now, site.All(), _transition);
        TimeSpan[] delays = [.. site.All().Select(id => engine.NextCheck(id)!.Value - _clock.Now.Monotonic)];
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
        engine.Gain(_clock.Now, [site.Id("web1", "HTTP")], _transition);
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

    [Fact]
    public void Complete_ServiceFails_ItsHostIsCheckedAtOnce()
    {
        TestSite site = SmallSite();
        MonitoringEngine engine = OwningJustChecked(site, hostAge: TimeSpan.FromSeconds(16));
        Finish(engine, StartNext(engine), 2);
        Assert.Equal(_clock.Now.Monotonic, engine.NextCheck(site.Id("web1")));
        Assert.Equal(site.Id("web1"), StartNext(engine).Id);
    }

    [Fact]
    public void Complete_ServiceFailsAndHostWasJustChecked_ItIsNotCheckedAgain()
    {
        TestSite site = SmallSite();
        MonitoringEngine engine = OwningJustChecked(site, hostAge: TimeSpan.FromSeconds(13));
        TimeSpan? due = engine.NextCheck(site.Id("web1"));
        Finish(engine, StartNext(engine), 2);
        Assert.Equal(due, engine.NextCheck(site.Id("web1")));
    }

    [Fact]
    public void Complete_ServiceFailsAndHostIsElsewhere_HostIsLeftToItsOwner()
    {
        TestSite site = SmallSite();
        MonitoringEngine engine = Owning(site, site.Id("web1", "HTTP"));
        Finish(engine, StartNext(engine), 2);
        Assert.Null(engine.NextCheck(site.Id("web1")));
        Assert.False(engine.IsRunning(site.Id("web1")));
    }

    [Fact]
    public void LogStates_AllObjects_AreNaemonsLines()
    {
        TestSite site = SmallSite();
        MonitoringEngine engine = site.Build();
        engine.Store(site.Id("web1"), CheckState.Pending(1) with { Text = "gone"u8.ToArray(), OutputLength = 4, IsSoft = true });
        engine.LogInitialStates(_clock.Now, _transition);
        Assert.Equal(
            [
                "INITIAL HOST STATE: web1;DOWN;SOFT;1;gone",
                "INITIAL SERVICE STATE: web1;HTTP;OK;HARD;1;",
                "INITIAL SERVICE STATE: web1;PING;OK;HARD;1;",
            ],
            _transition.Lines());
        _transition.Clear();
        engine.LogCurrentStates(_clock.Now, _transition);
        Assert.Equal("CURRENT HOST STATE: web1;DOWN;SOFT;1;gone", _transition.Lines().First());
    }

    [Fact]
    public void LogInitialStates_SwitchedOff_SaysNothing()
    {
        TestSite site = SmallSite(TestSite.DefaultMain with { LogInitialStates = false });
        site.Build().LogInitialStates(_clock.Now, _transition);
        Assert.True(_transition.IsEmpty);
    }

    [Fact]
    public void Complete_StartedLateByTheRunner_LatencyIsFromWhenItWasDue()
    {
        TestSite site = SmallSite();
        CheckableId id = site.Id("web1");
        MonitoringEngine engine = Owning(site, id);
        TimeSpan due = engine.NextCheck(id)!.Value;
        _clock.MoveTo(due + TimeSpan.FromSeconds(2));
        engine.Advance(_clock.Now, _transition);

        // It waited three seconds more for its turn and ran for four.
        _clock.Move(TimeSpan.FromSeconds(7));
        engine.Complete(_clock.Now, id, Results.Exited(_clock.Now, 0, seconds: 4), _transition);
        Assert.Equal(TimeSpan.FromSeconds(5).Ticks, engine[id].LatencyTicks);
        Assert.Equal(TimeSpan.FromSeconds(4).Ticks, engine[id].ExecutionTicks);
        Assert.Equal(due + TimeSpan.FromSeconds(5) + TestSite.DefaultChecking.CheckInterval, engine.NextCheck(id));
        Assert.Equal(TimeSpan.FromSeconds(5), engine.Snapshot(_clock.Now).HostChecks.LatencyMaximum);
        Assert.Equal(TimeSpan.FromSeconds(5), engine.Snapshot(_clock.Now).HostChecks.LatencyAverage);
        _clock.Move(TimeSpan.FromMinutes(2));
        Assert.Equal(TimeSpan.Zero, engine.Snapshot(_clock.Now).HostChecks.LatencyMaximum);
    }

    [Fact]
    public void Advance_MonotonicClockWentBack_IsAProgrammersError()
    {
        TestSite site = SmallSite();
        MonitoringEngine engine = Owning(site, site.Id("web1"));
        var earlier = new EngineTime(_clock.Now.Monotonic - TimeSpan.FromTicks(1), _clock.Now.Wall);
        Assert.Throws<ArgumentException>(() => engine.Advance(earlier, _transition));
    }

    [Fact]
    public void Snapshot_LaterChanges_AreNotSeen()
    {
        TestSite site = SmallSite();
        CheckableId id = site.Id("web1");
        MonitoringEngine engine = Owning(site, id);
        CheckToRun check = StartNext(engine);
        var snapshot = engine.Snapshot(_clock.Now);
        Finish(engine, check, 2);
        Assert.Equal(0, snapshot[id].State);
        Assert.Equal((1, 0, 1), (snapshot.Owned, snapshot.Scheduled, snapshot.Running));
        var next = engine.Snapshot(_clock.Now);
        Assert.Equal(1, next[id].State);
        Assert.Equal((1, 1, 0), (next.Owned, next.Scheduled, next.Running));
        Assert.Equal((1L, 1L), (next.HostChecks.Started, next.HostChecks.Completed));
        Assert.Equal(0, next.ServiceChecks.Started);
    }

    private static TestSite SmallSite(Compeer.Objects.MainConfiguration? main = null)
    {
        TestSite site = new TestSite { Main = main ?? TestSite.DefaultMain }
            .Host("web1").Service("web1", "HTTP").Service("web1", "PING");
        site.Build();
        return site;
    }

    private MonitoringEngine Owning(TestSite site, params CheckableId[] ids)
    {
        MonitoringEngine engine = site.Build();
        engine.Gain(_clock.Now, ids, _transition);
        return engine;
    }

    /// <summary>Owns web1 and its service HTTP, whose check is due now; the host was checked so long ago.</summary>
    private MonitoringEngine OwningJustChecked(TestSite site, TimeSpan hostAge)
    {
        MonitoringEngine engine = site.Build();
        CheckState Checked(TimeSpan age) => CheckState.Pending(0) with
        {
            HasBeenChecked = true,
            LastCheckTicks = (_clock.Now.Wall - age).UtcTicks,
            NextCheckTicks = (_clock.Now.Wall - age + TestSite.DefaultChecking.CheckInterval).UtcTicks,
        };
        engine.Store(site.Id("web1"), Checked(hostAge - TimeSpan.FromSeconds(1)));
        engine.Store(site.Id("web1", "HTTP"), Checked(TestSite.DefaultChecking.CheckInterval - TimeSpan.FromSeconds(1)));
        engine.Gain(_clock.Now, [site.Id("web1"), site.Id("web1", "HTTP")], _transition);
        return engine;
    }

    /// <summary>Goes to the next check and starts it; the transition then holds what follows only.</summary>
    private CheckToRun StartNext(MonitoringEngine engine)
    {
        _transition.Clear();
        engine.Advance(_clock.MoveTo(engine.NextWake!.Value), _transition);
        CheckToRun check = Assert.Single(_transition.Checks);
        _transition.Clear();
        return check;
    }

    private CompletionStatus Finish(MonitoringEngine engine, CheckToRun check, int code) =>
        engine.Complete(_clock.Now, check.Id, Results.Exited(_clock.Now, code) with { Run = check.Run }, _transition);
}
