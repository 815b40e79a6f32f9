using Compeer.Configuration.Objects.Definitions;
using Compeer.Engine;
using Compeer.Engine.Events;
using Compeer.Engine.Model;
using Compeer.Engine.Site;

namespace Compeer.Tests.Engine.Model;

/// <summary>What operators changed is what the rules read: times of checks, attempts, commands, switches of the program; also after a
/// reload.</summary>
public sealed class SettingsTests : EngineHarness
{
    [Fact]
    public void ActiveChecks_Off_TakesTheTimeAwayAndOnBringsItBack()
    {
        var site = SmallSite();
        var id = site.Id("web1", "HTTP");
        var engine = Owning(site, id);
        var before = engine.NextCheck(id);
        Assert.NotNull(before);
        Change(engine, id, OperatorSetting.ActiveChecks, SettingValue.Of(isOn: false));
        Assert.Null(engine.NextCheck(id));
        Change(engine, id, OperatorSetting.ActiveChecks, SettingValue.Of(isOn: true));
        Assert.Equal(before, engine.NextCheck(id));
    }

    [Fact]
    public void CheckInterval_Changed_DecidesTheNextCheck()
    {
        var site = SmallSite();
        var id = site.Id("web1", "HTTP");
        var engine = Owning(site, id);
        Finish(engine, StartNext(engine), 0);
        Change(engine, id, OperatorSetting.CheckInterval, SettingValue.Of(TimeSpan.FromMinutes(2)));
        Finish(engine, StartNext(engine), 0);
        Assert.Equal(Clock.Now.Monotonic + TimeSpan.FromMinutes(2), engine.NextCheck(id));
    }

    [Fact]
    public void MaxCheckAttempts_Changed_DecidesWhatIsHard()
    {
        var site = SmallSite();
        var id = site.Id("web1", "HTTP");
        var engine = Owning(site, id);
        Change(engine, id, OperatorSetting.MaxCheckAttempts, SettingValue.Of(1));
        Finish(engine, StartNext(engine), 2);
        Assert.False(engine[id].IsSoft);
    }

    [Fact]
    public void RetryInterval_Changed_DecidesTheRetry()
    {
        var site = SmallSite();
        var id = site.Id("web1", "HTTP");
        var engine = Owning(site, id);
        Change(engine, id, OperatorSetting.RetryInterval, SettingValue.Of(TimeSpan.FromSeconds(7)));
        Finish(engine, StartNext(engine), 2);
        Assert.Equal(Clock.Now.Monotonic + TimeSpan.FromSeconds(7), engine.NextCheck(id));
    }

    [Fact]
    public void ServiceChecks_OffForTheProgram_StopsServicesOnly()
    {
        var site = SmallSite();
        var engine = Owning(site, [.. site.All()]);
        engine.Replay(MonitoringEvent.Changed(Clock.Now, ProgramSetting.ServiceChecks, SettingValue.Of(isOn: false)));
        engine.Advance(Clock.Move(TestSite.DefaultChecking.CheckInterval), Output);
        Assert.Equal([site.Id("web1")], Output.Checks.Select(check => check.Id));
        engine.Replay(MonitoringEvent.Changed(Clock.Now, ProgramSetting.ServiceChecks, null));
        engine.Advance(Clock.Move(TestSite.DefaultChecking.CheckInterval), Output);
        Assert.Contains(Output.Checks, check => check.Id == site.Id("web1", "HTTP"));
    }

    [Fact]
    public void Settings_ThroughAReload_Stay()
    {
        var site = SmallSite();
        var engine = Owning(site, [.. site.All()]);
        var http = site.Id("web1", "HTTP");
        Change(engine, http, OperatorSetting.ActiveChecks, SettingValue.Of(isOn: false));
        engine.Replay(MonitoringEvent.Changed(Clock.Now, ProgramSetting.HostChecks, SettingValue.Of(isOn: false)));

        var after = new TestSite().Host("db1").Host("web1").Service("web1", "HTTP", TestSite.DefaultChecking with { MaxCheckAttempts = 7 })
            .Service("web1", "PING");
        after.Build();
        engine.TakeUp(Clock.Now, EngineChange.Prepare(engine.Configuration, after.Configuration), Output);
        Assert.Null(engine.NextCheck(after.Id("web1", "HTTP")));
        engine.Advance(Clock.Move(TestSite.DefaultChecking.CheckInterval), Output);
        Assert.Equal([after.Id("web1", "PING")], Output.Checks.Select(check => check.Id));
    }

    [Theory]
    [InlineData("check_http!a\\!b!c", "a!b,c")]
    [InlineData("check_http", "")]
    [InlineData("check_https!x", null)]
    public void CheckCommand_Text_IsReadAsInTheConfiguration(string text, string? arguments)
    {
        var site = SmallSite();
        var objects = site.Objects with { Commands = [new CommandDefinition("check_http", "plugin", TestSite.Nowhere)] };
        var call = ChangedSettings.Call(objects, text);
        Assert.Equal(arguments, call is null ? null : string.Join(',', call.Arguments));
    }

    private void Change(MonitoringEngine engine, CheckableId id, OperatorSetting setting, SettingValue? value) =>
        engine.Replay(MonitoringEvent.Changed(Clock.Now, id, setting, value));
}
