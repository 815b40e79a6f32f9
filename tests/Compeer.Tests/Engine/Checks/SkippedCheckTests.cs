using Compeer.Engine;
using Compeer.Engine.Model;

namespace Compeer.Tests.Engine.Checks;

/// <summary>Checks that are due and not made, because of something else: what the configuration says, the whole way.</summary>
public sealed class SkippedCheckTests : MainVariableHarness
{
    private const string Master = """
        define host {
          host_name master
          check_command check
          check_interval 5
          max_check_attempts 2
        }
        define host {
          host_name top
          check_command check
          check_interval 5
          max_check_attempts 1
        }
        define service {
          host_name master
          service_description DB
          check_command check
          check_interval 5
          max_check_attempts 2
        }

        """;

    private const string Night = """
        define timeperiod {
          timeperiod_name never
          alias never
        }

        """;

    [Theory]
    [InlineData("u", 0, false, true)]
    [InlineData("w,u,c", 2, false, true)]
    [InlineData("c", 2, false, true)]
    [InlineData("c", 2, true, false)]
    [InlineData("c", 1, false, false)]
    [InlineData("o", 0, false, true)]
    [InlineData("n", 2, false, false)]
    public void Service_WhoseMasterFails_IsNotChecked(string failures, int code, bool isSoft, bool isSkipped)
    {
        var engine = Start("", Objects + Master + ServiceDependency(failures));
        Give(engine, "DB", "master", isSoft ? 1 : 2, code);
        Assert.Equal(isSkipped && failures != "u", IsSkipped(engine, Site.Id("web1", "HTTP")));
    }

    [Theory]
    [Trait("Variable", "soft_state_dependencies")]
    [InlineData("", false)]
    [InlineData("soft_state_dependencies=1", true)]
    public void Service_WhoseMasterHasASoftProblem_IsNotCheckedWhereSoftStatesCount(string main, bool isSkipped)
    {
        var engine = Start(main, Objects + Master + ServiceDependency("c"));
        Give(engine, "DB", "master", results: 1, code: 2);
        Assert.Equal(isSkipped, IsSkipped(engine, Site.Id("web1", "HTTP")));
    }

    [Theory]
    [InlineData("p", true)]
    [InlineData("c", false)]
    public void Service_WhoseMasterWasNeverChecked_WaitsWhenPendingCounts(string failures, bool isSkipped)
    {
        var engine = Start("", Objects + Master + ServiceDependency(failures));
        Assert.Equal(isSkipped, IsSkipped(engine, Site.Id("web1", "HTTP")));
    }

    [Fact]
    public void Service_OutsideOfTheDependencysPeriod_IsChecked()
    {
        var engine = Start("", Objects + Master + Night + ServiceDependency("c", "dependency_period never"));
        Give(engine, "DB", "master", results: 2, code: 2);
        Assert.False(IsSkipped(engine, Site.Id("web1", "HTTP")));
    }

    [Fact]
    public void Service_ForcedByAnOperator_IsCheckedAllTheSame()
    {
        var engine = Start("", Objects + Master + ServiceDependency("c"));
        Give(engine, "DB", "master", results: 2, code: 2);
        Command(engine, $"SCHEDULE_FORCED_SVC_CHECK;web1;HTTP;{Clock.Now.Wall.ToUnixTimeSeconds()}");
        Assert.False(IsSkipped(engine, Site.Id("web1", "HTTP")));
    }

    [Fact]
    public void NextTurn_OfAServiceIsAnIntervalLater_OfAHostTheRetryInterval()
    {
        var engine = Start("", Objects + Master + ServiceDependency("c") + HostDependency("master", "web1", "d"));
        Give(engine, "DB", "master", results: 2, code: 2);
        Command(engine, "PROCESS_HOST_CHECK_RESULT;master;1;down");
        var service = engine.NextCheck(Site.Id("web1", "HTTP"));
        Assert.True(IsSkipped(engine, Site.Id("web1", "HTTP")));
        Assert.Equal(service + TimeSpan.FromMinutes(5), engine.NextCheck(Site.Id("web1", "HTTP")));
        var host = engine.NextCheck(Site.Id("web1"));
        engine.Advance(Clock.MoveTo(host!.Value), Output);
        Assert.Equal(Clock.Now.Monotonic + TimeSpan.FromMinutes(1), engine.NextCheck(Site.Id("web1")));
    }

    [Theory]
    [InlineData("inherits_parent 1", true)]
    [InlineData("inherits_parent 0", false)]
    public void Host_WhoseMastersMasterFails_IsHeldBackWhereThatIsInherited(string inherits, bool isSkipped)
    {
        var chain = HostDependency("top", "master", "d") + HostDependency("master", "web1", "d", inherits);
        var engine = Start("", Objects + Master + chain);
        Command(engine, "PROCESS_HOST_CHECK_RESULT;top;1;down");
        Assert.Equal(isSkipped, IsSkipped(engine, Site.Id("web1")));
    }

    [Fact]
    public void Hosts_ThatDependOnEachOtherInACircle_AreChecked()
    {
        const string Inherits = "inherits_parent 1";
        var circle = HostDependency("master", "web1", "d", Inherits) + HostDependency("web1", "master", "d", Inherits);
        var engine = Start("allow_circular_dependencies=1", Objects + Master + circle);
        Assert.False(IsSkipped(engine, Site.Id("web1")));
    }

    /// <summary>The masters that form the circle are looked at once, also where the host is no part of it.</summary>
    [Fact]
    public void Hosts_WhoseMastersDependOnEachOther_AreChecked()
    {
        const string Inherits = "inherits_parent 1";
        var circle = HostDependency("top", "master", "d", Inherits) + HostDependency("master", "top", "d", Inherits)
            + HostDependency("master", "web1", "d", Inherits);
        var engine = Start("allow_circular_dependencies=1", Objects + Master + circle);
        Assert.False(IsSkipped(engine, Site.Id("web1")));
    }

    /// <summary>Of two masters the one that is well has the master that fails, whichever stands first.</summary>
    [Theory]
    [InlineData("master")]
    [InlineData("other")]
    public void Host_WithTwoMasters_InheritsFromBoth(string ofFailing)
    {
        const string Inherits = "inherits_parent 1";
        var both = HostDependency("master", "web1", "d", Inherits) + HostDependency("other", "web1", "d", Inherits)
            + HostDependency("top", ofFailing, "d", Inherits);
        var engine = Start("", Objects + Master + Host("other") + both);
        Command(engine, "PROCESS_HOST_CHECK_RESULT;top;1;down");
        Assert.True(IsSkipped(engine, Site.Id("web1")));
    }

    [Theory]
    [Trait("Variable", "service_skip_check_dependency_status")]
    [InlineData("", 0, "first")]
    [InlineData("service_skip_check_dependency_status=3", 3, "(service dependency check failed) was: first")]
    public void ServiceDependency_MayGiveAState(string main, int state, string output)
    {
        var engine = Start(main, Objects + Master + ServiceDependency("c"));
        Command(engine, "PROCESS_SERVICE_CHECK_RESULT;web1;HTTP;0;first|a=1");
        Give(engine, "DB", "master", results: 2, code: 2);
        for (var turn = 0; turn < 2; turn++)
        {
            Assert.True(IsSkipped(engine, Site.Id("web1", "HTTP")));
        }

        var after = engine[Site.Id("web1", "HTTP")];
        Assert.Equal((state, output, "a=1"), (after.State, after.Output.Text(), after.PerformanceData.Text()));
        Assert.Equal(main.Length > 0, Output.Changes.Exists(change => change.Id == Site.Id("web1", "HTTP") && change.After.State == 3));
    }

    [Fact]
    public void ServiceDependency_ThatLetsRunWhatIsWell_DoesSo()
    {
        var engine = Start("service_skip_check_dependency_status=-2", Objects + Master + ServiceDependency("c"));
        Give(engine, "DB", "master", results: 2, code: 2);
        Assert.True(IsSkipped(engine, Site.Id("web1", "HTTP")));
        Command(engine, "PROCESS_SERVICE_CHECK_RESULT;web1;HTTP;0;fine");
        Assert.False(IsSkipped(engine, Site.Id("web1", "HTTP")));
    }

    [Theory]
    [Trait("Variable", "host_skip_check_dependency_status")]
    [InlineData("", 0, true)]
    [InlineData("host_skip_check_dependency_status=2", 2, true)]
    [InlineData("host_skip_check_dependency_status=3", 0, true)]
    [InlineData("host_skip_check_dependency_status=-2", 0, false)]
    public void HostDependency_MayGiveAState(string main, int state, bool isSkipped)
    {
        var engine = Start(main, Objects + Master + HostDependency("master", "web1", "d"));
        Command(engine, "PROCESS_HOST_CHECK_RESULT;master;1;down");
        Assert.Equal(isSkipped, IsSkipped(engine, Site.Id("web1")));
        Assert.Equal(state, engine[Site.Id("web1")].State);
    }

    [Theory]
    [Trait("Variable", "service_parents_disable_service_checks")]
    [InlineData("", 2, 2, false)]
    [InlineData("service_parents_disable_service_checks=1", 2, 2, true)]
    [InlineData("service_parents_disable_service_checks=1", 2, 0, false)]
    [InlineData("service_parents_disable_service_checks=1", 0, 2, false)]
    public void Service_WhoseParentsHaveProblems_IsNotChecked(string main, int own, int parent, bool isSkipped)
    {
        var child = Objects.Replace("service_description HTTP", "service_description HTTP\nparents master,DB", StringComparison.Ordinal);
        var engine = Start(main, child + Master);
        Give(engine, "DB", "master", results: 2, parent);
        Give(engine, "HTTP", "web1", results: 3, own);
        Assert.Equal(isSkipped, IsSkipped(engine, Site.Id("web1", "HTTP")));
    }

    [Theory]
    [Trait("Variable", "host_down_disable_service_checks")]
    [Trait("Variable", "service_skip_check_host_down_status")]
    [InlineData("", 2, false, 2, "first")]
    [InlineData("host_down_disable_service_checks=1", 2, true, 2, "first")]
    [InlineData("host_down_disable_service_checks=1\nservice_skip_check_host_down_status=3", 2, true, 3, "(host is down) was: first")]
    [InlineData("host_down_disable_service_checks=1\nservice_skip_check_host_down_status=-2", 2, true, 2, "first")]
    [InlineData("host_down_disable_service_checks=1\nservice_skip_check_host_down_status=-2", 1, false, 1, "first")]
    public void Service_WhoseHostIsDown_IsNotCheckedWhereTheConfigurationSaysSo(
        string main, int own, bool isSkipped, int state, string output)
    {
        var engine = Start(main);
        Command(engine, $"PROCESS_SERVICE_CHECK_RESULT;web1;HTTP;{own};first");
        Command(engine, "PROCESS_HOST_CHECK_RESULT;web1;1;down");
        Assert.Equal(isSkipped, IsSkipped(engine, Site.Id("web1", "HTTP")));
        var after = engine[Site.Id("web1", "HTTP")];
        Assert.Equal((state, output), (after.State, after.Output.Text()));
    }

    /// <summary>Whatever asks for it: Merlin's module cancels it at the last moment. The object keeps its state.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Check_OfABlockedHost_IsNotMadeUntilItIsFree(bool isForced)
    {
        var engine = Start("", Objects + "define hostgroup {\nhostgroup_name shut\nmembers web1\n}\n");
        engine.Block(["shut"]);
        if (isForced)
        {
            engine.Command(Clock.Now, "[1] SCHEDULE_FORCED_HOST_CHECK;web1;1"u8, Output);
        }

        Assert.True(IsSkipped(engine, Site.Id("web1")));
        Assert.True(IsSkipped(engine, Site.Id("web1", "HTTP")));
        Assert.False(engine[Site.Id("web1")].HasBeenChecked);
        Assert.True(engine.NextCheck(Site.Id("web1")) > Clock.Now.Monotonic);

        engine.Block([]);
        Assert.False(IsSkipped(engine, Site.Id("web1")));
        Assert.False(IsSkipped(engine, Site.Id("web1", "HTTP")));
    }

    private static string ServiceDependency(string failures, string more = "") =>
        $"define servicedependency {{\nhost_name master\nservice_description DB\ndependent_host_name web1\n"
        + $"dependent_service_description HTTP\nexecution_failure_criteria {failures}\n{more}\n}}\n";

    private static string HostDependency(string master, string dependent, string failures, string more = "") =>
        $"define hostdependency {{\nhost_name {master}\ndependent_host_name {dependent}\n"
        + $"execution_failure_criteria {failures}\n{more}\n}}\n";

    private void Give(MonitoringEngine engine, string service, string host, int results, int code)
    {
        for (var result = 0; result < results; result++)
        {
            Command(engine, $"PROCESS_SERVICE_CHECK_RESULT;{host};{service};{code};first");
        }
    }

    private void Command(MonitoringEngine engine, string command) => Assert.Null(engine.Command(
        Clock.Now, System.Text.Encoding.UTF8.GetBytes($"[{Clock.Now.Wall.ToUnixTimeSeconds()}] {command}\n"), Output));

    /// <summary>Whether the next turn of an object passes without a check.</summary>
    private bool IsSkipped(MonitoringEngine engine, CheckableId id)
    {
        if (engine.NextCheck(id) is { } due)
        {
            engine.Advance(Clock.MoveTo(due), Output);
        }

        return !engine.IsRunning(id);
    }
}
