using Compeer.Configuration.Text;
using Compeer.Engine.Model;
using Compeer.Engine.Snapshot;

namespace Compeer.Tests.Engine.Snapshot;

public sealed class StateLogTests : EngineHarness
{
    [Fact]
    public void Lines_AllObjects_AreNaemonsHostsFirst()
    {
        var site = SmallSite();
        var engine = site.Build();
        var gone = CheckState.Pending(1) with { Text = "gone"u8.ToArray(), OutputLength = 4, IsSoft = true };
        engine.Store(site.Id("web1"), gone, TimeSpan.Zero);
        var snapshot = engine.Snapshot(Clock.Now);
        Assert.Equal(
            [
                "INITIAL HOST STATE: web1;DOWN;SOFT;1;gone",
                "INITIAL SERVICE STATE: web1;HTTP;OK;HARD;1;",
                "INITIAL SERVICE STATE: web1;PING;OK;HARD;1;",
            ],
            StateLog.Initial(snapshot).Select(line => ConfigurationText.Decode(line.Text.Span)));
        var current = StateLog.Current(snapshot).First();
        Assert.Equal("CURRENT HOST STATE: web1;DOWN;SOFT;1;gone", ConfigurationText.Decode(current.Text.Span));
        Assert.Equal(Clock.Now.Wall, current.At);
    }

    [Theory]
    [Trait("Variable", "log_current_states")]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Lines_SwitchedOff_AreNone(bool initial, bool current)
    {
        var site = SmallSite(TestSite.DefaultMain with { LogInitialStates = initial, LogCurrentStates = current });
        var snapshot = site.Build().Snapshot(Clock.Now);
        Assert.Equal(initial ? 3 : 0, StateLog.Initial(snapshot).Count());
        Assert.Equal(current ? 3 : 0, StateLog.Current(snapshot).Count());
    }
}
