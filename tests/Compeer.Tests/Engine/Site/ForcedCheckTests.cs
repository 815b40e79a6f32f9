using System.Text;
using Compeer.Engine;
using Compeer.Engine.Model;
using Compeer.Engine.Site;

namespace Compeer.Tests.Engine.Site;

/// <summary>Times that are not lost, and none that are shown although nothing happens then.</summary>
public sealed class ForcedCheckTests : MainVariableHarness
{
    [Theory]
    [InlineData("check_interval 5", "check_interval 7")]
    [InlineData("check_interval 5", "check_interval 5\nactive_checks_enabled 0")]
    public void TakeUp_ObjectThatIsRescheduled_KeepsTheCheckThatWasForced(string before, string after)
    {
        var engine = Start("");
        Finish(engine, "HTTP", 0);
        Say(engine, "SCHEDULE_FORCED_SVC_CHECK;web1;HTTP;0");
        var changed = TextSite.Of("", Objects.Replace(before, after, StringComparison.Ordinal));
        engine.TakeUp(Clock.Now, EngineChange.Prepare(engine.Configuration, changed), Output);
        Output.Clear();
        engine.Advance(Clock.Now, Output);
        Assert.Contains(Output.Checks, check => check.Id == changed.Id("web1", "HTTP"));
    }

    [Fact]
    public void NextCheck_ChecksOffAndOnAgain_IsWhatIsPlanned()
    {
        var engine = Start("");
        var id = Site.Id("web1", "HTTP");
        Finish(engine, "HTTP", 0);
        Assert.NotEqual(0, engine[id].NextCheckTicks);
        Output.Clear();
        Say(engine, "DISABLE_SVC_CHECK;web1;HTTP");
        Assert.Equal(0, engine[id].NextCheckTicks);
        Assert.Equal(0, Assert.Single(Output.Changes).After.NextCheckTicks);
        Say(engine, "ENABLE_SVC_CHECK;web1;HTTP");
        Assert.Equal(Planned(engine, id), engine[id].NextCheckTicks);
        Say(engine, "CHANGE_NORMAL_SVC_CHECK_INTERVAL;web1;HTTP;9");
        Assert.Equal(Planned(engine, id), engine[id].NextCheckTicks);
    }

    private long Planned(MonitoringEngine engine, CheckableId id) =>
        (Clock.Now.Wall + (engine.NextCheck(id)!.Value - Clock.Now.Monotonic)).UtcTicks;

    private void Say(MonitoringEngine engine, string command) => Assert.Null(engine.Command(
        Clock.Now, Encoding.UTF8.GetBytes($"[{Clock.Now.Wall.ToUnixTimeSeconds()}] {command}\n"), Output));
}
