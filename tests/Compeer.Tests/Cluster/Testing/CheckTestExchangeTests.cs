using System.Text;
using Compeer.Cluster.Model;
using Compeer.Cluster.Testing;
using Compeer.Cluster.Wire;

namespace Compeer.Tests.Cluster.Testing;

/// <summary>Tests of checks at neighbours: who may ask for them, and that each has one answer.</summary>
public sealed class CheckTestExchangeTests
{
    private static readonly NodeId Large = MachineHarness.Large;
    private static readonly ReadOnlyMemory<byte> Web = Encoding.UTF8.GetBytes("web");
    private static readonly ReadOnlyMemory<byte> Http = Encoding.UTF8.GetBytes("HTTP");
    private static readonly CheckTestAnswer Done = new(
        CheckTestOutcome.Exited, 1, Encoding.UTF8.GetBytes("WARNING"), MachineHarness.Start, TimeSpan.FromSeconds(1));

    [Theory]
    [InlineData(NeighbourKind.Peer, true, null)]
    [InlineData(NeighbourKind.Master, true, null)]
    [InlineData(NeighbourKind.Peer, false, "its merlin.conf does not have accept_runcmd = 1 for this node")]
    [InlineData(NeighbourKind.Master, false, "its merlin.conf does not have accept_runcmd = 1 for this node")]
    [InlineData(NeighbourKind.Poller, true, "a poller may not have checks run here")]
    public void Test_AskedFor_IsMadeForPeersAndMastersThatMayAsk(NeighbourKind kind, bool isAccepted, string? refusal)
    {
        var one = new MachineHarness(MachineHarness.Peer(Large) with { Kind = kind, MayTestChecks = isAccepted });
        var link = Greet(one, kind);
        one.Receive(link, new LinkFrame.CheckTest(7, Web, Http));

        if (refusal is not null)
        {
            Assert.DoesNotContain(one.All, effect => effect is ClusterEffect.CheckTestAsked);
            Assert.Equal(refusal, Text(Assert.Single(Results(one, link)).Answer));
            Assert.Contains(one.Notices, notice => notice.EndsWith(refusal, StringComparison.Ordinal));
            return;
        }

        var asked = Assert.Single(one.All.OfType<ClusterEffect.CheckTestAsked>());
        Assert.Equal((Large, link, 7L, "web", "HTTP"), (asked.Neighbour, asked.Link, asked.Number, Text(asked.Host), Text(asked.Service)));
        Exchange(one, new CheckTestInput.Answer(link, 7, Done));
        Exchange(one, new CheckTestInput.Answer(link, 7, Done));
        var result = Assert.Single(Results(one, link));
        Assert.Equal((7L, 1, "WARNING"), (result.Number, result.Answer.Code, Text(result.Answer)));
    }

    [Fact]
    public void Test_OfAnother_ComesBackOnce()
    {
        var one = new MachineHarness(MachineHarness.Peer(Large));
        var link = Greet(one, NeighbourKind.Peer);
        Exchange(one, new CheckTestInput.Ask(Large, 3, Web, Http));
        var sent = Assert.Single(one.SentOn(link).OfType<LinkFrame.CheckTest>());
        Assert.Equal((3L, "web", "HTTP"), (sent.Number, Text(sent.Host), Text(sent.Service)));

        one.Receive(link, new LinkFrame.CheckTestResult(3, Done));
        var answered = Assert.Single(one.All.OfType<ClusterEffect.CheckTestAnswered>());
        Assert.Equal((3L, CheckTestOutcome.Exited), (answered.Number, answered.Answer.Outcome));
        Assert.Null(one.Closed(link));

        one.Receive(link, new LinkFrame.CheckTestResult(3, Done));
        Assert.Single(one.All.OfType<ClusterEffect.CheckTestAnswered>());
        Assert.Contains("not asked for", one.Closed(link)!.Reason, StringComparison.Ordinal);
    }

    /// <summary>Whoever gave up makes room for others, and an answer that comes all the same breaks no rule.</summary>
    [Fact]
    public void Test_GivenUp_MakesRoomAndItsAnswerMayStillCome()
    {
        var one = new MachineHarness(MachineHarness.Peer(Large));
        var link = Greet(one, NeighbourKind.Peer);
        for (var number = 1; number <= CheckTestExchange.MaxOpen; number++)
        {
            Exchange(one, new CheckTestInput.Ask(Large, number, Web, Http));
        }

        Exchange(one, new CheckTestInput.GiveUp(1));
        Exchange(one, new CheckTestInput.Ask(Large, CheckTestExchange.MaxOpen + 1, Web, Http));
        Assert.Equal(CheckTestExchange.MaxOpen + 1, one.SentOn(link).OfType<LinkFrame.CheckTest>().Count());
        one.Receive(link, new LinkFrame.CheckTestResult(1, Done));
        Assert.DoesNotContain(one.All, effect => effect is ClusterEffect.CheckTestAnswered);
        Assert.Null(one.Closed(link));

        one.Receive(link, new LinkFrame.CheckTestResult(1, Done));
        Assert.Contains("not asked for", one.Closed(link)!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Test_LinkEnds_IsAnsweredAndNotServedAnyMore()
    {
        var one = new MachineHarness(MachineHarness.Peer(Large) with { MayTestChecks = true });
        var link = Greet(one, NeighbourKind.Peer);
        Exchange(one, new CheckTestInput.Ask(Large, 3, Web, default));
        one.Receive(link, new LinkFrame.CheckTest(7, Web, default));
        one.Do((machine, now, effects) => machine.LinkClosed(now, link, "gone", effects));

        var answered = Assert.Single(one.All.OfType<ClusterEffect.CheckTestAnswered>());
        Assert.Equal((3L, "the connection ended before the result came"), (answered.Number, Text(answered.Answer)));
        Exchange(one, new CheckTestInput.Answer(link, 7, Done));
        Assert.Empty(Results(one, link));
    }

    [Theory]
    [InlineData(NeighbourKind.Peer, false, true, "node20 is not connected")]
    [InlineData(NeighbourKind.Master, true, true, "node20 is a master: it runs no checks for its pollers")]
    [InlineData(NeighbourKind.Peer, true, false, "the version of node20 does not know tests of checks")]
    public void Test_ThatCannotBeAskedFor_IsAnsweredAtOnce(NeighbourKind kind, bool isConnected, bool isNew, string why)
    {
        var one = new MachineHarness(MachineHarness.Peer(Large) with { Kind = kind });
        var link = isConnected
            ? Greet(one, kind, isNew ? Capabilities.Own : Capabilities.Own & ~Capabilities.CheckTests)
            : default(LinkId?);
        Exchange(one, new CheckTestInput.Ask(Large, 3, Web, Http));

        Assert.Equal(why, Text(Assert.Single(one.All.OfType<ClusterEffect.CheckTestAnswered>()).Answer));
        Assert.True(link is null || !one.SentOn(link.Value).OfType<LinkFrame.CheckTest>().Any());
        Exchange(one, new CheckTestInput.Ask(MachineHarness.Small, 4, Web, Http));
        Assert.Equal("there is no such node", Text(one.All.OfType<ClusterEffect.CheckTestAnswered>().Last().Answer));
    }

    [Fact]
    public void Tests_BeyondTheLimit_AreRefusedAtBothEnds()
    {
        var one = new MachineHarness(MachineHarness.Peer(Large) with { MayTestChecks = true });
        var link = Greet(one, NeighbourKind.Peer);
        for (var number = 1; number <= CheckTestExchange.MaxOpen + 1; number++)
        {
            Exchange(one, new CheckTestInput.Ask(Large, number, Web, Http));
            one.Receive(link, new LinkFrame.CheckTest(number, Web, Http));
        }

        Assert.Equal(CheckTestExchange.MaxOpen + 1, Assert.Single(one.All.OfType<ClusterEffect.CheckTestAnswered>()).Number);
        Assert.Equal(CheckTestExchange.MaxOpen, one.All.OfType<ClusterEffect.CheckTestAsked>().Count());
        Assert.Equal(CheckTestExchange.MaxOpen + 1, Assert.Single(Results(one, link)).Number);
        Assert.Null(one.Closed(link));
    }

    [Fact]
    public void Output_OfTooManyBytes_IsCutAndRefusedAtTheOtherEnd()
    {
        var one = new MachineHarness(MachineHarness.Peer(Large) with { MayTestChecks = true });
        var link = Greet(one, NeighbourKind.Peer);
        one.Receive(link, new LinkFrame.CheckTest(7, Web, Http));
        Exchange(one, new CheckTestInput.Answer(link, 7, Done with { Output = new byte[CheckTestAnswer.MaxOutput + 1] }));
        Assert.Equal(CheckTestAnswer.MaxOutput, Assert.Single(Results(one, link)).Answer.Output.Length);

        one.Receive(link, new LinkFrame.CheckTest(8, new byte[CheckTestInput.MaxName + 1], Http));
        Assert.Contains("a name of 1025 bytes", one.Closed(link)!.Reason, StringComparison.Ordinal);
    }

    private static LinkId Greet(MachineHarness one, NeighbourKind kind, Capabilities capabilities = Capabilities.Own)
    {
        var link = one.Open(Large);
        var here = kind switch
        {
            NeighbourKind.Master => NeighbourKind.Poller,
            NeighbourKind.Poller => NeighbourKind.Master,
            _ => NeighbourKind.Peer,
        };
        one.Receive(link, MachineHarness.Hello(Large) with { ReceiverKind = here, Capabilities = capabilities });
        return link;
    }

    private static IEnumerable<LinkFrame.CheckTestResult> Results(MachineHarness one, LinkId link) =>
        one.SentOn(link).OfType<LinkFrame.CheckTestResult>();

    private static string Text(CheckTestAnswer answer) => Text(answer.Output);

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);

    private static void Exchange(MachineHarness one, CheckTestInput input) =>
        one.Do((machine, now, effects) => machine.Exchange(now, input, effects));
}
