using Compeer.Engine;
using Compeer.Engine.Model;

namespace Compeer.Tests.Engine;

/// <summary>Starting checks, snapshots and the lines of states.</summary>
public sealed class MonitoringEngineTests : EngineTest
{
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

        engine.Advance(Clock.Move(TimeSpan.FromDays(1)), Transition);
        Assert.Empty(Transition.Checks);
    }

    [Fact]
    public void LogStates_AllObjects_AreNaemonsLines()
    {
        TestSite site = SmallSite();
        MonitoringEngine engine = site.Build();
        engine.Store(site.Id("web1"), CheckState.Pending(1) with { Text = "gone"u8.ToArray(), OutputLength = 4, IsSoft = true });
        engine.LogInitialStates(Clock.Now, Transition);
        Assert.Equal(
            [
                "INITIAL HOST STATE: web1;DOWN;SOFT;1;gone",
                "INITIAL SERVICE STATE: web1;HTTP;OK;HARD;1;",
                "INITIAL SERVICE STATE: web1;PING;OK;HARD;1;",
            ],
            Transition.Lines());
        Transition.Clear();
        engine.LogCurrentStates(Clock.Now, Transition);
        Assert.Equal("CURRENT HOST STATE: web1;DOWN;SOFT;1;gone", Transition.Lines().First());
    }

    [Fact]
    public void LogInitialStates_SwitchedOff_SaysNothing()
    {
        TestSite site = SmallSite(TestSite.DefaultMain with { LogInitialStates = false });
        site.Build().LogInitialStates(Clock.Now, Transition);
        Assert.True(Transition.IsEmpty);
    }

    [Fact]
    public void Advance_MonotonicClockWentBack_IsAProgrammersError()
    {
        TestSite site = SmallSite();
        MonitoringEngine engine = Owning(site, site.Id("web1"));
        var earlier = new EngineTime(Clock.Now.Monotonic - TimeSpan.FromTicks(1), Clock.Now.Wall);
        Assert.Throws<ArgumentException>(() => engine.Advance(earlier, Transition));
    }

    [Fact]
    public void Snapshot_LaterChanges_AreNotSeen()
    {
        TestSite site = SmallSite();
        CheckableId id = site.Id("web1");
        MonitoringEngine engine = Owning(site, id);
        CheckToRun check = StartNext(engine);
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
