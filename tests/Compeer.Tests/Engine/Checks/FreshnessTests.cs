using Compeer.Engine;
using Compeer.Engine.Events;
using Compeer.Engine.Model;
using Compeer.Engine.Site;

namespace Compeer.Tests.Engine.Checks;

/// <summary>Results that stay away: found, told of in Naemon's words, and checked, by the owner, once, and not because a clock was set or
/// a node started.</summary>
public sealed class FreshnessTests : MainVariableHarness
{
    private const string Passive = """
        define host {
          host_name web1
          check_command check
          max_check_attempts 1
          check_interval 5
          retry_interval 1
          active_checks_enabled 0
          check_freshness 1
          freshness_threshold 100
        }
        define service {
          host_name web1
          service_description HTTP
          check_command check
          max_check_attempts 1
          check_interval 5
          retry_interval 1
          active_checks_enabled 0
          check_freshness 1
          freshness_threshold 100
        }
        define command {
          command_name check
          command_line plugin
        }

        """;

    /// <summary>The service alone, to make others of it.</summary>
    private static readonly string PassiveService = Passive[Passive.IndexOf("define service", StringComparison.Ordinal)..Passive.IndexOf(
        "define command", StringComparison.Ordinal)];

    private CheckableId Http => Site.Id("web1", "HTTP");

    [Fact]
    public void Service_WhoseResultIsTooOld_IsCheckedAndToldOf()
    {
        var engine = Start("", Passive);
        Pass(engine, 10);
        Give(engine, "PROCESS_SERVICE_CHECK_RESULT;web1;HTTP;0;fine");
        Pass(engine, 100);
        Assert.Empty(Output.Checks);

        // Stale from now on; looked for each minute from the start on.
        Pass(engine, 9);
        Assert.Empty(Output.Checks);
        Pass(engine, 1);
        Assert.Equal(Http, Assert.Single(Output.Checks).Id);
        Assert.Contains(
            "Warning: The results of service 'HTTP' on host 'web1' are stale by 0d 0h 0m 10s (threshold=0d 0h 1m 40s)."
            + "  I'm forcing an immediate check of the service.",
            Output.Lines());
        Complete(engine, Output.Checks[0], 2);
        Assert.Equal((2, false), (engine[Http].State, engine[Http].IsPassive));
        Assert.Null(engine.NextCheck(Http));
    }

    [Fact]
    public void Check_ThatRuns_IsNotAskedForAgain()
    {
        var engine = Start("", Passive);
        Pass(engine, 240);
        Assert.Single(Output.Checks);
        Pass(engine, 240);
        Assert.Single(Output.Checks);
        Assert.Single(Output.Lines(), line => line.Contains("stale", StringComparison.Ordinal));
    }

    [Fact]
    public void Result_FromOutsideMeanwhile_TakesPrecedence()
    {
        var engine = Start("", Passive);
        Pass(engine, 240);
        Give(engine, "PROCESS_SERVICE_CHECK_RESULT;web1;HTTP;0;fine");
        var check = Output.Checks[0];
        var planned = Output.Events.Count(IsPlanned);
        Assert.Equal(CompletionStatus.Overtaken, Finish(engine, check, 2));
        Assert.Equal((0, true), (engine[Http].State, engine[Http].IsPassive));
        Assert.Equal(1, engine.Snapshot(Clock.Now).ServiceChecks.Ignored.Overtaken);
        Assert.False(engine.IsRunning(Http));
        Assert.Equal(planned + 1, Output.Events.Count(IsPlanned));
        Pass(engine, 240);
        Assert.Equal(2, Output.Checks.Count);

        bool IsPlanned(MonitoringEvent happened) => happened.Kind == EventKind.CheckPlanned && happened.Id == Http;
    }

    [Theory]
    [Trait("Variable", "check_service_freshness")]
    [Trait("Variable", "check_host_freshness")]
    [InlineData("", "", false, true)]
    [InlineData("check_service_freshness=0", "", false, false)]
    [InlineData("check_host_freshness=1", "", true, true)]
    [InlineData("", "DISABLE_SERVICE_FRESHNESS_CHECKS", false, false)]
    [InlineData("", "ENABLE_HOST_FRESHNESS_CHECKS", true, true)]
    [InlineData("check_service_freshness=0", "ENABLE_SERVICE_FRESHNESS_CHECKS", false, true)]
    [InlineData("check_host_freshness=1", "DISABLE_HOST_FRESHNESS_CHECKS", false, true)]
    public void HostsAndServices_AreLookedAtAsSwitched(string main, string command, bool host, bool service)
    {
        var engine = Start(main, Passive);
        if (command.Length > 0)
        {
            Give(engine, command);
        }

        Pass(engine, 240);
        Assert.Equal(host, Output.Checks.Exists(check => check.Id == Site.Id("web1")));
        Assert.Equal(service, Output.Checks.Exists(check => check.Id == Http));
        Assert.Equal(host, Output.Lines().Any(line => line.Contains("check of the host.", StringComparison.Ordinal)));
    }

    [Theory]
    [Trait("Variable", "service_freshness_check_interval")]
    [Trait("Variable", "host_freshness_check_interval")]
    [InlineData("service_freshness_check_interval=1", 101)]
    [InlineData("service_freshness_check_interval=150", 150)]
    [InlineData("check_service_freshness=0\ncheck_host_freshness=1\nhost_freshness_check_interval=7", 105)]
    [InlineData("check_service_freshness=0\ncheck_host_freshness=1", 120)]
    [InlineData("", 120)]
    public void Looks_ComeAtTheirInterval(string main, int seconds)
    {
        var engine = Start(main, Passive);
        Pass(engine, seconds - 1);
        Assert.Empty(Output.Checks);
        Pass(engine, 1);
        Assert.Single(Output.Checks);
    }

    [Theory]
    [Trait("Variable", "additional_freshness_latency")]
    [InlineData("", 0, 3, 316)]
    [InlineData("additional_freshness_latency=30", 0, 3, 331)]
    [InlineData("", 2, 3, 76)]
    [InlineData("", 2, 1, 316)]
    public void ThresholdOfNothing_IsTheIntervalAndWhatMayBeLate(string main, int code, int attempts, int seconds)
    {
        var objects = Passive.Replace("freshness_threshold 100", "freshness_threshold 0", StringComparison.Ordinal)
            .Replace("max_check_attempts 1", $"max_check_attempts {attempts}", StringComparison.Ordinal);
        var engine = Start($"{main}\nservice_freshness_check_interval=1", objects);
        Give(engine, $"PROCESS_SERVICE_CHECK_RESULT;web1;HTTP;{code};x");
        Pass(engine, seconds - 1);
        Assert.Empty(Output.Checks);
        Pass(engine, 1);
        Assert.Single(Output.Checks);
    }

    [Theory]
    [InlineData("check_interval 5", "check_interval 0", false)]
    [InlineData("check_interval 5", "check_interval 5\npassive_checks_enabled 0", false)]
    [InlineData("check_interval 5", "check_interval 5\ncheck_period never", false)]
    [InlineData("check_interval 5", "check_interval 5", true)]
    public void Service_ThatCannotBecomeStale_IsLeftAlone(string what, string by, bool isStale)
    {
        var objects = Passive.Replace("freshness_threshold 100", "freshness_threshold 0", StringComparison.Ordinal)
            .Replace(what, by, StringComparison.Ordinal) + "define timeperiod {\ntimeperiod_name never\nalias never\n}\n";
        var engine = Start("", objects);
        Pass(engine, 900);
        Assert.Equal(isStale, Output.Checks.Count > 0);
    }

    [Fact]
    public void Object_OfAnotherNode_IsThatNodesBusiness()
    {
        var engine = Start("", Passive);
        engine.Lose(Clock.Now, [Http], discardRunning: false, Output);
        Pass(engine, 900);
        Assert.Empty(Output.Checks);
        engine.Gain(Clock.Now, [Http], TimeSpan.Zero, Output);
        Pass(engine, 60);
        Assert.Single(Output.Checks);
    }

    [Theory]
    [InlineData(3600)]
    [InlineData(-3600)]
    public void Clock_ThatWasSet_MakesNothingStale(int seconds)
    {
        var engine = Start("", Passive);
        Pass(engine, 61);
        Give(engine, "PROCESS_SERVICE_CHECK_RESULT;web1;HTTP;0;fine");
        Clock.JumpWall(TimeSpan.FromSeconds(seconds));
        Pass(engine, 60);
        Assert.Empty(Output.Checks);

        // But what stays away is noticed all the same.
        Pass(engine, 180);
        Assert.Single(Output.Checks);
    }

    [Fact]
    public void Start_WithOldResultsFromOutside_WaitsForNewOnes()
    {
        var engine = Start("", Passive);
        engine.Store(Http, Old(isPassive: true), TimeSpan.Zero);
        Pass(engine, 60);
        Assert.Empty(Output.Checks);
        Pass(engine, 60);
        Assert.Single(Output.Checks);
    }

    [Fact]
    public void Start_WithOldResultsOfChecks_FindsThemStaleAtOnce()
    {
        var engine = Start("", Passive);
        engine.Store(Http, Old(isPassive: false), TimeSpan.Zero);
        Pass(engine, 60);
        Assert.Single(Output.Checks);
    }

    /// <summary>What was late once may be so again: 300 s of interval, 15 s that are always given, and the latency of the last check.
    /// </summary>
    [Theory]
    [InlineData(0, 316)]
    [InlineData(20, 336)]
    public void ThresholdOfNothing_GrowsByTheLatency(int latency, int seconds)
    {
        var objects = Passive.Replace("freshness_threshold 100", "freshness_threshold 0", StringComparison.Ordinal);
        var engine = Start("service_freshness_check_interval=1", objects);
        engine.Store(
            Http,
            Old(isPassive: false) with { LastCheckTicks = Clock.Now.Wall.UtcTicks, LatencyTicks = latency * TimeSpan.TicksPerSecond },
            TimeSpan.Zero);
        Pass(engine, seconds - 1);
        Assert.Empty(Output.Checks);
        Pass(engine, 1);
        Assert.Single(Output.Checks);
    }

    /// <summary>A result that is old at the start, of a check that comes by schedule in an hour: a threshold of its own knows no excuse.
    /// </summary>
    [Theory]
    [InlineData(0, false)]
    [InlineData(100, true)]
    public void Start_WithAnOldResultOfWhatIsCheckedBySchedule_IsAnExcuseWithoutAThreshold(int threshold, bool isStale)
    {
        var objects = Passive.Replace("freshness_threshold 100", $"freshness_threshold {threshold}", StringComparison.Ordinal)
            .Replace("active_checks_enabled 0", "active_checks_enabled 1", StringComparison.Ordinal)
            .Replace("check_interval 5", "check_interval 120", StringComparison.Ordinal);
        var engine = Start("", objects);
        engine.Lose(Clock.Now, [Http], discardRunning: false, Output);
        engine.Store(
            Http,
            Old(isPassive: false) with
            {
                LastCheckTicks = (Clock.Now.Wall - TimeSpan.FromHours(3)).UtcTicks,
                NextCheckTicks = (Clock.Now.Wall + TimeSpan.FromHours(1)).UtcTicks,
            },
            TimeSpan.Zero);
        engine.Gain(Clock.Now, [Http], TimeSpan.Zero, Output);
        Pass(engine, 70);
        Assert.Equal(isStale ? 1 : 0, Output.Checks.Count(check => check.Id == Http));
    }

    /// <summary>What never had a result has its time from then on, whichever way the clock was set.</summary>
    [Theory]
    [InlineData(3600)]
    [InlineData(-3600)]
    public void Clock_ThatWasSet_LeavesItsTimeToWhatNeverHadAResult(int seconds)
    {
        var engine = Start("", Passive);
        Pass(engine, 61);
        Clock.JumpWall(TimeSpan.FromSeconds(seconds));
        Pass(engine, 60);
        Assert.Empty(Output.Checks);
        Pass(engine, 120);
        Assert.Single(Output.Checks);
    }

    /// <summary>After the clock was set, what comes counts from when it came.</summary>
    [Fact]
    public void Clock_ThatWasSet_CountsNothingForWhatCameAfterwards()
    {
        var engine = Start("", Passive);
        Pass(engine, 61);
        Clock.JumpWall(TimeSpan.FromHours(1));
        Pass(engine, 60);
        Give(engine, "PROCESS_SERVICE_CHECK_RESULT;web1;HTTP;0;fine");
        Pass(engine, 90);
        Assert.Empty(Output.Checks);
        Pass(engine, 60);
        Assert.Single(Output.Checks);
    }

    /// <summary>What never had a result counts from when the configuration that brought it was taken up.</summary>
    [Fact]
    public void Service_ThatAReloadBrought_HasItsTimeFromThenOn()
    {
        var engine = Start("", Passive);
        Give(engine, "PROCESS_SERVICE_CHECK_RESULT;web1;HTTP;0;fine");
        Pass(engine, 65);
        Give(engine, "PROCESS_SERVICE_CHECK_RESULT;web1;HTTP;0;fine");
        var after = TextSite.Of("", Passive + PassiveService.Replace("description HTTP", "description NEW", StringComparison.Ordinal));
        engine.TakeUp(Clock.Now, EngineChange.Prepare(engine.Configuration, after), Output);
        engine.Gain(Clock.Now, [after.Id("web1", "NEW")], TimeSpan.Zero, Output);
        Pass(engine, 60);
        Assert.Empty(Output.Checks);
        Give(engine, "PROCESS_SERVICE_CHECK_RESULT;web1;HTTP;0;fine");
        Pass(engine, 60);
        Assert.Equal(after.Id("web1", "NEW"), Assert.Single(Output.Checks).Id);
    }

    [Fact]
    public void Clock_OfTheFormerOwner_DoesNotCount()
    {
        var engine = Start("", Passive);
        Pass(engine, 30);
        var written = CheckState.Pending(0) with
        {
            HasBeenChecked = true,
            IsPassive = true,
            LastCheckTicks = (Clock.Now.Wall - TimeSpan.FromHours(1)).UtcTicks,
        };
        engine.Store(Http, written, TimeSpan.FromHours(-1));
        Pass(engine, 90);
        Assert.Empty(Output.Checks);
    }

    [Fact]
    public void ManyStaleObjects_AreCheckedOneAfterTheOther()
    {
        var many = Enumerable.Range(0, 1000).Select(number =>
            PassiveService.Replace("description HTTP", $"description S{number:d4}", StringComparison.Ordinal));
        var engine = Start("", Passive + string.Concat(many));
        Pass(engine, 119.9);
        Output.Clear();
        Pass(engine, 0.2);
        Assert.InRange(Output.Checks.Count, 1, 40);
        Pass(engine, 5);
        Assert.Equal(1001, Output.Checks.Count);
    }

    [Fact]
    public void Reload_KeepsWhatWaitsAndAsksForNothingAgain()
    {
        var engine = Start("", Passive);
        Give(engine, "PROCESS_SERVICE_CHECK_RESULT;web1;HTTP;0;fine");
        Pass(engine, 110);
        var after = TextSite.Of("", Passive + Host("web2"));
        engine.TakeUp(Clock.Now, EngineChange.Prepare(engine.Configuration, after), Output);
        Pass(engine, 9.9);
        Assert.Empty(Output.Checks);
        Pass(engine, 0.2);
        Assert.Single(Output.Checks);
        Pass(engine, 120);
        Assert.Single(Output.Checks);
    }

    private CheckState Old(bool isPassive) => CheckState.Pending(0) with
    {
        HasBeenChecked = true,
        IsPassive = isPassive,
        LastCheckTicks = (Clock.Now.Wall - TimeSpan.FromHours(1)).UtcTicks,
    };

    /// <summary>Lets time pass; everything is done in its time.</summary>
    private void Pass(MonitoringEngine engine, double seconds)
    {
        var end = Clock.Now.Monotonic + TimeSpan.FromSeconds(seconds);
        for (var step = 0; engine.NextWake is { } wake && wake <= end; step++)
        {
            Assert.True(step < 10_000, "time stands still: what is due is not done");
            engine.Advance(Clock.MoveTo(wake > Clock.Now.Monotonic ? wake : Clock.Now.Monotonic), Output);
        }

        Clock.MoveTo(end);
    }

    private void Give(MonitoringEngine engine, string command) => Assert.Null(engine.Command(
        Clock.Now, System.Text.Encoding.UTF8.GetBytes($"[{Clock.Now.Wall.ToUnixTimeSeconds()}] {command}\n"), Output));
}
