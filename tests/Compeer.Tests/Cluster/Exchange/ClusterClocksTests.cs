using Compeer.Cluster.Model;
using Compeer.Cluster.Wire;

namespace Compeer.Tests.Cluster.Exchange;

/// <summary>What time nodes have that this one has no connection to: their neighbours say it in their reports.</summary>
public sealed class ClusterClocksTests
{
    private static readonly NodeId Near = MachineHarness.Large;
    private static readonly NodeId Far = new(30);
    private static readonly NodeId Farthest = new(40);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly MachineHarness _one = new(MachineHarness.Peer(Near));

    [Fact]
    public void ClockAhead_OfANodeBehindOthers_IsTheSumOfTheDifferencesOnTheWay()
    {
        var link = Meet(ahead: Hour);

        Assert.Equal([Hour, -2 * Hour, 3 * Hour], Seen());
        Assert.Equal([Hour], Told());

        // A clock that is set is told anew, and counts for those behind it.
        Pulse(link, TimeSpan.Zero);
        Assert.Equal([TimeSpan.Zero, -3 * Hour, 2 * Hour], Seen());
        Assert.Empty(Told());
        Assert.True(_one.View.Held > 0);
    }

    [Fact]
    public void ClockAhead_OfANodeThatWasLost_IsAsItWas()
    {
        var link = Meet(ahead: Hour);
        var alone = Reports()[0] with { Sequence = 2, Revision = 2, Edges = [MachineHarness.OwnRun], EdgesAhead = [-Hour] };
        _one.Receive(link, new LinkFrame.Reports([alone]));
        Assert.Equal([Hour, -2 * Hour, 3 * Hour], Seen());

        // When this node's own clock is set, all differ from it by that.
        _one.WallOffset = 5 * Hour;
        _one.Do((machine, now, effects) => machine.Advance(now, effects));
        Assert.Equal([-4 * Hour, -7 * Hour, -2 * Hour], Seen());
    }

    /// <summary>A node that says too much, of nodes that need not be there, must not end this one.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void ClockAhead_DifferencesThatAddUpToMillennia_AreNotFollowed(int sign)
    {
        var century = sign * TimeSpan.FromDays(36_000);
        NodeId[] line = [Near, .. Enumerable.Range(100, 40).Select(number => new NodeId((UInt128)number))];
        var link = _one.OpenSynced(Near);
        Pulse(link, TimeSpan.Zero);

        _one.Receive(link, new LinkFrame.Reports([.. line.Select((node, place) => MachineHarness.Report(node) with
        {
            Edges =
            [
                place == 0 ? MachineHarness.OwnRun : new Run(line[place - 1], 1),
                .. line.Skip(place + 1).Take(1).Select(next => new Run(next, 1)),
            ],
            EdgesAhead = [-century, .. line.Skip(place + 1).Take(1).Select(_ => century)],
        })]));
        _one.Wait(TimeSpan.FromMilliseconds(100));

        Assert.Equal(century, Rounded([_one.Machine.Neighbours.ClockAhead(line[1])])[0]);
        Assert.Equal(TimeSpan.Zero, _one.Machine.Neighbours.ClockAhead(line[^1]));
    }

    [Fact]
    public void OwnReport_ClockThatDriftsLessThanFiveSeconds_IsNotToldAgain()
    {
        var link = Meet(ahead: Hour);

        Pulse(link, Hour + TimeSpan.FromMilliseconds(4_900));
        Assert.Equal([Hour], Told());
        Pulse(link, Hour + TimeSpan.FromSeconds(6));

        Assert.Equal([Hour + TimeSpan.FromSeconds(6)], Told());
    }

    /// <summary>Near, far and farthest in a line, each an hour or more off the one before.</summary>
    private static NodeReport[] Reports() =>
    [
        MachineHarness.Report(Near) with { Edges = [MachineHarness.OwnRun, new Run(Far, 1)], EdgesAhead = [-Hour, -3 * Hour] },
        MachineHarness.Report(Far) with { Edges = [new Run(Near, 1), new Run(Farthest, 1)], EdgesAhead = [3 * Hour, 5 * Hour] },
        MachineHarness.Report(Farthest) with { Edges = [new Run(Far, 1)], EdgesAhead = [-5 * Hour] },
    ];

    private LinkId Meet(TimeSpan ahead)
    {
        var link = _one.OpenSynced(Near);
        Pulse(link, ahead);
        _one.Receive(link, new LinkFrame.Reports([.. Reports()]));
        return link;
    }

    private void Pulse(LinkId link, TimeSpan ahead)
    {
        var wall = (MachineHarness.Start + _one.Now + ahead).ToUnixTimeMilliseconds();
        _one.Receive(link, new LinkFrame.Pulse(1, 0, 0, wall, 0, []));
        _one.Wait(TimeSpan.FromMilliseconds(100));
    }

    private TimeSpan[] Seen() => Rounded(new[] { Near, Far, Farthest }.Select(_one.Machine.Neighbours.ClockAhead));

    private TimeSpan[] Told() => Rounded(_one.All.OfType<ClusterEffect.Send>()
        .Select(send => FrameReader.Read(send.Frame, int.MaxValue, out _)).OfType<LinkFrame.Reports>()
        .SelectMany(frame => frame.Items).Last(report => report.Node == MachineHarness.Self).EdgesAhead);

    private static TimeSpan[] Rounded(IEnumerable<TimeSpan> times) =>
        [.. times.Select(time => TimeSpan.FromSeconds(Math.Round(time.TotalSeconds)))];
}
