using Compeer.Configuration.Main;
using Compeer.Engine;
using Compeer.Engine.Events;
using Compeer.Engine.Model;

namespace Compeer.Tests.Engine;

/// <summary>An engine, its clock, and the few steps that most tests take.</summary>
public abstract class EngineHarness
{
    private protected TestClock Clock { get; } = new();

    private protected Transition Output { get; } = new();

    private protected static TestSite SmallSite(MainConfiguration? main = null)
    {
        var site = new TestSite { Main = main ?? TestSite.DefaultMain }
            .Host("web1").Service("web1", "HTTP").Service("web1", "PING");
        site.Build();
        return site;
    }

    private protected MonitoringEngine Owning(TestSite site, params CheckableId[] ids)
    {
        var engine = site.Build();
        engine.Gain(Clock.Now, ids, TimeSpan.Zero, Output);
        return engine;
    }

    /// <summary>Owns web1 and its service HTTP, whose check is due now; the host was checked so long ago.</summary>
    private protected MonitoringEngine OwningJustChecked(TestSite site, TimeSpan hostAge)
    {
        var engine = site.Build();
        CheckState Checked(TimeSpan age) => CheckState.Pending(0) with
        {
            HasBeenChecked = true,
            LastCheckTicks = (Clock.Now.Wall - age).UtcTicks,
            NextCheckTicks = (Clock.Now.Wall - age + TestSite.DefaultChecking.CheckInterval).UtcTicks,
        };
        engine.Store(site.Id("web1"), Checked(hostAge - TimeSpan.FromSeconds(1)), TimeSpan.Zero);
        engine.Store(site.Id("web1", "HTTP"), Checked(TestSite.DefaultChecking.CheckInterval - TimeSpan.FromSeconds(1)), TimeSpan.Zero);
        engine.Gain(Clock.Now, [site.Id("web1"), site.Id("web1", "HTTP")], TimeSpan.Zero, Output);
        return engine;
    }

    /// <summary>Goes to the next check and starts it; the transition then holds what follows only.</summary>
    protected CheckToRun StartNext(MonitoringEngine engine)
    {
        Output.Clear();
        engine.Advance(Clock.MoveTo(engine.NextWake!.Value), Output);
        var check = Assert.Single(Output.Checks);
        Output.Clear();
        return check;
    }

    protected CompletionStatus Finish(MonitoringEngine engine, CheckToRun check, int code) =>
        engine.Complete(Clock.Now, check.Id, Results.Exited(Clock.Now, code) with { Run = check.Run }, Output);
}
