using Compeer.Cluster.Model;
using Compeer.Cluster.Wire;

namespace Compeer.Tests.Cluster;

/// <summary>Nodes that become ready together: both taking everything at once would run each check twice.</summary>
public sealed class CommonStartTests
{
    [Fact]
    public void Start_TogetherWithASmallerNode_LetsItBegin()
    {
        (var one, var link) = Ready(MachineHarness.Small);
        Assert.Equal((ClusterSelfState.Starting, 0), (one.View.SelfState, one.View.Held));

        one.Receive(link, Report(MachineHarness.Small, sequence: 2, acting: true));

        Assert.Equal(ClusterSelfState.Active, one.View.SelfState);
        Assert.Equal(2, one.View.Members.Length);
    }

    [Fact]
    public void Start_TogetherWithALargerNode_Begins()
    {
        (var one, _) = Ready(MachineHarness.Large);
        Assert.Equal((ClusterSelfState.Active, 4), (one.View.SelfState, one.View.Held));
    }

    [Fact]
    public void Start_TogetherWithASmallerNodeThatDoesNotBegin_BeginsAfterTheGrace()
    {
        (var one, var link) = Ready(MachineHarness.Small);
        var sequence = 1;
        void Talk() => one.Receive(link, Report(MachineHarness.Small, ++sequence, acting: false));

        one.Wait(TimeSpan.FromMilliseconds(2_900), Talk);
        Assert.Equal(0, one.View.Held);
        one.Wait(TimeSpan.FromMilliseconds(300), Talk);

        Assert.Equal(4, one.View.Held);
    }

    [Fact]
    public void Start_BesideASmallerNodeThatLeaves_Begins()
    {
        (var one, var link) = Ready(MachineHarness.Small);
        one.Receive(link, Report(MachineHarness.Small, sequence: 2, acting: false, leaving: true));
        Assert.Equal(ClusterSelfState.Active, one.View.SelfState);
    }

    /// <summary>A node that has caught up with another that does not act yet, and the other with it.</summary>
    private static (MachineHarness One, LinkId Link) Ready(NodeId other)
    {
        var one = new MachineHarness(MachineHarness.Peer(other));
        var link = one.OpenSynced(other);
        one.Receive(link, Report(other, sequence: 1, acting: false));
        return (one, link);
    }

    private static LinkFrame.Reports Report(NodeId node, long sequence, bool acting, bool leaving = false) => new(
    [
        MachineHarness.Report(node) with
        {
            Sequence = sequence,
            Revision = sequence,
            Acting = acting,
            Leaving = leaving,
            Edges = [MachineHarness.OwnRun],
            Configured = [MachineHarness.Self],
        },
    ]);
}
