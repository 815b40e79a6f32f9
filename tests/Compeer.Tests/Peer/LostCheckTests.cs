using System.Text;
using Compeer.Peer;

namespace Compeer.Tests.Peer;

/// <summary>A check of which whoever runs checks knows nothing any more is told of, and made again.</summary>
public sealed class LostCheckTests
{
    private readonly PeerHarness _harness = PeerHarness.Alone(1);

    [Fact]
    public void Check_ThatIsLost_IsToldOfAndMadeAgain()
    {
        var started = _harness.FirstCheck();
        var (doubt, after) = RunUntilDoubt();
        Assert.Equal((started.Check.Id, started.Check.Run), (doubt.Check.Id, doubt.Check.Run));
        Assert.InRange(after, started.Check.Timeout + TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(12));

        var effects = _harness.Run(new PeerInput.CheckLost(doubt.Check.Id, doubt.Check.Run));
        var line = Assert.Single(effects.OfType<PeerEffect.WriteLog>());
        Assert.Equal(
            "Warning: The check of host 'h0' looks like it was orphaned (results never came back).  "
            + "I'm scheduling an immediate check of the host...",
            Encoding.UTF8.GetString(line.Entry.Text.Span));
        var again = effects.Concat(_harness.Run()).OfType<PeerEffect.StartCheck>().Single();
        Assert.NotEqual(started.Check.Run, again.Check.Run);

        _harness.Run(_harness.ResultOf(started));
        Assert.False(_harness.Peer.StateOf(started.Check.Id).HasBeenChecked);
        _harness.Run(_harness.ResultOf(again));
        Assert.True(_harness.Peer.StateOf(started.Check.Id).HasBeenChecked);
    }

    [Fact]
    public void Check_ThatWaitsStill_IsAskedAfterEachMinuteAndNotMadeTwice()
    {
        var started = _harness.FirstCheck();
        RunUntilDoubt();
        var (second, after) = RunUntilDoubt();
        Assert.Equal(started.Check.Run, second.Check.Run);
        Assert.InRange(after, TimeSpan.FromSeconds(59), TimeSpan.FromSeconds(61));
        _harness.Run(_harness.ResultOf(started));
        Assert.True(_harness.Peer.StateOf(started.Check.Id).HasBeenChecked);
    }

    [Fact]
    public void Check_ThatCameBackMeanwhile_IsNotLost()
    {
        var started = _harness.FirstCheck();
        _harness.Run(_harness.ResultOf(started));
        Assert.DoesNotContain(
            _harness.Run(new PeerInput.CheckLost(started.Check.Id, started.Check.Run)),
            effect => effect is PeerEffect.WriteLog or PeerEffect.StartCheck);
    }

    private (PeerEffect.LookFor Doubt, TimeSpan After) RunUntilDoubt()
    {
        var began = _harness.Time;
        while (_harness.Time - began < TimeSpan.FromMinutes(20))
        {
            _harness.Time += _harness.Wait;
            var effects = _harness.Run();
            Assert.DoesNotContain(effects, effect => effect is PeerEffect.StartCheck);
            if (effects.OfType<PeerEffect.LookFor>().FirstOrDefault() is { } doubt)
            {
                return (doubt, _harness.Time - began);
            }
        }

        throw new InvalidOperationException("nothing is asked after");
    }
}
