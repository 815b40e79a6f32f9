using Compeer.Engine;
using Compeer.Engine.Model;
using Compeer.Objects;

namespace Compeer.Tests.Engine;

/// <summary>What tests of a whole engine share: a clock, a transition, and a small configuration.</summary>
public abstract class EngineTest
{
    private protected TestClock Clock { get; } = new();

    private protected Transition Transition { get; } = new();

    private protected static TestSite SmallSite(MainConfiguration? main = null)
    {
        TestSite site = new TestSite { Main = main ?? TestSite.DefaultMain }
            .Host("web1").Service("web1", "HTTP").Service("web1", "PING");
        site.Build();
        return site;
    }

    private protected MonitoringEngine Owning(TestSite site, params CheckableId[] ids)
    {
        MonitoringEngine engine = site.Build();
        engine.Gain(Clock.Now, ids, Transition);
        return engine;
    }

    /// <summary>Owns web1 and its service HTTP, whose check is due now; the host was checked so long ago.</summary>
    private protected MonitoringEngine OwningJustChecked(TestSite site, TimeSpan hostAge)
    {
        MonitoringEngine engine = site.Build();
        CheckState Checked(TimeSpan age) => CheckState.Pending(0) with
        {
            HasBeenChecked = true,
            LastCheckTicks = (Clock.Now.Wall - age).UtcTicks,
            NextCheckTicks = (Clock.Now.Wall - age + TestSite.DefaultChecking.CheckInterval).UtcTicks,
        };
        engine.Store(site.Id("web1"), Checked(hostAge - TimeSpan.FromSeconds(1)));
        engine.Store(site.Id("web1", "HTTP"), Checked(TestSite.DefaultChecking.CheckInterval - TimeSpan.FromSeconds(1)));
        engine.Gain(Clock.Now, [site.Id("web1"), site.Id("web1", "HTTP")], Transition);
        return engine;
    }

    /// <summary>Goes to the next check and starts it; the transition then holds what follows only.</summary>
    private protected CheckToRun StartNext(MonitoringEngine engine)
    {
        Transition.Clear();
        engine.Advance(Clock.MoveTo(engine.NextWake!.Value), Transition);
        CheckToRun check = Assert.Single(Transition.Checks);
        Transition.Clear();
        return check;
    }

    private protected CompletionStatus Finish(MonitoringEngine engine, CheckToRun check, int code) =>
        engine.Complete(Clock.Now, check.Id, Results.Exited(Clock.Now, code) with { Run = check.Run }, Transition);
}
