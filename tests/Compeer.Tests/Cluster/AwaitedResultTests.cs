using Compeer.Cluster.Model;
using Compeer.Cluster.Wire;

namespace Compeer.Tests.Cluster;

/// <summary>A report overtakes the result of the check that it says has ended: by way of a third node.</summary>
public sealed class AwaitedResultTests
{
    private static readonly NodeId Large = MachineHarness.Large;
    private static readonly NodeId Small = MachineHarness.Small;

    private readonly MachineHarness _one = new(MachineHarness.Peer(Large), MachineHarness.Peer(Small));
    private readonly LinkId _large;
    private readonly LinkId _small;

    /// <summary>Three members; Large has not confirmed yet that it gave up what is this node's share.</summary>
    public AwaitedResultTests()
    {
        _large = _one.OpenSynced(Large);
        _small = _one.OpenSynced(Small);
        _one.Receive(_small, new LinkFrame.Reports([Report(Small, sequence: 1, applied: 0, written: 0)]));
        _one.Receive(_large, new LinkFrame.Reports([Report(Large, sequence: 1, applied: 123, written: 0)]));
        Assert.Equal(3, _one.View.Members.Length);
        Assert.Equal(0, _one.View.Held);
    }

    [Fact]
    public void TakePending_ReportBeforeTheResult_WaitsForTheResult()
    {
        _one.Receive(_small, new LinkFrame.Reports([Report(Large, sequence: 2, _one.View.Fingerprint, written: 5)]));
        Assert.Equal(0, _one.View.Held);
        _one.Receive(_large, Updates(4));
        Assert.Equal(0, _one.View.Held);

        _one.Receive(_large, Updates(5));

        Assert.NotEmpty(_one.Last.OfType<ClusterEffect.Gain>());
        Assert.NotEqual(0, _one.View.Held);
    }

    [Fact]
    public void TakePending_ResultThatNeverComes_IsNotWaitedForLongerThanAHandover()
    {
        _one.Receive(_small, new LinkFrame.Reports([Report(Large, sequence: 2, _one.View.Fingerprint, written: 5)]));
        _one.Wait(TimeSpan.FromMilliseconds(1_900), Talk);
        Assert.Equal(0, _one.View.Held);
        _one.Wait(TimeSpan.FromMilliseconds(200), Talk);

        Assert.NotEqual(0, _one.View.Held);
    }

    [Fact]
    public void TakePending_ResultThatASyncBrought_IsThere()
    {
        _one.Receive(_large, new LinkFrame.Updates(99, [Written(5)]));
        _one.Receive(_small, new LinkFrame.Reports([Report(Large, sequence: 2, _one.View.Fingerprint, written: 5)]));

        Assert.NotEqual(0, _one.View.Held);
    }

    private static LinkFrame.Updates Updates(long sequence) => new(0, [Written(sequence)]);

    private static Update Written(long sequence) => MachineHarness.Written(Large, sequence, index: 1);

    private static NodeReport Report(NodeId node, long sequence, ulong applied, long written) => MachineHarness.Report(node) with
    {
        Sequence = sequence,
        Edges = [MachineHarness.OwnRun],
        Applied = applied,
        Written = written,
    };

    /// <summary>Both others are alive.</summary>
    private void Talk()
    {
        foreach (var link in (LinkId[])[_large, _small])
        {
            _one.Receive(link, new LinkFrame.Ack(0));
        }
    }
}
