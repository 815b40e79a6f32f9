using Compeer.Cluster.Model;
using Compeer.Cluster.Wire;

namespace Compeer.Tests.Cluster.Membership;

/// <summary>When a node that starts takes its share.</summary>
public sealed class ReadinessTests
{
    private static readonly NodeId Large = MachineHarness.Large;

    /// <summary>Peers that were hard to reach, or a machine that is busy: the grace of the start is over, and the word of the other end
    /// that it has caught up as well is on its way.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Synced_AfterTheGraceOfTheStart_WaitsForTheOthersWordOnceMore(bool comes)
    {
        var one = new MachineHarness(MachineHarness.Peer(Large));
        var link = one.Open(Large);
        one.Receive(link, MachineHarness.Hello(Large));
        var request = Assert.Single(one.SentOn(link).OfType<LinkFrame.SyncRequest>());
        for (var i = 1; i <= 5; i++)
        {
            one.Wait(TimeSpan.FromSeconds(1));
            one.Receive(link, new LinkFrame.Updates(request.Sync, [MachineHarness.Written(Large, i, i % 4)]));
        }

        one.AnswerSync(link);
        one.Wait(TimeSpan.FromSeconds(2.5), one.KeepAlive);
        Assert.Equal(NodeLinkState.Active, one.Node(Large).State);
        Assert.Equal((ClusterSelfState.Starting, 0), (one.View.SelfState, one.View.Held));
        if (comes)
        {
            one.Receive(
                link, new LinkFrame.Reports([MachineHarness.Report(Large) with { Edges = [new Run(MachineHarness.Self, 1_000)] }]));
            Assert.Equal([MachineHarness.Self, Large], one.View.Members.AsEnumerable());
        }
        else
        {
            // It never says so: this node cannot wait for ever.
            one.Wait(TimeSpan.FromSeconds(1), one.KeepAlive);
        }

        Assert.Equal(ClusterSelfState.Active, one.View.SelfState);
    }

    /// <summary>All are restarted at about the same time: the other one went on after this one had stopped.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void NobodyListens_WhereOneWasActiveWhenThisNodeStopped_WaitsForItAndNotForEver(bool comes)
    {
        var one = Restarted(new DurableState { Contemporaries = [Large] });
        one.Do((machine, now, effects) => machine.DialFailed(now, Large, "nobody listens there", effects));
        one.Wait(TimeSpan.FromSeconds(2.9));
        Assert.Equal((ClusterSelfState.Starting, 0), (one.View.SelfState, one.View.Held));
        Assert.Contains(one.Notices, notice => notice.Contains("node20 was active when this node was so last", StringComparison.Ordinal));
        if (comes)
        {
            one.Receive(
                one.OpenSynced(Large),
                new LinkFrame.Reports([MachineHarness.Report(Large) with { Edges = [new Run(MachineHarness.Self, 1_000)] }]));
            Assert.Equal([MachineHarness.Self, Large], one.View.Members.AsEnumerable());
        }
        else
        {
            one.Wait(TimeSpan.FromSeconds(0.1));
            Assert.Equal((ClusterSelfState.Active, 4), (one.View.SelfState, one.View.Held));
        }
    }

    /// <summary>It was not there before: nothing is known to it that is not known here.</summary>
    [Fact]
    public void NobodyListens_WhereNobodyWasBefore_IsNotWaitedFor()
    {
        var one = Restarted(new DurableState { Contemporaries = [MachineHarness.Small] });
        one.Do((machine, now, effects) => machine.DialFailed(now, Large, "nobody listens there", effects));
        Assert.Equal((ClusterSelfState.Active, 4), (one.View.SelfState, one.View.Held));
    }

    [Fact]
    public void Contemporaries_AreThoseThatWereThereWhileItActed()
    {
        var one = Restarted(DurableState.Empty);
        var link = one.OpenSynced(Large);
        one.Receive(link, new LinkFrame.Reports([MachineHarness.Report(Large) with { Edges = [new Run(MachineHarness.Self, 1_000)] }]));
        Assert.Equal(ClusterSelfState.Active, one.View.SelfState);
        Assert.Equal([Large], one.Disk.Contemporaries.AsEnumerable());

        // The other one ends, and this one goes on without it.
        one.Do((machine, now, effects) => machine.LinkClosed(now, link, "gone", effects));
        one.Wait(TimeSpan.FromSeconds(3));
        Assert.Empty(one.Disk.Contemporaries);

        // It comes back, and ends after this one has begun to leave: it went on.
        link = one.OpenSynced(Large, incarnation: 2);
        Assert.Equal([Large], one.Disk.Contemporaries.AsEnumerable());
        one.Do((machine, now, effects) => machine.Leave(now, effects));
        one.Do((machine, now, effects) => machine.LinkClosed(now, link, "gone", effects));
        one.Wait(TimeSpan.FromSeconds(3));
        Assert.Equal([Large], one.Disk.Contemporaries.AsEnumerable());
    }

    private static MachineHarness Restarted(DurableState durable) =>
        new(MachineHarness.Objects(4), durable, MachineHarness.Peer(Large));
}
