using Compeer.Engine.Model;

namespace Compeer.Tests.Engine;

/// <summary>Variables of the main configuration that say how things are checked, and what is told of it.</summary>
public sealed class CheckingVariableTests : MainVariableHarness
{
    [Theory]
    [Trait("Variable", "interval_length")]
    [InlineData("", 300)]
    [InlineData("interval_length=2", 10)]
    public void IntervalLength_IsTheUnitOfIntervals(string main, int seconds)
    {
        var engine = Start(main);
        Finish(engine, "web1", code: 0);
        Assert.Equal(TimeSpan.FromSeconds(seconds), engine.NextCheck(Site.Id("web1")) - Clock.Now.Monotonic);
    }

    [Theory]
    [Trait("Variable", "service_check_timeout")]
    [Trait("Variable", "host_check_timeout")]
    [InlineData("", 30, 60)]
    [InlineData("service_check_timeout=7", 30, 7)]
    [InlineData("host_check_timeout=8", 8, 60)]
    public void CheckTimeouts_AreThoseOfChecks(string main, int host, int service)
    {
        var engine = Start(main);
        Assert.Equal(TimeSpan.FromSeconds(host), StartNextOf(engine, "web1").Timeout);
        Assert.Equal(TimeSpan.FromSeconds(service), StartNextOf(engine, "HTTP").Timeout);
    }

    [Theory]
    [Trait("Variable", "service_check_timeout_state")]
    [InlineData("", 2)]
    [InlineData("service_check_timeout_state=o", 0)]
    [InlineData("service_check_timeout_state=w", 1)]
    [InlineData("service_check_timeout_state=c", 2)]
    [InlineData("service_check_timeout_state=u", 3)]
    public void ServiceCheckTimeoutState_IsTheState(string main, int expected)
    {
        var engine = Start(main);
        var check = StartNextOf(engine, "HTTP");
        engine.Complete(Clock.Now, check.Id, Results.Ended(CheckOutcome.TimedOut, 0, seconds: 60) with { Run = check.Run }, Output);
        Assert.Equal(expected, engine[check.Id].State);
    }

    [Theory]
    [Trait("Variable", "use_aggressive_host_checking")]
    [InlineData("", 0)]
    [InlineData("use_aggressive_host_checking=1", 1)]
    [InlineData("use_agressive_host_checking=1", 1)]
    public void UseAggressiveHostChecking_TakesWarningForDown(string main, int expected)
    {
        var engine = Start(main);
        Finish(engine, "web1", code: 1);
        Assert.Equal(expected, engine[Site.Id("web1")].State);
    }

    [Theory]
    [Trait("Variable", "cached_host_check_horizon")]
    [InlineData("", 14, false)]
    [InlineData("", 16, true)]
    [InlineData("cached_host_check_horizon=60", 59, false)]
    [InlineData("cached_host_check_horizon=60", 61, true)]
    [InlineData("cached_host_check_horizon=0", 0, true)]
    public void CachedHostCheckHorizon_BoundsHostChecksOnDemand(string main, int secondsAgo, bool isChecked)
    {
        var engine = Start(main);
        Finish(engine, "web1", code: 0);
        var check = StartNextOf(engine, "HTTP");
        engine.Store(Site.Id("web1"), engine[Site.Id("web1")] with
        {
            LastCheckTicks = (Clock.Now.Wall - TimeSpan.FromSeconds(secondsAgo)).UtcTicks,
            NextCheckTicks = (Clock.Now.Wall + TimeSpan.FromMinutes(4)).UtcTicks,
        }, TimeSpan.Zero);
        Complete(engine, check, code: 2);
        Assert.Equal(isChecked, engine.NextCheck(Site.Id("web1")) == Clock.Now.Monotonic);
    }

    [Theory]
    [Trait("Variable", "execute_service_checks")]
    [Trait("Variable", "execute_host_checks")]
    [InlineData("", true, true)]
    [InlineData("execute_service_checks=0", true, false)]
    [InlineData("execute_host_checks=0", false, true)]
    public void ExecuteChecks_SwitchesThemOff(string main, bool hosts, bool services)
    {
        var engine = Start(main);
        engine.Advance(Clock.Move(TimeSpan.FromMinutes(5)), Output);
        Assert.Equal(hosts, Output.Checks.Any(check => check.Id == Site.Id("web1")));
        Assert.Equal(services, Output.Checks.Any(check => check.Id == Site.Id("web1", "HTTP")));
    }

    [Theory]
    [Trait("Variable", "log_service_retries")]
    [Trait("Variable", "log_host_retries")]
    [InlineData("")]
    [InlineData("log_service_retries=1", "SERVICE ALERT: web1;HTTP;CRITICAL;SOFT;1;text")]
    [InlineData("log_host_retries=1", "HOST ALERT: web1;DOWN;SOFT;1;text")]
    public void LogRetries_PutsSoftProblemsIntoTheLog(string main, params string[] expected)
    {
        var engine = Start(main);
        var service = StartNextOf(engine, "HTTP");
        Complete(engine, service, code: 2);
        Finish(engine, "web1", code: 2);
        Assert.Equal(expected, Output.Lines());
    }

    [Theory]
    [Trait("Variable", "cached_service_check_horizon")]
    [Trait("Variable", "enable_predictive_service_dependency_checks")]
    [InlineData("", true)]
    [InlineData("enable_predictive_service_dependency_checks=0", false)]
    [InlineData("cached_service_check_horizon=600", false)]
    public void PredictiveServiceDependencyChecks_LookAtTheMaster(string main, bool isChecked)
    {
        var engine = Start(main, Objects + Service("SSH") + """
            define servicedependency {
              host_name web1
              service_description SSH
              dependent_host_name web1
              dependent_service_description HTTP
              notification_failure_criteria c
            }

            """);
        Finish(engine, "SSH", code: 0);
        Finish(engine, "HTTP", code: 2);
        var master = Site.Id("web1", "SSH");
        var planned = engine.NextCheck(master);
        Assert.True(planned > Clock.Now.Monotonic);
        Finish(engine, "HTTP", code: 2);
        Assert.Equal(isChecked, engine.NextCheck(master) == Clock.Now.Monotonic);
        Assert.True(isChecked || engine.NextCheck(master) == planned);
    }

    [Theory]
    [Trait("Variable", "enable_predictive_host_dependency_checks")]
    [InlineData("", true)]
    [InlineData("enable_predictive_host_dependency_checks=0", false)]
    public void PredictiveHostDependencyChecks_LookAtTheMaster(string main, bool isChecked)
    {
        var objects = Objects.Replace("max_check_attempts 3", "max_check_attempts 2", StringComparison.Ordinal);
        var engine = Start($"cached_host_check_horizon=0\n{main}", objects + Host("web2") + Dependency("web2", "web1"));
        Finish(engine, "web2", code: 0);
        Finish(engine, "web1", code: 2);
        Assert.Equal(isChecked, engine.NextCheck(Site.Id("web2")) == Clock.Now.Monotonic);
    }
}
