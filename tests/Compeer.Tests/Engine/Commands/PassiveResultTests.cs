using Compeer.Engine;

namespace Compeer.Tests.Engine.Commands;

/// <summary>Results from outside: what they make of hosts and services by Naemon's rules.</summary>
public sealed class PassiveResultTests : MainVariableHarness
{
    private static readonly string Behind = Objects + """
        define host {
          host_name behind
          parents web1
          check_command check
          check_interval 5
          max_check_attempts 3
        }

        """;

    [Fact]
    public void Service_Result_IsASoftProblemWithARetry()
    {
        var engine = Start("");
        var id = Site.Id("web1", "HTTP");
        Output.Clear();
        Assert.Null(Give(engine, "PROCESS_SERVICE_CHECK_RESULT;web1;HTTP;2;bad;really | a=1"));
        var state = engine[id];
        Assert.Equal((2, true, 1, true, true), (state.State, state.IsSoft, state.Attempt, state.IsPassive, state.HasBeenChecked));
        Assert.Equal(("bad:really", "a=1"), (state.Output.Text(), state.PerformanceData.Text()));
        Assert.Equal(Seconds(), new DateTimeOffset(state.LastCheckTicks, TimeSpan.Zero).ToUnixTimeSeconds());
        Assert.Equal(Clock.Now.Monotonic + TimeSpan.FromMinutes(1), engine.NextCheck(id));
        Assert.Equal(
            [
                "EXTERNAL COMMAND: PROCESS_SERVICE_CHECK_RESULT;web1;HTTP;2;bad;really | a=1",
                "PASSIVE SERVICE CHECK: web1;HTTP;2;bad:really",
            ],
            Output.Lines());
        Assert.Equal(id, Assert.Single(Output.Changes).Id);
    }

    [Fact]
    public void Service_ThreeResults_AreAHardProblem()
    {
        var engine = Start("");
        for (var result = 0; result < 3; result++)
        {
            Give(engine, "PROCESS_SERVICE_CHECK_RESULT;web1;HTTP;2;bad");
        }

        Assert.False(engine[Site.Id("web1", "HTTP")].IsSoft);
        Assert.Contains("SERVICE ALERT: web1;HTTP;CRITICAL;HARD;3;bad", Output.Lines());
    }

    [Theory]
    [InlineData("4", 3)]
    [InlineData("-1", 3)]
    [InlineData("1", 1)]
    public void Service_CodeOutOfBounds_IsUnknown(string code, int state)
    {
        var engine = Start("");
        Give(engine, $"PROCESS_SERVICE_CHECK_RESULT;web1;HTTP;{code};x");
        Assert.Equal(state, engine[Site.Id("web1", "HTTP")].State);
    }

    [Fact]
    public void NextCheck_AfterAResultThatIsNoSoftProblem_StaysWhereItWas()
    {
        var engine = Start("");
        var before = engine.NextCheck(Site.Id("web1", "HTTP"));
        Give(engine, "PROCESS_SERVICE_CHECK_RESULT;web1;HTTP;0;good");
        Assert.Equal(before, engine.NextCheck(Site.Id("web1", "HTTP")));
    }

    [Theory]
    [InlineData(3, "retry_interval 1")]
    [InlineData(1, "retry_interval 0")]
    public void NextCheck_AfterAHardProblemOrWithoutARetryInterval_StaysWhereItWas(int results, string retry)
    {
        var engine = Start("", Objects.Replace("retry_interval 1", retry, StringComparison.Ordinal));
        TimeSpan? before = null;
        for (var result = 0; result < results; result++)
        {
            before = engine.NextCheck(Site.Id("web1", "HTTP"));
            Clock.Move(TimeSpan.FromSeconds(1));
            Give(engine, "PROCESS_SERVICE_CHECK_RESULT;web1;HTTP;2;bad");
        }

        Assert.Equal(before, engine.NextCheck(Site.Id("web1", "HTTP")));
    }

    /// <summary>A result of half a minute ago.</summary>
    [Theory]
    [InlineData("PROCESS_SERVICE_CHECK_RESULT;web1;HTTP;2;bad", "HTTP", 30)]
    [InlineData("PROCESS_HOST_CHECK_RESULT;web1;1;down", null, 0)]
    public void Times_AreThoseOfTheResult_ButOfAHostItsChangeIsNow(string command, string? service, int changedAgo)
    {
        var engine = Start("");
        Clock.Move(TimeSpan.FromMinutes(1));
        var now = Clock.Now.Wall;
        var at = now.ToUnixTimeSeconds() - 30;
        Assert.Null(engine.Command(Clock.Now, System.Text.Encoding.UTF8.GetBytes($"[{at}] {command}\n"), Output));

        var id = service is null ? Site.Id("web1") : Site.Id("web1", service);
        var state = engine[id];
        Assert.Equal(at, UnixSeconds(state.LastCheckTicks));
        Assert.Equal(30, state.LatencyTicks / TimeSpan.TicksPerSecond);
        Assert.Equal(changedAgo, now.ToUnixTimeSeconds() - UnixSeconds(state.LastStateChangeTicks));
        Assert.Equal(now + (engine.NextCheck(id)!.Value - Clock.Now.Monotonic), new DateTimeOffset(state.NextCheckTicks, TimeSpan.Zero));
    }

    /// <summary>What it says about others is looked at now, as with the result of a check.</summary>
    [Fact]
    public void Host_ThatFails_ItsChildIsCheckedAtOnce()
    {
        var engine = Start("", Behind);
        Assert.True(engine.NextCheck(Site.Id("behind")) > Clock.Now.Monotonic);
        Give(engine, "PROCESS_HOST_CHECK_RESULT;web1;1;down");
        Assert.Equal(Clock.Now.Monotonic, engine.NextCheck(Site.Id("behind")));
    }

    [Fact]
    public void ActiveResult_AfterAPassiveOne_IsActiveAgain()
    {
        var engine = Start("");
        Give(engine, "PROCESS_SERVICE_CHECK_RESULT;web1;HTTP;0;good");
        Finish(engine, "HTTP", 0);
        Assert.False(engine[Site.Id("web1", "HTTP")].IsPassive);
    }

    [Theory]
    [Trait("Variable", "passive_host_checks_are_soft")]
    [InlineData("", false)]
    [InlineData("passive_host_checks_are_soft=1", true)]
    public void Host_Problem_IsHardUnlessTheConfigurationSaysSoft(string main, bool isSoft)
    {
        var engine = Start(main);
        Give(engine, "PROCESS_HOST_CHECK_RESULT;web1;1;down");
        Assert.Equal((1, isSoft), (engine[Site.Id("web1")].State, engine[Site.Id("web1")].IsSoft));
        Assert.Equal(!isSoft, Output.Lines().Contains("HOST ALERT: web1;DOWN;HARD;1;down"));
        Assert.Contains("PASSIVE HOST CHECK: web1;1;down", Output.Lines());
        Give(engine, "PROCESS_HOST_CHECK_RESULT;web1;0;up");
        Assert.Equal(0, engine[Site.Id("web1")].State);
    }

    [Theory]
    [Trait("Variable", "translate_passive_host_checks")]
    [InlineData("", 1)]
    [InlineData("translate_passive_host_checks=1", 2)]
    public void Host_BehindOneThatIsDown_IsUnreachableOnlyWhenTranslated(string main, int state)
    {
        var engine = Start(main, Behind);
        Give(engine, "PROCESS_HOST_CHECK_RESULT;web1;1;down");
        Give(engine, "PROCESS_HOST_CHECK_RESULT;behind;1;down");
        Assert.Equal(state, engine[Site.Id("behind")].State);
    }

    [Theory]
    [Trait("Variable", "accept_passive_service_checks")]
    [Trait("Variable", "accept_passive_host_checks")]
    [InlineData("", "", 2, 1)]
    [InlineData("accept_passive_service_checks=0", "", 0, 1)]
    [InlineData("accept_passive_host_checks=0", "", 2, 0)]
    [InlineData("", "STOP_ACCEPTING_PASSIVE_SVC_CHECKS", 0, 1)]
    [InlineData("", "STOP_ACCEPTING_PASSIVE_HOST_CHECKS", 2, 0)]
    [InlineData("", "DISABLE_PASSIVE_SVC_CHECKS;web1;HTTP", 0, 1)]
    [InlineData("", "DISABLE_PASSIVE_HOST_CHECKS;web1", 2, 0)]
    public void Results_ThatAreNotAccepted_ChangeNothing(string main, string command, int service, int host)
    {
        var engine = Start(main);
        if (command.Length > 0)
        {
            Assert.Null(Give(engine, command));
        }

        Give(engine, "PROCESS_SERVICE_CHECK_RESULT;web1;HTTP;2;x");
        Give(engine, "PROCESS_HOST_CHECK_RESULT;web1;1;x");
        Assert.Equal((service, host), (engine[Site.Id("web1", "HTTP")].State, engine[Site.Id("web1")].State));
    }

    [Fact]
    public void Service_OfAHostThatIsDown_IsHardAtOnceAndTheLogSaysWhy()
    {
        const string Remark = "SERVICE INFO: web1;HTTP; Service switch to hard down state due to host down.";
        var engine = Start("");
        Give(engine, "PROCESS_HOST_CHECK_RESULT;web1;1;down");
        Assert.DoesNotContain(Remark, Output.Lines());
        Give(engine, "PROCESS_SERVICE_CHECK_RESULT;web1;HTTP;2;x");
        Assert.False(engine[Site.Id("web1", "HTTP")].IsSoft);
        Assert.Contains(Remark, Output.Lines());
        Output.Clear();
        Give(engine, "PROCESS_SERVICE_CHECK_RESULT;web1;HTTP;2;x");
        Assert.DoesNotContain(Remark, Output.Lines());
    }

    /// <summary>Whoever gives it is told here, and no other node is bothered.</summary>
    [Theory]
    [InlineData("PROCESS_SERVICE_CHECK_RESULT;web1;HTTP;2;x", "DISABLE_PASSIVE_SVC_CHECKS;web1;HTTP")]
    [InlineData("PROCESS_HOST_CHECK_RESULT;web1;1;x", "DISABLE_PASSIVE_HOST_CHECKS;web1")]
    public void Result_OfAnObjectOfAnotherNodeThatIsNotAccepted_IsRefusedHere(string result, string command)
    {
        var engine = Start("");
        engine.Lose(Clock.Now, Site.All(), discardRunning: false, Output);
        Assert.Null(Give(engine, result));
        Assert.Single(Output.Orders);
        Assert.Null(Give(engine, command));
        Output.Clear();
        Assert.NotNull(Give(engine, result));
        Assert.Empty(Output.Orders);
    }

    [Theory]
    [Trait("Variable", "log_passive_checks")]
    [InlineData("", 2)]
    [InlineData("log_passive_checks=0", 0)]
    public void Log_SaysWhatCameFromOutside(string main, int lines)
    {
        var engine = Start(main);
        Output.Clear();
        Give(engine, "PROCESS_SERVICE_CHECK_RESULT;web1;HTTP;0;x");
        Assert.Equal(lines, Output.Lines().Count());
    }

    private string? Give(MonitoringEngine engine, string command) =>
        engine.Command(Clock.Now, System.Text.Encoding.UTF8.GetBytes($"[{Seconds()}] {command}\n"), Output);

    private static long UnixSeconds(long ticks) => new DateTimeOffset(ticks, TimeSpan.Zero).ToUnixTimeSeconds();

    private long Seconds() => Clock.Now.Wall.ToUnixTimeSeconds();
}
