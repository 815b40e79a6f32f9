using Compeer.Cluster.Model;
using Compeer.Cluster.Wire;

namespace Compeer.Tests.Cluster.Exchange;

/// <summary>Whose clock is said to be wrong.</summary>
public sealed class ClockWatchTests
{
    private static readonly NodeId[] Nodes = [new(20), new(30), new(40)];

    [Fact]
    public void ThisNodesClock_FarFromMost_IsSaidOnceAndAccusesNobody()
    {
        var one = Make(Nodes);
        Hear(one, (20, -3_600), (30, -3_600), (40, 0));
        Hear(one, (20, -3_600), (30, -3_600), (40, 0));

        Assert.Equal(
            "the clock of this node is 3600 s ahead of those of 2 of 3 nodes; check the time here",
            Assert.Single(one.Notices, notice => notice.Contains("the clock of this node", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(7_200, "the clock of node node30 is 7200 s ahead of this node's; check the time on both")]
    [InlineData(-7_200, "the clock of node node30 is 7200 s behind this node's; check the time on both")]
    public void OneClockOfThree_FarFromTheOthers_IsNamed(int seconds, string text)
    {
        var one = Make(Nodes);
        Hear(one, (20, 0), (30, seconds), (40, 30));
        Hear(one, (20, 0), (30, seconds), (40, 30));

        Assert.Equal(text, Assert.Single(one.Notices, IsAboutClocks));
    }

    [Fact]
    public void TwoClocks_OffInUnlikeWays_AreNotThisNodes()
    {
        var one = Make(Nodes);
        Hear(one, (20, 3_600), (30, -3_600), (40, 0));

        Assert.Equal(2, one.Notices.Count(IsAboutClocks));
        Assert.DoesNotContain(one.Notices, notice => notice.Contains("the clock of this node", StringComparison.Ordinal));
    }

    [Fact]
    public void OnlyOtherNode_FarOff_MayBeEitherOfThem()
    {
        var one = Make(Nodes[0]);
        Hear(one, (20, 3_600));

        Assert.EndsWith("check the time on both", Assert.Single(one.Notices, IsAboutClocks), StringComparison.Ordinal);
    }

    [Fact]
    public void Clocks_WithinAMinute_AreNotSpokenOf()
    {
        var one = Make(Nodes);
        Hear(one, (20, 59), (30, -59), (40, 0));

        Assert.DoesNotContain(one.Notices, IsAboutClocks);
    }

    private static MachineHarness Make(params NodeId[] nodes)
    {
        var one = new MachineHarness([.. nodes.Select(MachineHarness.Peer)]);
        foreach (var node in nodes)
        {
            var link = one.Open(node);
            one.Receive(link, MachineHarness.Hello(node) with { WallMilliseconds = WallAt(one, 0) });
            one.AnswerSync(link);
        }

        return one;
    }

    /// <summary>Pulses with clocks so many seconds ahead.</summary>
    private static void Hear(MachineHarness one, params (int Node, int Seconds)[] clocks)
    {
        foreach (var (node, seconds) in clocks)
        {
            var link = new LinkId(Array.IndexOf(Nodes, new NodeId((UInt128)node)) + 1);
            one.Receive(link, new LinkFrame.Pulse(1, 0, 0, WallAt(one, seconds), 0, []));
        }

        one.Wait(TimeSpan.FromMilliseconds(100));
    }

    private static long WallAt(MachineHarness one, int ahead) =>
        (MachineHarness.Start + one.Now + TimeSpan.FromSeconds(ahead)).ToUnixTimeMilliseconds();

    private static bool IsAboutClocks(string notice) => notice.StartsWith("the clock of", StringComparison.Ordinal);
}
