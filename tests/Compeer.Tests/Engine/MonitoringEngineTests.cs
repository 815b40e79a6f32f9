using Compeer.Engine.Model;

namespace Compeer.Tests.Engine;

public sealed class MonitoringEngineTests : EngineHarness
{
    [Fact]
    public void NewEngine_NothingOwned_NothingIsScheduled()
    {
        var site = SmallSite();
        var engine = site.Build();
        Assert.Equal(3, engine.Count);
        Assert.Null(engine.NextWake);
        engine.Advance(Clock.Now, Output);
        Assert.True(Output.IsEmpty);
        Assert.All(site.All(), id => Assert.False(engine.IsOwned(id)));
    }

    [Fact]
    public void Gain_NeverChecked_IsSpreadOverTheInterval()
    {
        var site = new TestSite();
        for (var number = 0; number < 1000; number++)
        {
            site.Host($"host{number}");
        }

        var engine = site.Build();
        engine.Gain(Clock.Now, site.All(), TimeSpan.Zero, Output);
        var perMinute = new int[5];
        foreach (var id in site.All())
        {
            var delay = engine.NextCheck(id)!.Value - Clock.Now.Monotonic;
            Assert.InRange(delay, TimeSpan.Zero, TestSite.DefaultChecking.CheckInterval);
            perMinute[(int)delay.TotalMinutes]++;
        }

        Assert.All(perMinute, count => Assert.InRange(count, 120, 280));
    }

    [Fact]
    public void Gain_TwoPeers_AgreeOnTheTimeOfFirstChecks()
    {
        var site = SmallSite();
        var one = site.Build();
        var other = site.Build();
        one.Gain(Clock.Now, site.All(), TimeSpan.Zero, Output);
        var later = new EngineTime(TimeSpan.FromDays(3), Clock.Now.Wall + TimeSpan.FromMilliseconds(1));
        other.Gain(later, site.All(), TimeSpan.Zero, Output);
        Assert.All(site.All(), id => Assert.Equal(
            Clock.Now.Wall + (one.NextCheck(id) - Clock.Now.Monotonic),
            later.Wall + (other.NextCheck(id) - later.Monotonic)));
    }

    [Fact]
    public void Advance_CheckDue_AsksForItOnce()
    {
        var site = SmallSite();
        var engine = Owning(site, site.Id("web1"));
        var check = StartNext(engine);
        Assert.Equal(site.Id("web1"), check.Id);
        Assert.Equal("check_host addr.web1", check.CommandLine.Text());
        Assert.Equal(TestSite.DefaultChecking.CheckTimeout, check.Timeout);
        Assert.True(engine.IsRunning(check.Id));
        Assert.Null(engine.NextWake);

        engine.Advance(Clock.Move(TimeSpan.FromDays(1)), Output);
        Assert.Empty(Output.Checks);
    }

    [Fact]
    public void Complete_ServiceFallsAndRecovers_StatesAndLogAreNaemons()
    {
        var site = SmallSite();
        var id = site.Id("web1", "HTTP");
        var engine = Owning(site, id);
        var log = new List<string>();
        var delays = new List<TimeSpan>();
        foreach (var code in new[] { 0, 2, 2, 1, 1, 0, 0 })
        {
            StartNext(engine);
            var before = engine[id];
            var result = Results.Exited(Clock.Now, code, $"code;{code}");
            Assert.Equal(CompletionStatus.Taken, engine.Complete(Clock.Now, id, result, Output));
            log.AddRange(Output.Lines());
            var change = Assert.Single(Output.Changes);
            Assert.Same(before, change.Before);
            Assert.Same(engine[id], change.After);
            delays.Add(engine.NextCheck(id)!.Value - Clock.Now.Monotonic);
            Assert.Equal(Clock.Now.Wall.UtcTicks + delays[^1].Ticks, change.After.NextCheckTicks);
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
        var site = SmallSite();
        var id = site.Id("web1");
        var engine = Owning(site, id);
        var log = new List<string>();
        foreach (var code in new[] { 0, 2, 3, 1, 2, 2, 2, 2, 0 })
        {
            Finish(engine, StartNext(engine), code);
            log.AddRange(Output.Lines());
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
        var site = SmallSite(TestSite.DefaultMain with { LogServiceRetries = false });
        var id = site.Id("web1", "HTTP");
        var engine = Owning(site, id);
        var log = new List<string>();
        foreach (var code in new[] { 2, 0, 2, 2, 2 })
        {
            Finish(engine, StartNext(engine), code);
            log.AddRange(Output.Lines());
        }

        Assert.Equal(["SERVICE ALERT: web1;HTTP;CRITICAL;HARD;3;text"], log);
    }

    [Fact]
    public void Complete_HostIsDown_ServiceIsHardAtOnce()
    {
        var site = SmallSite();
        var id = site.Id("web1", "HTTP");
        var engine = Owning(site, id);
        engine.Store(site.Id("web1"), CheckState.Pending(1) with { HasBeenChecked = true }, TimeSpan.Zero);
        Finish(engine, StartNext(engine), 2);
        Assert.Equal(
            [
                "SERVICE INFO: web1;HTTP; Service switch to hard down state due to host down.",
                "SERVICE ALERT: web1;HTTP;CRITICAL;HARD;1;text",
            ],
            Output.Lines());
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
        var site = SmallSite();
        var engine = Owning(site, site.Id("web1", "HTTP"));
        Finish(engine, StartNext(engine), code);
        Assert.Equal(expected, Output.Lines().First());
    }

    [Fact]
    public void Complete_MissingPlugin_NamesTheProgram()
    {
        var site = SmallSite();
        var id = site.Id("web1");
        var engine = Owning(site, id);
        StartNext(engine);
        engine.Complete(Clock.Now, id, Results.Ended(CheckOutcome.NotStarted, 2, 0), Output);
        Assert.Equal(
            "(No output on stdout) stderr: execvp(check_host, ...) failed. errno is 2: No such file or directory",
            engine[id].Output.Text());
        Assert.Equal(1, engine[id].State);
    }

    [Fact]
    public void Complete_ControlCharacters_DoNotBreakTheLine()
    {
        var site = SmallSite();
        var id = site.Id("web1", "HTTP");
        var engine = Owning(site, id);
        StartNext(engine);
        byte[] output = [(byte)'a', (byte)'\n', (byte)'b', 0, 0x1B, (byte)'\r', 0xFF, 0x7F, (byte)'c'];
        engine.Complete(Clock.Now, id, Results.Exited(Clock.Now, 2) with { Output = output }, Output);
        byte[] expected = [.. "SERVICE ALERT: web1;HTTP;CRITICAL;SOFT;1;a b   "u8, 0xFF, (byte)' ', (byte)'c'];
        Assert.Equal(expected, Assert.Single(Output.Log).Text.ToArray());
        Assert.Equal(output, engine[id].Output.ToArray());
    }

    [Fact]
    public void Complete_UnchangedText_IsShared()
    {
        var site = SmallSite();
        var id = site.Id("web1", "HTTP");
        var engine = Owning(site, id);
        StartNext(engine);
        var result = Results.Exited(Clock.Now, 0, "a;b") with
        {
            LongOutput = "l;1"u8.ToArray(),
            PerformanceData = "t=1;2"u8.ToArray(),
        };
        engine.Complete(Clock.Now, id, result, Output);
        var first = engine[id];
        Assert.Equal("a:b", first.Output.Text());
        Assert.Equal("l;1", first.LongOutput.Text());
        Assert.Equal("t=1;2", first.PerformanceData.Text());

        StartNext(engine);
        engine.Complete(Clock.Now, id, result, Output);
        Assert.Equal(first.Text, engine[id].Text);

        StartNext(engine);
        engine.Complete(Clock.Now, id, result with { Output = "a;c"u8.ToArray() }, Output);
        Assert.Equal("a:c", engine[id].Output.Text());
    }

    [Fact]
    public void Complete_UnchangedOkResult_AllocatesOneState()
    {
        var site = SmallSite();
        var id = site.Id("web1", "HTTP");
        var engine = Owning(site, id);
        const int Rounds = 1000;
        long starting = 0;
        long completing = 0;
        var result = Results.Exited(Clock.Now, 0);
        for (var round = -10; round < Rounds; round++)
        {
            Output.Clear();
            Clock.MoveTo(engine.NextWake!.Value);
            var before = GC.GetAllocatedBytesForCurrentThread();
            engine.Advance(Clock.Now, Output);
            var started = GC.GetAllocatedBytesForCurrentThread();
            engine.Complete(Clock.Now, id, result, Output);
            var completed = GC.GetAllocatedBytesForCurrentThread();
            starting += round < 0 ? 0 : started - before;
            completing += round < 0 ? 0 : completed - started;
        }

        // A start costs its command line (8 bytes of text), a result its state.
        Assert.InRange(starting / Rounds, 8, 64);
        Assert.InRange(completing / Rounds, 100, 200);
    }

    [Fact]
    public void NewEngine_InitialState_IsAHardProblem()
    {
        var site = new TestSite().Host("web1").Service("web1", "HTTP", TestSite.DefaultChecking with { InitialState = 2 });
        var state = site.Build()[site.Id("web1", "HTTP")];
        Assert.Equal((2, 2, 3), (state.State, state.LastHardState, state.Attempt));
        Assert.Equal((false, false), (state.IsSoft, state.HasBeenChecked));
    }

    [Fact]
    public void Complete_ServiceFails_ItsHostIsCheckedAtOnce()
    {
        var site = SmallSite();
        var engine = OwningJustChecked(site, hostAge: TimeSpan.FromSeconds(16));
        Finish(engine, StartNext(engine), 2);
        Assert.Equal(Clock.Now.Monotonic, engine.NextCheck(site.Id("web1")));
        Assert.Equal(site.Id("web1"), StartNext(engine).Id);
    }

    [Theory]
    [InlineData(13)]
    [InlineData(-2)]
    public void Complete_ServiceFailsAndHostWasJustChecked_ItIsNotCheckedAgain(int secondsAgo)
    {
        var site = SmallSite();
        var engine = OwningJustChecked(site, hostAge: TimeSpan.FromSeconds(secondsAgo));
        var due = engine.NextCheck(site.Id("web1"));
        Finish(engine, StartNext(engine), 2);
        Assert.Equal(due, engine.NextCheck(site.Id("web1")));
    }

    [Fact]
    public void Complete_ServiceFailsAndHostIsElsewhere_HostIsLeftToItsOwner()
    {
        var site = SmallSite();
        var engine = Owning(site, site.Id("web1", "HTTP"));
        Finish(engine, StartNext(engine), 2);
        Assert.Null(engine.NextCheck(site.Id("web1")));
        Assert.False(engine.IsRunning(site.Id("web1")));
    }

    /// <summary>What waits for a place is seen while it waits, not when its result comes at last.</summary>
    [Fact]
    public void Snapshot_CheckDoesNotComeBack_ShowsForHowLongItHasBeenDue()
    {
        var site = SmallSite();
        var engine = Owning(site, site.Id("web1"));
        var due = engine.NextWake!.Value;
        engine.Advance(Clock.MoveTo(due + TimeSpan.FromSeconds(2)), Output);
        var check = Assert.Single(Output.Checks);
        var later = engine.Snapshot(Clock.Move(TimeSpan.FromMinutes(10)));
        Assert.Equal((1, TimeSpan.FromSeconds(602)), (later.HostChecks.InFlight, later.HostChecks.LongestInFlight));
        Assert.Equal((0, TimeSpan.Zero), (later.ServiceChecks.InFlight, later.ServiceChecks.LongestInFlight));
        Finish(engine, check, 0);
        var done = engine.Snapshot(Clock.Now);
        Assert.Equal((0, TimeSpan.Zero), (done.HostChecks.InFlight, done.HostChecks.LongestInFlight));
    }

    [Fact]
    public void Complete_StartedLateByTheRunner_LatencyIsFromWhenItWasDue()
    {
        var site = SmallSite();
        var id = site.Id("web1");
        var engine = Owning(site, id);
        var due = engine.NextCheck(id)!.Value;
        Clock.MoveTo(due + TimeSpan.FromSeconds(2));
        engine.Advance(Clock.Now, Output);

        // It waited three seconds more for its turn and ran for four.
        Clock.Move(TimeSpan.FromSeconds(7));
        engine.Complete(Clock.Now, id, Results.Exited(Clock.Now, 0, seconds: 4), Output);
        Assert.Equal(TimeSpan.FromSeconds(5).Ticks, engine[id].LatencyTicks);
        Assert.Equal(TimeSpan.FromSeconds(4).Ticks, engine[id].ExecutionTicks);
        Assert.Equal(due + TestSite.DefaultChecking.CheckInterval, engine.NextCheck(id));
        Assert.Equal(TimeSpan.FromSeconds(5), engine.Snapshot(Clock.Now).HostChecks.LatencyMaximum);
        Assert.Equal(TimeSpan.FromSeconds(5), engine.Snapshot(Clock.Now).HostChecks.LatencyAverage);
        Clock.Move(TimeSpan.FromMinutes(2));
        Assert.Equal(TimeSpan.Zero, engine.Snapshot(Clock.Now).HostChecks.LatencyMaximum);
    }

    [Fact]
    public void Complete_AThousandChecksEachALittleLate_AreAsManyAsAreDue()
    {
        var site = SmallSite();
        var id = site.Id("web1");
        var engine = Owning(site, id);
        var first = engine.NextCheck(id)!.Value;
        for (var run = 0; run < 1000; run++)
        {
            Output.Clear();
            engine.Advance(Clock.MoveTo(engine.NextCheck(id)!.Value + TimeSpan.FromMilliseconds(120)), Output);
            Clock.Move(TimeSpan.FromMilliseconds(400));
            engine.Complete(Clock.Now, id, Results.Exited(Clock.Now, 0, seconds: 0.3), Output);
        }

        Assert.Equal(first + (1000 * TestSite.DefaultChecking.CheckInterval), engine.NextCheck(id));
    }

    [Fact]
    public void Advance_MonotonicClockWentBack_IsAProgrammersError()
    {
        var site = SmallSite();
        var engine = Owning(site, site.Id("web1"));
        var earlier = new EngineTime(Clock.Now.Monotonic - TimeSpan.FromTicks(1), Clock.Now.Wall);
        Assert.Throws<ArgumentException>(() => engine.Advance(earlier, Output));
    }

    [Fact]
    public void Snapshot_LaterChanges_AreNotSeen()
    {
        var site = SmallSite();
        var id = site.Id("web1");
        var engine = Owning(site, id);
        var check = StartNext(engine);
        var snapshot = engine.Snapshot(Clock.Now);
        Finish(engine, check, 2);
        Assert.Equal(0, snapshot[id].State);
        Assert.Equal((1, 0, 1), (snapshot.Owned, snapshot.Scheduled, snapshot.Running));
        var next = engine.Snapshot(Clock.Now);
        Assert.Equal(1, next[id].State);
        Assert.Equal((1, 1, 0), (next.Owned, next.Scheduled, next.Running));
        Assert.Equal((1L, 1L), (next.HostChecks.Started, next.HostChecks.Completed));
        Assert.Equal(0, next.ServiceChecks.Started);
    }
}
