using Compeer.Cluster.Model;
using Compeer.Cluster.Wire;

namespace Compeer.Tests.Cluster;

/// <summary>A node that was away, and one whose clock was set: only the first doubts itself.</summary>
public sealed class ClusterClockTests
{
    private static readonly NodeId Large = MachineHarness.Large;

    [Fact]
    public void Pause_LongerThanOthersWait_GivesUpEverythingFirst()
    {
        var one = new MachineHarness(MachineHarness.Peer(Large));
        one.Do((machine, now, effects) => machine.DialFailed(now, Large, "refused", effects));
        one.Pause(TimeSpan.FromSeconds(3));

        one.Do((machine, now, effects) => machine.Publish(now, new RegisterId(RegisterKind.CheckState, 1), effects));

        var lose = Assert.IsType<ClusterEffect.Lose>(one.Last.First(effect => effect is not ClusterEffect.Notice));
        Assert.True(lose.DiscardRunning);
        Assert.Equal([0, 1, 2, 3], lose.Objects.AsEnumerable());
        Assert.Equal(ClusterSelfState.Doubting, one.View.SelfState);
        one.Wait(TimeSpan.FromSeconds(3.1));
        Assert.Equal(4, one.View.Held);
    }

    [Fact]
    public void Pause_WithACheckInFlightOfAnObjectGivenUpBefore_DropsThatResultToo()
    {
        var one = new MachineHarness(MachineHarness.Peer(Large));
        one.Do((machine, now, effects) => machine.DialFailed(now, Large, "refused", effects));
        var link = one.OpenSynced(Large);
        one.Receive(link, new LinkFrame.Reports([MachineHarness.Report(Large) with
        {
            Edges = [MachineHarness.OwnRun],
            Configuration = new ConfigurationVersion(2, "two"),
        }]));
        var lose = Assert.Single(one.Last.OfType<ClusterEffect.Lose>());
        one.Do((machine, now, effects) => machine.HandOver(now, lose.Handover, [2], effects));
        Assert.Equal(0, one.View.Held);

        one.Pause(TimeSpan.FromSeconds(3));
        one.Do((machine, now, effects) => machine.Advance(now, effects));

        // It holds nothing any more, and says all the same that no result counts.
        var discard = Assert.Single(one.Last.OfType<ClusterEffect.Lose>());
        Assert.True(discard.DiscardRunning);
        Assert.Empty(discard.Objects);
    }

    [Fact]
    public void WallClock_SetForwardByAYear_IsSaidAndChangesNothing()
    {
        var one = new MachineHarness(MachineHarness.Peer(Large));
        one.Do((machine, now, effects) => machine.DialFailed(now, Large, "refused", effects));
        one.WallOffset = TimeSpan.FromDays(365);

        one.Wait(TimeSpan.FromSeconds(10));

        Assert.Equal(ClusterSelfState.Active, one.View.SelfState);
        Assert.Equal(4, one.View.Held);
        Assert.Contains("the clock of this node was set forward by 31536000 s", one.Notices);
        Assert.DoesNotContain(one.Notices, text => text.Contains("did nothing for", StringComparison.Ordinal));
    }

    /// <summary>A virtual machine that was paused with all its clocks, and set right when it woke.</summary>
    [Theory]
    [InlineData("link")]
    [InlineData("report")]
    public void WallClock_JumpedAndANeighbourHasGivenThisNodeUp_DoubtsItself(string how)
    {
        var one = new MachineHarness(MachineHarness.Peer(Large));
        var link = one.OpenSynced(Large);
        var report = MachineHarness.Report(Large) with { Edges = [MachineHarness.OwnRun] };
        one.Receive(link, new LinkFrame.Reports([report]));
        Assert.NotEqual(0, one.View.Held);

        one.WallOffset = TimeSpan.FromSeconds(60);
        one.Do((machine, now, effects) => machine.Advance(now, effects));
        Assert.NotEqual(0, one.View.Held);
        if (how == "link")
        {
            one.Do((machine, now, effects) => machine.LinkClosed(now, link, "reset", effects));
        }
        else
        {
            one.Receive(link, new LinkFrame.Reports([report with { Sequence = 2, Revision = 2, Edges = [] }]));
        }

        Assert.Equal(0, one.View.Held);
        Assert.Equal(ClusterSelfState.Doubting, one.View.SelfState);
        Assert.True(Assert.Single(one.Last.OfType<ClusterEffect.Lose>()).DiscardRunning);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(-5)]
    public void Apply_OfWhatANodeWithAnotherTimeWrote_SaysHowFarItsClockIsAhead(int hours)
    {
        var one = new MachineHarness(MachineHarness.Peer(Large));
        var link = one.Open(Large);
        var theirs = MachineHarness.Start + one.Now + TimeSpan.FromHours(hours);
        one.Receive(link, MachineHarness.Hello(Large) with { WallMilliseconds = theirs.ToUnixTimeMilliseconds() });
        one.AnswerSync(link);

        one.Receive(link, new LinkFrame.Updates(0, [MachineHarness.Written(Large, 1, 2)]));

        var ahead = Assert.Single(one.Last.OfType<ClusterEffect.Apply>()).ClockAhead;
        Assert.InRange(ahead - TimeSpan.FromHours(hours), TimeSpan.FromSeconds(-1), TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void Gain_OfWhatANodeWithAnotherTimeRan_SaysHowFarItsClockIsAhead()
    {
        var one = new MachineHarness(MachineHarness.Peer(Large));
        var link = one.Open(Large);
        var theirs = MachineHarness.Start + one.Now + TimeSpan.FromHours(5);
        one.Receive(link, MachineHarness.Hello(Large) with { WallMilliseconds = theirs.ToUnixTimeMilliseconds() });
        one.AnswerSync(link);
        one.Receive(link, new LinkFrame.Updates(0, [MachineHarness.Written(Large, 1, 2)]));

        one.Do((machine, now, effects) => machine.LinkClosed(now, link, "reset", effects));
        one.Wait(TimeSpan.FromSeconds(4));

        var gains = one.All.OfType<ClusterEffect.Gain>().ToArray();
        Assert.Equal([0, 1, 3], Assert.Single(gains, gain => gain.ClockAhead == TimeSpan.Zero).Objects.AsEnumerable());
        var ahead = Assert.Single(gains, gain => gain.ClockAhead != TimeSpan.Zero);
        Assert.Equal([2], ahead.Objects.AsEnumerable());
        Assert.InRange(ahead.ClockAhead, TimeSpan.FromHours(5) - TimeSpan.FromSeconds(1), TimeSpan.FromHours(5) + TimeSpan.FromSeconds(1));
    }
}
