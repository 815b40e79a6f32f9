using Compeer.Cluster.Links;
using Compeer.Cluster.Model;
using Compeer.Cluster.Wire;

namespace Compeer.Tests.Cluster.Links;

/// <summary>When one node does not want another, both say why.</summary>
public sealed class RefusalTests
{
    private static readonly NodeId Large = MachineHarness.Large;
    private static readonly NodeId Small = MachineHarness.Small;

    public static TheoryData<string, string, string> Refusals => new()
    {
        { "version", "Version", "this node speaks protocol versions 7 to 9 (software test), it 2 to 2 (software test)" },
        { "identity", "Identity", "this node says it is node 00000000000000000000000000000005, but its key is that of" },
        { "uuid", "Identity", "this node's uuid is 0-2, there it is configured with 0-1a" },
        { "kind", "Kind", "it has this node configured as a peer, so it must be a peer here, but is a poller" },
        { "rule", "Rule", "what this node sent breaks the protocol: it did not say hello first" },
        { "stranger", "NotConfigured", "its merlin.conf does not name node 00000000000000000000000000000005" },
        { "many", "TooMany", "there are too many connections between the two" },
        { "stopping", "Stopping", "it is stopping" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Refusing_TellsTheOtherEndBeforeItCloses(string what, string code, string words)
    {
        var one = new MachineHarness(MachineHarness.Peer(Large) with { Uuid = "0-1a" });
        LinkId link;
        switch (what)
        {
            case "stranger":
                link = one.Open(Small);
                break;
            case "many":
                LinkId[] links = [.. Enumerable.Range(0, LinkTable.MaxLinksPerNeighbour + 1).Select(_ => one.Open(Large))];
                link = links[^1];
                break;
            case "stopping":
                one.Do((machine, now, effects) => machine.Leave(now, effects));
                link = one.Open(Large);
                break;
            default:
                link = one.Open(Large);
                var hello = MachineHarness.Hello(Large);
                one.Receive(link, what switch
                {
                    "version" => hello with { MinVersion = 7, MaxVersion = 9 },
                    "identity" => hello with { Node = Small },
                    "uuid" => hello with { Uuid = "0-2" },
                    "kind" => hello with { ReceiverKind = NeighbourKind.Poller },
                    _ => new LinkFrame.Ack(0),
                });
                break;
        }

        var refused = Assert.IsType<LinkFrame.Refused>(one.SentOn(link).Last());
        Assert.Equal(code, refused.Code.ToString());
        Assert.Contains(words, refused.Reason, StringComparison.Ordinal);
        var own = one.Last
            .Where(effect => effect is ClusterEffect.Close || (effect is ClusterEffect.Send send && send.Link == link))
            .ToArray();
        Assert.IsType<ClusterEffect.Close>(own[^1]);
        Assert.IsType<ClusterEffect.Send>(own[^2]);
    }

    /// <summary>A node is its key; a uuid tells copies of one apart, and is asked of nobody who has none.</summary>
    [Theory]
    [InlineData("0-1a", "0-1A", true)]
    [InlineData("0-1a", "", true)]
    [InlineData("", "0-2", true)]
    [InlineData("0-1a", "0-2", false)]
    public void Hello_Uuid_IsTheOneThatIsConfigured(string configured, string given, bool isGreeted)
    {
        var one = new MachineHarness(MachineHarness.Peer(Large) with { Uuid = configured });
        var link = one.Open(Large);

        one.Receive(link, MachineHarness.Hello(Large) with { Uuid = given });

        Assert.Equal(isGreeted, one.Closed(link) is null);
    }

    [Theory]
    [InlineData(RefusalCode.Version, false)]
    [InlineData(RefusalCode.SameKey, true)]
    [InlineData(RefusalCode.NotConfigured, false)]
    [InlineData(RefusalCode.Unknown, true)]
    internal void Refused_IsSaidOnceInTheLogAndStaysInTheStatus(RefusalCode code, bool afterHello)
    {
        var one = new MachineHarness(MachineHarness.Peer(Large));
        for (var i = 0; i < 5; i++)
        {
            var link = one.Open(Large, dialledHere: true);
            if (afterHello)
            {
                one.Receive(link, MachineHarness.Hello(Large));
            }

            one.Receive(link, new LinkFrame.Refused("not like this", code));

            Assert.NotNull(one.Closed(link));
            Assert.Equal((NodeLinkState.Down, "it refuses this node: not like this"), (one.Node(Large).State, one.Node(Large).Reason));
            one.Wait(TimeSpan.FromSeconds(1));
        }

        Assert.Equal("node node20 is down: it refuses this node: not like this", Assert.Single(one.Notices, IsAboutTheRefusal));
        Assert.Equal(4, one.View.Held);
    }

    [Theory]
    [InlineData(RefusalCode.Kind, ClusterSelfState.Active)]
    [InlineData(RefusalCode.SameKey, ClusterSelfState.Starting)]
    internal void Refused_ByOneThatTakesItForItsFormerRun_IsWaitedForByAStart(RefusalCode code, ClusterSelfState state)
    {
        var one = new MachineHarness(MachineHarness.Peer(Large));
        one.Receive(one.Open(Large), new LinkFrame.Refused("not like this", code));
        one.Wait(TimeSpan.FromMilliseconds(500));
        Assert.Equal(state, one.View.SelfState);

        // Not for ever: it may be another node with the same key.
        one.Wait(TimeSpan.FromSeconds(4));
        Assert.Equal(ClusterSelfState.Active, one.View.SelfState);
    }

    [Theory]
    [InlineData(RefusalCode.Stopping)]
    [InlineData(RefusalCode.TooMany)]
    internal void Refused_ByNobodysFault_IsInTheStatusOnly(RefusalCode code)
    {
        var one = new MachineHarness(MachineHarness.Peer(Large));
        one.Receive(one.Open(Large), new LinkFrame.Refused("it is stopping", code));

        Assert.DoesNotContain(one.Notices, notice => notice.Contains("refuses", StringComparison.Ordinal));
        Assert.Equal("it refuses this node: it is stopping", one.Node(Large).Reason);
    }

    [Fact]
    public void Refused_WhileActive_IsDownWithThatReasonAtOnce()
    {
        var one = new MachineHarness(MachineHarness.Peer(Large));
        one.Receive(one.OpenSynced(Large), new LinkFrame.Refused("go\taway\n", RefusalCode.SameKey));

        one.Receive(one.Open(Large), new LinkFrame.Refused("go\taway\n", RefusalCode.SameKey));

        Assert.Equal("node node20 is down: it refuses this node: go away ", Assert.Single(one.Notices, IsAboutTheRefusal));
        Assert.Empty(one.View.Members.Where(node => node == Large));
    }

    [Fact]
    public void Refused_WithoutWordsOrWithTooMany_HasSome()
    {
        var one = new MachineHarness(MachineHarness.Peer(Large));
        one.Receive(one.Open(Large), new LinkFrame.Refused("", RefusalCode.Rule));
        Assert.Equal("it refuses this node: it does not say why", one.Node(Large).Reason);

        one.Receive(one.Open(Large), new LinkFrame.Refused(new string('x', 5_000), RefusalCode.Rule));
        Assert.Equal("it refuses this node: ".Length + ProtocolLimits.MaxWords, one.Node(Large).Reason.Length);
    }

    [Fact]
    public void EarlierRun_BesideALaterOne_IsRefusedWithKeyAndAddresses()
    {
        var one = new MachineHarness(MachineHarness.Peer(Large));
        Connect(one, "192.0.2.7", 2_000);
        var earlier = one.Open(Large, address: "192.0.2.8");
        one.Receive(earlier, MachineHarness.Hello(Large, 1_000));

        var refused = Assert.IsType<LinkFrame.Refused>(one.SentOn(earlier).Last());
        Assert.Equal(RefusalCode.SameKey, refused.Code);
        Assert.Equal(
            "another node with the same key (00000000000000000000000000000014) is connected there and was started later: it is at "
            + "192.0.2.7, started 1970-01-01 00:00:02 UTC, this node at 192.0.2.8, started 1970-01-01 00:00:01 UTC. On the machine that "
            + "was copied, stop mond, delete node.key beside merlin.conf, and give what 'mon node key' prints then to the others",
            refused.Reason);
        Assert.NotNull(one.Closed(earlier));
    }

    [Fact]
    public void EarlierRun_BesideALaterOne_LeavesThatAMember()
    {
        var one = new MachineHarness(MachineHarness.Peer(Large));
        var later = Connect(one, "192.0.2.7", 2_000);
        one.Receive(later, new LinkFrame.Reports([MachineHarness.Report(Large) with
        {
            Incarnation = 2_000, Edges = [MachineHarness.OwnRun],
        }]));
        Assert.Contains(Large, one.View.Members);

        one.Receive(one.Open(Large), MachineHarness.Hello(Large, 1_000));

        Assert.Contains(Large, one.View.Members);
        Assert.Equal(NodeLinkState.Active, one.Node(Large).State);
        Assert.Null(one.Closed(later));
    }

    [Fact]
    public void LaterRun_BesideAnEarlierOne_TakesItsPlaceAndThatIsTold()
    {
        var one = new MachineHarness(MachineHarness.Peer(Large));
        var earlier = Connect(one, "192.0.2.8", 1_000);

        var later = Connect(one, "192.0.2.7", 2_000);

        var refused = Assert.IsType<LinkFrame.Refused>(one.SentOn(earlier).Last());
        Assert.Contains("it is at 192.0.2.7", refused.Reason, StringComparison.Ordinal);
        Assert.Null(one.Closed(later));
        Assert.Equal(2_000, one.Node(Large).Incarnation);
    }

    [Fact]
    public void TwoRuns_ThatBothLive_AreSaidOnceHere()
    {
        var one = new MachineHarness(MachineHarness.Peer(Large));
        var later = Connect(one, "192.0.2.7", 2_000);
        for (var i = 0; i < 8; i++)
        {
            one.Receive(one.Open(Large, address: "192.0.2.8"), MachineHarness.Hello(Large, 1_000));
            Assert.Equal(i > 0, one.Notices.Any(IsAboutTwins));
            one.Wait(TimeSpan.FromMilliseconds(100));
            one.Receive(later, Pulse);
        }

        Assert.StartsWith(
            "node node20 is two nodes with the same key (00000000000000000000000000000014): one at 192.0.2.7, started 1970-01-01 00:00:02 "
            + "UTC, the other at 192.0.2.8, started 1970-01-01 00:00:01 UTC.",
            Assert.Single(one.Notices, IsAboutTwins),
            StringComparison.Ordinal);
    }

    [Fact]
    public void TwoRuns_OfWhichTheLaterWasNotHeardSince_AreNoTwins()
    {
        // The machine was cut off and came back with its clock set back: the connection of its earlier run is only not known to be dead.
        var one = new MachineHarness(MachineHarness.Peer(Large));
        Connect(one, "192.0.2.7", 2_000);
        for (var i = 0; i < 8; i++)
        {
            one.Receive(one.Open(Large, address: "192.0.2.7"), MachineHarness.Hello(Large, 1_000));
            one.Wait(TimeSpan.FromMilliseconds(100));
        }

        Assert.DoesNotContain(one.Notices, IsAboutTwins);
    }

    [Theory]
    [InlineData(true, "connection closed: gone, before it said anything; it may not have this node's key (00000000000000000000000000")]
    [InlineData(false, "connection closed: gone")]
    public void Connection_ThatEndsBeforeTheHello_MayBeForThisNodesKey(bool dialledHere, string reason)
    {
        var one = new MachineHarness(MachineHarness.Peer(Large));
        var link = one.Open(Large, dialledHere);
        one.Do((machine, now, effects) => machine.LinkClosed(now, link, "gone", effects));

        Assert.StartsWith(reason, one.Node(Large).Reason, StringComparison.Ordinal);
        Assert.Equal(dialledHere, one.Node(Large).Reason.Contains("see its log", StringComparison.Ordinal));
    }

    [Fact]
    public void EarlierRun_ThatLivesWhileOthersHearALaterOne_IsRefusedAndStaysSo()
    {
        var one = new MachineHarness(MachineHarness.Peer(Large), MachineHarness.Peer(Small));
        var link = Connect(one, "192.0.2.7", 1_000);
        one.Receive(one.OpenSynced(Small), new LinkFrame.Reports([MachineHarness.Report(Large) with { Incarnation = 2_000 }]));
        for (var i = 1; i < TwinWatch.PulsesOfTheLiving; i++)
        {
            one.Receive(link, Pulse);
            Assert.Null(one.Closed(link));
        }

        one.Receive(link, Pulse);

        Assert.Equal(RefusalCode.SameKey, Assert.IsType<LinkFrame.Refused>(one.SentOn(link).Last()).Code);
        Assert.StartsWith(
            "node node20 is refused: it is one of two nodes with the same key (00000000000000000000000000000014): it is at 192.0.2.7, ",
            Assert.Single(one.Notices, notice => notice.Contains("is refused", StringComparison.Ordinal)),
            StringComparison.Ordinal);
        var again = one.Open(Large);
        one.Receive(again, MachineHarness.Hello(Large, 1_000));
        Assert.NotNull(one.Closed(again));
        var restarted = Connect(one, "192.0.2.7", 3_000);
        Assert.Null(one.Closed(restarted));
    }

    [Fact]
    public void TwoConnectionsOfOneRun_NeedNoWords()
    {
        var one = new MachineHarness(MachineHarness.Peer(Large));
        var first = one.OpenSynced(Large);
        var second = one.OpenSynced(Large);

        Assert.Single(new[] { first, second }, link => one.Closed(link) is not null);
        Assert.DoesNotContain(one.SentOn(first).Concat(one.SentOn(second)), frame => frame is LinkFrame.Refused);
    }

    private static readonly LinkFrame.Pulse Pulse = new(1, 0, 0, 0, 0, []);

    private static LinkId Connect(MachineHarness one, string address, long incarnation)
    {
        var link = one.Open(Large, address: address);
        one.Receive(link, MachineHarness.Hello(Large, incarnation));
        one.AnswerSync(link);
        return link;
    }

    private static bool IsAboutTheRefusal(string notice) => notice.Contains("it refuses this node: ", StringComparison.Ordinal);

    private static bool IsAboutTwins(string notice) => notice.Contains("is two nodes with the same key", StringComparison.Ordinal);
}
