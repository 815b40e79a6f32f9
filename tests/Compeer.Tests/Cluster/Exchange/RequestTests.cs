using System.Text;
using Compeer.Cluster.Exchange;
using Compeer.Cluster.Model;
using Compeer.Cluster.Wire;

namespace Compeer.Tests.Cluster.Exchange;

/// <summary>Words for the owner of an object, asked for anywhere.</summary>
public sealed class RequestTests
{
    private static readonly NodeId Large = MachineHarness.Large;

    [Fact]
    public void Ask_OwnObject_ComesOutHereAndAtOnce()
    {
        var one = new MachineHarness(MachineHarness.Peer(Large));
        one.Do((machine, now, effects) => machine.DialFailed(now, Large, "refused", effects));

        Ask(one, 2);

        var asked = Assert.Single(one.Last.OfType<ClusterEffect.Asked>());
        Assert.Equal((2, "words"), (asked.Object, Encoding.UTF8.GetString(asked.Payload.Span)));
    }

    [Fact]
    public void Ask_NobodyCanOwnIt_IsDroppedInTheEndAndSaidOnce()
    {
        var one = new MachineHarness(MachineHarness.Peer(Large));
        for (var i = 0; i < Requests.MaxWaiting + 5; i++)
        {
            Ask(one, 1);
        }

        Assert.Contains(one.Notices, text => text.Contains("1024 wait already", StringComparison.Ordinal));
        Assert.DoesNotContain(one.All, effect => effect is ClusterEffect.Asked);
    }

    [Fact]
    public void Ask_NeighbourThatDoesNotKnowRequests_IsSentNone()
    {
        var one = new MachineHarness(MachineHarness.Peer(Large));
        var link = one.OpenSynced(Large);
        var theirs = MachineHarness.Report(Large) with
        {
            Edges = [MachineHarness.OwnRun],
            Configured = [MachineHarness.Self],
            Sequence = 2,
        };
        one.Receive(link, new LinkFrame.Reports([theirs]));
        var index = one.View.Owners.Select(owner => one.View.Members[owner]).ToList().IndexOf(Large);
        Assert.InRange(index, 0, 3);

        Ask(one, index);

        Assert.DoesNotContain(one.SentOn(link), frame => frame is LinkFrame.Request);
    }

    [Fact]
    public void Receive_AfterTooManyNodes_EndsThere()
    {
        var one = new MachineHarness(MachineHarness.Peer(Large));
        var link = one.OpenSynced(Large);

        one.Receive(link, new LinkFrame.Request(null, MachineHarness.Key(0), new byte[1], Requests.MaxHops));

        Assert.Contains(one.Notices, text => text.Contains("it passed 32 nodes", StringComparison.Ordinal));
    }

    [Fact]
    public void Ask_MoreThanAFrameTakes_IsRefused()
    {
        var one = new MachineHarness(MachineHarness.Peer(Large));

        Assert.Throws<ArgumentOutOfRangeException>(() => one.Do((machine, now, effects) =>
            machine.Requests.Ask(now, 0, new byte[Compeer.Cluster.ClusterRequests.MaxBytes + 1], effects)));
    }

    private static void Ask(MachineHarness one, int index) =>
        one.Do((machine, now, effects) => machine.Requests.Ask(now, index, Encoding.UTF8.GetBytes("words"), effects));
}
