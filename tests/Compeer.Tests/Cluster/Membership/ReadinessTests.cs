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
}
