using Compeer.Cluster.Model;
using Compeer.Cluster.Wire;

namespace Compeer.Tests.Cluster.Exchange;

/// <summary>When a node passes on what another wrote, and to whom.</summary>
public sealed class PassingOnTests
{
    private static readonly NodeId Large = MachineHarness.Large;
    private static readonly NodeId Small = MachineHarness.Small;

    [Fact]
    public void Write_OfAnother_IsPassedOnAfterTwentyMilliseconds()
    {
        var (one, from, to) = Line();
        one.Receive(from, new LinkFrame.Updates(0, [MachineHarness.Written(Large, 1, 2)]));

        one.Wait(TimeSpan.FromMilliseconds(19));
        Assert.Empty(Updates(one, to));
        one.Wait(TimeSpan.FromMilliseconds(1));

        Assert.Equal(Large, Assert.Single(Updates(one, to)).Origin);
        Assert.Empty(Updates(one, from));
    }

    [Fact]
    public void Write_OfThisNode_IsGatheredForTwoHundredMilliseconds()
    {
        var (one, from, to) = Line();
        one.Do((machine, now, effects) => machine.Publish(now, new RegisterId(RegisterKind.CheckState, 2), effects));

        one.Wait(TimeSpan.FromMilliseconds(199));
        Assert.Empty(Updates(one, to));
        one.Wait(TimeSpan.FromMilliseconds(1));

        Assert.Single(Updates(one, to));
        Assert.Single(Updates(one, from));
    }

    [Fact]
    public void Write_OfAnotherWhileOwnOnesAreGathered_TakesThemAlong()
    {
        var (one, from, to) = Line();
        one.Do((machine, now, effects) => machine.Publish(now, new RegisterId(RegisterKind.CheckState, 1), effects));
        one.Receive(from, new LinkFrame.Updates(0, [MachineHarness.Written(Large, 1, 2)]));

        one.Wait(TimeSpan.FromMilliseconds(20));

        Assert.Equal(2, Updates(one, to).Count());
    }

    [Fact]
    public void Write_OfAnotherThatHearsTheThird_IsNotPassedOn()
    {
        var (one, from, to) = Line();
        one.Receive(from, new LinkFrame.Reports([MachineHarness.Report(Large) with
        {
            Sequence = 2, Edges = [MachineHarness.OwnRun, new Run(Small, 1)],
        }]));
        one.Receive(to, new LinkFrame.Reports([MachineHarness.Report(Small) with
        {
            Sequence = 2, Edges = [MachineHarness.OwnRun, new Run(Large, 1)],
        }]));
        one.Wait(TimeSpan.FromMilliseconds(100));
        one.Do((machine, now, effects) => machine.Publish(now, new RegisterId(RegisterKind.CheckState, 1), effects));
        one.Receive(from, new LinkFrame.Updates(0, [MachineHarness.Written(Large, 1, 2)]));

        one.Wait(TimeSpan.FromMilliseconds(199));
        Assert.Empty(Updates(one, to));
        one.Wait(TimeSpan.FromMilliseconds(101));

        Assert.Equal(MachineHarness.Self, Assert.Single(Updates(one, to)).Origin);
    }

    [Fact]
    public void Report_OfAnother_IsToldToThoseWhoDoNotHearItAndToNobodyElse()
    {
        var (one, from, to) = Line();
        one.Wait(TimeSpan.FromMilliseconds(100));
        var news = MachineHarness.Report(Large) with { Sequence = 2, Applied = 7, Edges = [MachineHarness.OwnRun] };
        one.Receive(from, new LinkFrame.Reports([news]));
        one.Wait(TimeSpan.FromMilliseconds(24));
        Assert.DoesNotContain(Reports(one, to), report => report.Node == Large && report.Sequence == 2);
        one.Wait(TimeSpan.FromMilliseconds(1));
        Assert.Single(Reports(one, to), report => report.Node == Large && report.Sequence == 2);
        Assert.DoesNotContain(Reports(one, from), report => report.Node == Large);

        one.Receive(from, new LinkFrame.Reports([news with { Sequence = 3, Edges = [MachineHarness.OwnRun, new Run(Small, 1)] }]));
        one.Receive(to, new LinkFrame.Reports([MachineHarness.Report(Small) with
        {
            Sequence = 3, Edges = [MachineHarness.OwnRun, new Run(Large, 1)],
        }]));
        one.Wait(TimeSpan.FromMilliseconds(100));
        one.Receive(from, new LinkFrame.Reports([news with { Sequence = 4, Edges = [MachineHarness.OwnRun, new Run(Small, 1)] }]));
        one.Wait(TimeSpan.FromMilliseconds(100));
        Assert.DoesNotContain(Reports(one, to), report => report.Node == Large && report.Sequence == 4);
    }

    /// <summary>This node between two that do not hear each other.</summary>
    private static (MachineHarness One, LinkId From, LinkId To) Line()
    {
        var one = new MachineHarness(MachineHarness.Peer(Large), MachineHarness.Peer(Small));
        var from = one.OpenSynced(Large);
        var to = one.OpenSynced(Small);
        foreach (var (link, node) in new[] { (from, Large), (to, Small) })
        {
            one.Receive(link, new LinkFrame.Reports([MachineHarness.Report(node) with { Edges = [MachineHarness.OwnRun] }]));
        }

        one.Wait(TimeSpan.FromMilliseconds(50));
        return (one, from, to);
    }

    private static IEnumerable<Update> Updates(MachineHarness one, LinkId link) =>
        one.SentOn(link).OfType<LinkFrame.Updates>().SelectMany(frame => frame.Items);

    private static IEnumerable<NodeReport> Reports(MachineHarness one, LinkId link) =>
        one.SentOn(link).OfType<LinkFrame.Reports>().SelectMany(frame => frame.Items);
}
