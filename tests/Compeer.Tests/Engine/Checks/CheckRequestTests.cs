using Compeer.Engine;
using Compeer.Engine.Events;
using Compeer.Engine.Model;

namespace Compeer.Tests.Engine.Checks;

/// <summary>Checks on demand: what one result asks of other objects.</summary>
public sealed class CheckRequestTests : EngineHarness
{
    private static readonly TimeSpan LongAgo = TimeSpan.FromSeconds(60);

    /// <summary>A host's state before, what its check finds, a neighbour's state, and whether that one is checked at once.</summary>
    public static TheoryData<string, byte, int, string, byte, bool> Neighbours => new()
    {
        { "leaf", 0, 2, "gateway", 0, true },
        { "leaf", 0, 2, "gateway", 1, false },
        { "leaf", 1, 0, "gateway", 1, true },
        { "leaf", 1, 0, "gateway", 0, false },
        { "gateway", 0, 2, "leaf", 0, true },
        { "gateway", 0, 2, "leaf", 1, true },
        { "gateway", 0, 2, "leaf", 2, false },
        { "gateway", 1, 0, "leaf", 2, true },
        { "gateway", 1, 0, "leaf", 1, true },
        { "gateway", 1, 0, "leaf", 0, false },
        { "gateway", 0, 0, "leaf", 1, false },
        { "gateway", 1, 2, "leaf", 0, false },
    };

    [Theory]
    [MemberData(nameof(Neighbours))]
    public void Complete_HostChanges_ItsNeighboursAreCheckedAtOnce(
        string host, byte before, int code, string neighbour, byte neighbourState, bool isChecked)
    {
        var site = Pair();
        var engine = site.Build();
        engine.Store(site.Id(host), Checked(before, TimeSpan.FromSeconds(299)), TimeSpan.Zero);
        engine.Store(site.Id(neighbour), Checked(neighbourState, LongAgo), TimeSpan.Zero);
        engine.Gain(Clock.Now, site.All(), TimeSpan.Zero, Output);
        var planned = engine.NextCheck(site.Id(neighbour));
        Finish(engine, StartNext(engine), code);
        Assert.Equal(isChecked ? Clock.Now.Monotonic : planned, engine.NextCheck(site.Id(neighbour)));
        Assert.Empty(Output.Requests);
    }

    [Fact]
    public void Complete_NeighbourWasCheckedJustNow_IsCheckedAfterItsRetryInterval()
    {
        var site = Pair();
        var engine = OwningPair(site, TimeSpan.FromSeconds(10));
        Finish(engine, StartNext(engine), 2);
        Assert.Equal(Clock.Now.Monotonic + TestSite.DefaultChecking.RetryInterval, engine.NextCheck(site.Id("gateway")));
    }

    [Fact]
    public void Complete_NeighbourOfAnotherPeer_ItsOwnerIsAskedOnce()
    {
        var site = Pair();
        var engine = site.Build();
        engine.Store(site.Id("leaf"), Checked(0, TimeSpan.FromSeconds(299)), TimeSpan.Zero);
        engine.Store(site.Id("gateway"), Checked(0, LongAgo), TimeSpan.Zero);
        engine.Gain(Clock.Now, [site.Id("leaf")], TimeSpan.Zero, Output);
        Finish(engine, StartNext(engine), 2);
        Assert.Equal([new CheckRequest(site.Id("gateway"), CheckRequestReason.Parent)], Output.Requests);
        Output.Clear();
        CheckRequestOutcome Again() =>
            engine.RequestCheck(Clock.Now, site.Id("gateway"), CheckRequestReason.Parent, Output);
        Assert.Equal(CheckRequestOutcome.AskedAlready, Again());
        Assert.True(Output.IsEmpty);
        Clock.Move(TimeSpan.FromSeconds(1));
        Assert.Equal(CheckRequestOutcome.OwnerAsked, Again());
    }

    [Fact]
    public void RequestCheck_FromAnotherPeer_TheOwnerChecksAtOnce()
    {
        var site = Pair();
        var engine = OwningPair(site, LongAgo);
        Assert.Equal(CheckRequestOutcome.Now, Ask(engine, site.Id("gateway")));
        Assert.Equal(Clock.Now.Monotonic, engine.NextCheck(site.Id("gateway")));
        Assert.Equal(CheckRequestOutcome.AlreadyDue, Ask(engine, site.Id("gateway")));
        engine.Advance(Clock.Now, Output);
        Assert.Equal(CheckRequestOutcome.InFlight, Ask(engine, site.Id("gateway")));
    }

    [Fact]
    public void RequestCheck_ChecksAreOffOrOutsideTheirPeriod_DoesNothing()
    {
        var never = TestSite.Period("never");
        var site = new TestSite { Periods = { never } }
            .Host("off", TestSite.DefaultChecking with { ActiveChecksEnabled = false })
            .Host("silent", TestSite.DefaultChecking with { CheckPeriod = never });
        var engine = site.Build();
        engine.Gain(Clock.Now, site.All(), TimeSpan.Zero, Output);
        Assert.Equal(CheckRequestOutcome.NotChecked, Ask(engine, site.Id("off")));
        Assert.Equal(CheckRequestOutcome.OutsidePeriod, Ask(engine, site.Id("silent")));
        Assert.Null(engine.NextWake);
    }

    [Fact]
    public void RequestCheck_ServiceCheckedJustNow_IsLeftAlone()
    {
        var site = SmallSite();
        var engine = OwningJustChecked(site, TimeSpan.FromSeconds(2));
        var id = site.Id("web1", "PING");
        engine.Store(id, Checked(0, TimeSpan.FromSeconds(2)), TimeSpan.Zero);
        engine.Gain(Clock.Now, [id], TimeSpan.Zero, Output);
        Assert.Equal(CheckRequestOutcome.Recent, Ask(engine, id));
    }

    /// <summary>There is no retry to wait for, or none may be made now.</summary>
    [Theory]
    [InlineData(0, false)]
    [InlineData(60, true)]
    public void RequestCheck_HostCheckedJustNowThatHasNoRetryNow_IsLeftAlone(int retrySeconds, bool isOutsideItsPeriod)
    {
        var checking = TestSite.DefaultChecking with
        {
            RetryInterval = TimeSpan.FromSeconds(retrySeconds),
            CheckPeriod = isOutsideItsPeriod ? TestSite.Period("never") : null,
        };
        var site = new TestSite().Host("web1", checking);
        var engine = site.Build();
        var id = site.Id("web1");
        engine.Store(id, Checked(0, TimeSpan.FromSeconds(2)), TimeSpan.Zero);
        engine.Gain(Clock.Now, [id], TimeSpan.Zero, Output);
        var planned = engine.NextCheck(id);
        Assert.Equal(CheckRequestOutcome.Recent, Ask(engine, id));
        Assert.Equal(planned, engine.NextCheck(id));
    }

    [Theory]
    [InlineData(2, true, true)]
    [InlineData(3, true, false)]
    [InlineData(2, false, false)]
    public void Complete_HostProblemBeforeItsLastAttempt_ItsMastersAreChecked(int attempts, bool isPredictive, bool isChecked)
    {
        var site = new TestSite { Main = TestSite.DefaultMain with { PredictiveHostDependencyChecks = isPredictive } }
            .Host("leaf", TestSite.DefaultChecking with { MaxCheckAttempts = attempts }).Host("master")
            .DependsOn("leaf", "master");
        var engine = site.Build();
        engine.Store(site.Id("leaf"), Checked(0, TimeSpan.FromSeconds(299)), TimeSpan.Zero);
        engine.Store(site.Id("master"), Checked(0, LongAgo), TimeSpan.Zero);
        engine.Gain(Clock.Now, site.All(), TimeSpan.Zero, Output);
        Finish(engine, StartNext(engine), 2);
        Assert.Equal(isChecked, engine.NextCheck(site.Id("master")) == Clock.Now.Monotonic);
    }

    [Theory]
    [InlineData(2, 2, true, true)]
    [InlineData(2, 3, true, false)]
    [InlineData(0, 2, true, false)]
    [InlineData(2, 2, false, false)]
    public void Complete_ServiceProblemBeforeItsLastAttempt_ItsMastersAreChecked(
        int code, int attempts, bool isPredictive, bool isChecked)
    {
        var site = new TestSite { Main = TestSite.DefaultMain with { PredictiveServiceDependencyChecks = isPredictive } }
            .Host("web1").Service("web1", "HTTP", TestSite.DefaultChecking with { MaxCheckAttempts = attempts })
            .Service("web1", "PING").DependsOn(("web1", "HTTP"), ("web1", "PING"));
        var engine = site.Build();
        engine.Store(site.Id("web1", "HTTP"), Checked(0, TimeSpan.FromSeconds(299)), TimeSpan.Zero);
        engine.Store(site.Id("web1", "PING"), Checked(0, LongAgo), TimeSpan.Zero);
        engine.Gain(Clock.Now, [site.Id("web1", "HTTP"), site.Id("web1", "PING")], TimeSpan.Zero, Output);
        Finish(engine, StartNext(engine), code);
        Assert.Equal(isChecked, engine.NextCheck(site.Id("web1", "PING")) == Clock.Now.Monotonic);
    }

    [Fact]
    public void Complete_ServiceFails_TheOwnerOfItsHostIsAsked()
    {
        var site = SmallSite();
        var engine = site.Build();
        var id = site.Id("web1", "HTTP");
        engine.Store(site.Id("web1"), Checked(0, LongAgo), TimeSpan.Zero);
        engine.Store(id, Checked(0, TimeSpan.FromSeconds(299)), TimeSpan.Zero);
        engine.Gain(Clock.Now, [id], TimeSpan.Zero, Output);
        Finish(engine, StartNext(engine), 2);
        Assert.Equal([new CheckRequest(site.Id("web1"), CheckRequestReason.HostOfService)], Output.Requests);
    }

    /// <summary>A router and what is behind it go down; only the leaf's turn has come. Naemon ends with the router DOWN and
    /// everything else UNREACHABLE, and after the recovery of one with everything UP in the same moment.</summary>
    [Fact]
    public void Complete_RouterDies_EverythingBehindItBecomesUnreachable()
    {
        var site = new TestSite { Main = TestSite.DefaultMain with { CachedHostCheckHorizon = TimeSpan.Zero } }
            .Host("gateway").Host("leaf").Host("quiet").Parent("leaf", "gateway").Parent("quiet", "gateway");
        var engine = site.Build();
        engine.Store(site.Id("gateway"), Checked(0, LongAgo), TimeSpan.Zero);
        engine.Store(site.Id("leaf"), Checked(0, TimeSpan.FromSeconds(299)), TimeSpan.Zero);
        engine.Store(site.Id("quiet"), Checked(0, LongAgo), TimeSpan.Zero);
        engine.Gain(Clock.Now, site.All(), TimeSpan.Zero, Output);
        var dead = Clock.Move(TimeSpan.FromSeconds(1)).Wall;
        AnswerAll(engine, 2);
        Assert.Equal([(1, dead), (2, dead), (2, dead)], States(engine, site));
        for (var attempt = 2; attempt <= 3; attempt++)
        {
            Clock.Move(TestSite.DefaultChecking.RetryInterval);
            AnswerAll(engine, 2);
        }

        Assert.Equal([1, 2, 2], States(engine, site).Select(state => state.State));
        Assert.DoesNotContain("HOST ALERT: leaf;DOWN;HARD;3;text", Output.Lines());
        Assert.Contains("HOST ALERT: leaf;UNREACHABLE;HARD;3;text", Output.Lines());
        Clock.MoveTo(engine.NextWake!.Value);
        AnswerAll(engine, 0);
        Assert.Equal([0, 0, 0], States(engine, site).Select(state => state.State));
        Assert.Equal(3, Output.Lines().Count(line => line.Contains(";UP;HARD;", StringComparison.Ordinal)));
    }

    private static TestSite Pair()
    {
        var site = new TestSite().Host("gateway").Host("leaf").Parent("leaf", "gateway");
        site.Build();
        return site;
    }

    /// <summary>The leaf is due now; both are UP.</summary>
    private MonitoringEngine OwningPair(TestSite site, TimeSpan gatewayAge)
    {
        var engine = site.Build();
        engine.Store(site.Id("leaf"), Checked(0, TimeSpan.FromSeconds(299)), TimeSpan.Zero);
        engine.Store(site.Id("gateway"), Checked(0, gatewayAge), TimeSpan.Zero);
        engine.Gain(Clock.Now, site.All(), TimeSpan.Zero, Output);
        return engine;
    }

    private CheckState Checked(byte state, TimeSpan age) => CheckState.Pending(state) with
    {
        HasBeenChecked = true,
        LastCheckTicks = (Clock.Now.Wall - age).UtcTicks,
        NextCheckTicks = (Clock.Now.Wall - age + TestSite.DefaultChecking.CheckInterval).UtcTicks,
    };

    private CheckRequestOutcome Ask(MonitoringEngine engine, CheckableId id) =>
        engine.RequestCheck(Clock.Now, id, CheckRequestReason.Parent, Output);

    /// <summary>Starts and answers what is due, and what that makes due, without time passing.</summary>
    private void AnswerAll(MonitoringEngine engine, int code)
    {
        for (var round = 0; round < 10; round++)
        {
            engine.Advance(Clock.Now, Output);
            CheckToRun[] checks = [.. Output.Checks];
            Output.Checks.Clear();
            foreach (var check in checks)
            {
                Finish(engine, check, code);
            }
        }
    }

    private static IEnumerable<(int State, DateTimeOffset Changed)> States(MonitoringEngine engine, TestSite site) =>
        site.All().Select(id => ((int)engine[id].State, new DateTimeOffset(engine[id].LastStateChangeTicks, TimeSpan.Zero)));
}
