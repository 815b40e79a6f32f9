using Compeer.Cluster;
using Compeer.Cluster.Model;
using Compeer.Cluster.Replication;
using Compeer.Cluster.Wire;

namespace Compeer.Tests.Cluster;

public sealed class ClusterMachineTests
{
    private static readonly NodeId Small = MachineHarness.Small;
    private static readonly NodeId Large = MachineHarness.Large;

    [Fact]
    public void SetNeighbours_None_TakesEverythingAtOnce()
    {
        var one = new MachineHarness();

        Assert.Equal(ClusterSelfState.Active, one.View.SelfState);
        Assert.Equal([0, 1, 2, 3], Assert.Single(one.Last.OfType<ClusterEffect.Gain>()).Objects.AsEnumerable());
        Assert.Equal(4, one.View.Held);
        Assert.Equal([MachineHarness.Self], one.View.Members.AsEnumerable());
    }

    [Fact]
    public void Start_PeerThatNeitherAnswersNorRefuses_IsWaitedForAsLongAsTheGrace()
    {
        var one = new MachineHarness(MachineHarness.Peer(Large));

        Assert.Contains(new ClusterEffect.Dial(Large), one.Last);
        one.Wait(TimeSpan.FromMilliseconds(2_990));
        Assert.Equal(ClusterSelfState.Starting, one.View.SelfState);
        one.Wait(TimeSpan.FromMilliseconds(20));
        Assert.Equal(4, one.View.Held);
    }

    [Fact]
    public void Start_PeerThatRefuses_IsNotWaitedFor()
    {
        var one = new MachineHarness(MachineHarness.Peer(Large));

        one.Do((machine, now, effects) => machine.DialFailed(now, Large, "connection refused", effects));

        Assert.Equal(4, one.View.Held);
        Assert.Equal("connection refused", one.Node(Large).Reason);
        Assert.Equal(NodeLinkState.Down, one.Node(Large).State);
    }

    [Fact]
    public void Start_PeerThatStillSyncs_IsWaitedForWhileItMakesProgress()
    {
        var one = new MachineHarness(MachineHarness.Peer(Large));
        var link = one.Open(Large);
        one.Receive(link, MachineHarness.Hello(Large));
        var request = Assert.Single(one.SentOn(link).OfType<LinkFrame.SyncRequest>());
        for (var i = 1; i <= 8; i++)
        {
            one.Wait(TimeSpan.FromSeconds(1));
            one.Receive(link, new LinkFrame.Updates(request.Sync, [Update(Large, i, i % 4)]));
            Assert.Equal(ClusterSelfState.Starting, one.View.SelfState);
        }

        Assert.Equal(NodeLinkState.Syncing, one.Node(Large).State);
        Assert.Equal(8, one.View.Applied);
    }

    [Fact]
    public void Synced_ButNotMutual_DoesNotActYet()
    {
        var one = new MachineHarness(MachineHarness.Peer(Large));
        var link = one.OpenSynced(Large);
        Assert.Equal(NodeLinkState.Active, one.Node(Large).State);
        Assert.Equal(0, one.View.Held);

        one.Receive(link, new LinkFrame.Reports([MachineHarness.Report(Large) with { Edges = [new Run(MachineHarness.Self, 1_000)] }]));

        Assert.Equal(ClusterSelfState.Active, one.View.SelfState);
        Assert.Equal([MachineHarness.Self, Large], one.View.Members.AsEnumerable());
    }

    public static TheoryData<string, string> Refusals => new()
    {
        { "version", "it speaks protocol versions 7 to 9 (software test), this node 2 to 2" },
        { "identity", "it says it is node" },
        { "kind", "it is configured here as a peer, so this node must be a peer there, but is a poller" },
        { "first", "it did not say hello first" },
        { "twice", "it said hello twice" },
        { "garbage", "bytes that are not a frame" },
        { "huge", "a frame of 1048577 bytes; at most 1048576 are allowed" },
        { "ack", "it acknowledged what was not sent" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void FrameReceived_BreakingARule_ClosesTheLinkWithTheReasonAndGoesOn(string what, string reason)
    {
        var one = new MachineHarness(MachineHarness.Peer(Large));
        var link = one.Open(Large);
        var hello = MachineHarness.Hello(Large);
        switch (what)
        {
            case "version":
                one.Receive(link, hello with { MinVersion = 7, MaxVersion = 9 });
                break;
            case "identity":
                one.Receive(link, hello with { Node = Small });
                break;
            case "kind":
                one.Receive(link, hello with { ReceiverKind = NeighbourKind.Poller });
                break;
            case "first":
                one.Receive(link, new LinkFrame.Ack(0));
                break;
            case "twice":
                one.Receive(link, hello);
                one.Receive(link, hello);
                break;
            case "huge":
                one.ReceiveBytes(link, new byte[(1 << 20) + 1]);
                break;
            case "ack":
                one.Receive(link, hello);
                one.Receive(link, new LinkFrame.Ack(12));
                break;
            default:
                one.ReceiveBytes(link, [0xFF, 0xFF, 0xFF]);
                break;
        }

        Assert.Contains(reason, one.Closed(link)!.Reason, StringComparison.Ordinal);
        Assert.Contains(reason, one.Node(Large).Reason, StringComparison.Ordinal);
        Assert.Contains(one.Notices, notice => notice.Contains(reason, StringComparison.Ordinal));

        // It goes on: alone, and with the node when that behaves.
        one.Wait(TimeSpan.FromSeconds(3));
        Assert.Equal(4, one.View.Held);
        one.OpenSynced(Large);
        Assert.Equal(NodeLinkState.Active, one.Node(Large).State);
    }

    [Fact]
    public void FrameReceived_OnAClosedLink_IsNothing()
    {
        var one = new MachineHarness(MachineHarness.Peer(Large));
        var link = one.Open(Large);
        one.Do((machine, now, effects) => machine.LinkClosed(now, link, "gone", effects));

        one.Receive(link, MachineHarness.Hello(Large));

        Assert.DoesNotContain(one.Last, effect => effect is ClusterEffect.Send or ClusterEffect.Close);
    }

    [Fact]
    public void LinkOpened_FromANodeThatIsNotConfigured_IsClosed()
    {
        var one = new MachineHarness(MachineHarness.Peer(Large));

        Assert.Contains("is not configured here", one.Closed(one.Open(Small))!.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(5, true, false)] // the other is smaller: the one it dialled stays
    [InlineData(20, false, true)] // this one is smaller: the one dialled here stays
    public void TwoConnections_TheOneThatTheSmallerNodeDialledStays(int other, bool firstDialledHere, bool secondDialledHere)
    {
        var id = new NodeId((UInt128)other);
        foreach (var reversed in new[] { false, true })
        {
            var one = new MachineHarness(MachineHarness.Peer(id));
            var first = one.Open(id, reversed ? secondDialledHere : firstDialledHere);
            var second = one.Open(id, reversed ? firstDialledHere : secondDialledHere);
            one.Receive(first, MachineHarness.Hello(id));
            one.AnswerSync(first);
            one.Receive(second, MachineHarness.Hello(id));

            var (kept, closed) = reversed ? (first, second) : (second, first);
            Assert.Null(one.Closed(kept));
            Assert.Contains("another connection", one.Closed(closed)!.Reason, StringComparison.Ordinal);
            Assert.DoesNotContain(one.Notices, notice => notice.Contains("down", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Silence_OfTheDataTimeout_IsDownAtOnce()
    {
        var one = new MachineHarness(MachineHarness.Peer(Large));
        var link = one.OpenSynced(Large);

        one.Wait(TimeSpan.FromMilliseconds(2_990));
        Assert.Null(one.Closed(link));
        one.Wait(TimeSpan.FromMilliseconds(20));

        Assert.Equal("silent for 3 s", one.Closed(link)!.Reason);
        Assert.Equal(NodeLinkState.Down, one.Node(Large).State);
        Assert.Equal("silent for 3 s", one.Node(Large).Reason);
    }

    [Fact]
    public void LinkClosed_BackWithinTheGrace_WasNeverDown()
    {
        var one = new MachineHarness(MachineHarness.Peer(Large));
        var link = one.OpenSynced(Large);
        one.Do((machine, now, effects) => machine.LinkClosed(now, link, "reset", effects));
        one.Wait(TimeSpan.FromMilliseconds(490));
        Assert.Equal(NodeLinkState.Active, one.Node(Large).State);

        one.OpenSynced(Large);
        one.Wait(TimeSpan.FromMilliseconds(100));

        Assert.DoesNotContain(one.Notices, notice => notice.Contains("is down", StringComparison.Ordinal));
    }

    [Fact]
    public void LinkClosed_NotBackWithinTheGrace_IsDownWithTheReason()
    {
        var one = new MachineHarness(MachineHarness.Peer(Large));
        var link = one.OpenSynced(Large);
        one.Do((machine, now, effects) => machine.LinkClosed(now, link, "reset", effects));

        one.Wait(TimeSpan.FromMilliseconds(510));

        Assert.Equal(NodeLinkState.Down, one.Node(Large).State);
        Assert.Contains("node node20 is down: connection closed: reset", one.Notices);
    }

    [Fact]
    public void Report_OfALaterRunOfThisNode_MakesItAStillLaterOne()
    {
        var one = new MachineHarness(MachineHarness.Peer(Large));
        var link = one.OpenSynced(Large);

        one.Receive(link, new LinkFrame.Reports([MachineHarness.Report(MachineHarness.Self) with { Incarnation = 5_000 }]));

        Assert.Equal(5_001, one.View.Incarnation);
        Assert.NotNull(one.Closed(link));
        Assert.Contains(one.Notices, notice => notice.Contains("was its clock set back", StringComparison.Ordinal));
        var again = one.OpenSynced(Large);
        Assert.Equal(5_001, one.SentOn(again).OfType<LinkFrame.Hello>().Single().Incarnation);
    }

    [Fact]
    public void Updates_FromAClockFarAhead_AreTakenAndOverwritten()
    {
        var one = new MachineHarness(MachineHarness.Peer(Large));
        var link = one.OpenSynced(Large);
        var ahead = HybridLogicalClock.FromWall(MachineHarness.Start.AddYears(1));

        one.Receive(link, new LinkFrame.Updates(0, [Update(Large, 1, 2) with { Clock = ahead }]));
        Assert.Single(one.Last.OfType<ClusterEffect.Apply>());
        one.Do((machine, now, effects) => machine.Publish(now, new RegisterId(RegisterKind.CheckState, 2), effects));
        one.Wait(TimeSpan.FromMilliseconds(300));

        var sent = one.SentOn(link).OfType<LinkFrame.Updates>().SelectMany(frame => frame.Items).Single();
        Assert.True(sent.Clock > ahead);
    }

    [Fact]
    public void Updates_OfObjectsThatAreNotConfiguredHere_AreCounted()
    {
        var one = new MachineHarness(MachineHarness.Peer(Large));
        var link = one.OpenSynced(Large);

        one.Receive(link, new LinkFrame.Updates(0, [Update(Large, 1, 99), Update(Large, 2, 1)]));

        Assert.Equal(1, one.View.UnknownKeys);
        Assert.Equal(1, one.View.Applied);
        Assert.Null(one.Closed(link));
    }

    [Fact]
    public void Publish_TooLongAValue_SaysSoAndSendsNothing()
    {
        var one = new MachineHarness(MachineHarness.Peer(Large)) { PayloadBytes = (1 << 19) + 1 };
        var link = one.OpenSynced(Large);

        one.Do((machine, now, effects) => machine.Publish(now, new RegisterId(RegisterKind.CheckState, 2), effects));
        one.Wait(TimeSpan.FromMilliseconds(100));

        Assert.Contains(one.Notices, notice => notice.Contains("a value of 524289 bytes is not replicated", StringComparison.Ordinal));
        Assert.Empty(one.SentOn(link).OfType<LinkFrame.Updates>());
    }

    [Fact]
    public void SetNeighbours_NodeRemoved_ClosesItsLinkAndForgetsIt()
    {
        var one = new MachineHarness(MachineHarness.Peer(Large), MachineHarness.Peer(Small));
        var link = one.OpenSynced(Large);

        one.Do((machine, now, effects) => machine.SetNeighbours(now, [MachineHarness.Peer(Small)], effects));

        Assert.Equal("the node is not configured any more", one.Closed(link)!.Reason);
        Assert.Equal([Small], one.View.Nodes.Select(node => node.Id));
    }

    /// <summary>A connection begins with whether the poller notifies: when that changes there is another.</summary>
    [Fact]
    public void SetNeighbours_PollerThatNotifiesNoMore_IsToldSo()
    {
        var poller = MachineHarness.Peer(Large) with { Kind = NeighbourKind.Poller, HostGroups = ["west"] };
        var one = new MachineHarness(poller);
        var first = one.Open(Large, dialledHere: true);
        Assert.False(Assert.Single(one.SentOn(first).OfType<LinkFrame.Hello>()).ReceiverIsSilent);

        one.Do((machine, now, effects) => machine.SetNeighbours(now, [poller], effects));
        Assert.Null(one.Closed(first));
        one.Do((machine, now, effects) => machine.SetNeighbours(now, [poller with { Notifies = false }], effects));
        Assert.Equal("it is told anew whether it notifies", one.Closed(first)!.Reason);
        Assert.Single(one.Last.OfType<ClusterEffect.Dial>());
        Assert.True(Assert.Single(one.SentOn(one.Open(Large, dialledHere: true)).OfType<LinkFrame.Hello>()).ReceiverIsSilent);
    }

    [Fact]
    public void SetNeighbours_UuidThatChanges_IsToldAndAskedForAnew()
    {
        var peer = MachineHarness.Peer(Large) with { OwnUuid = "mine", Uuid = "theirs" };
        var one = new MachineHarness(peer);
        foreach (var changed in (Neighbour[])[peer with { OwnUuid = "new" }, peer with { OwnUuid = "new", Uuid = "other" }])
        {
            var link = one.Open(Large, dialledHere: true);
            Assert.Equal(peer.OwnUuid, Assert.Single(one.SentOn(link).OfType<LinkFrame.Hello>()).Uuid);
            one.Do((machine, now, effects) => machine.SetNeighbours(now, [peer], effects));
            Assert.Null(one.Closed(link));
            one.Do((machine, now, effects) => machine.SetNeighbours(now, [changed], effects));
            Assert.Equal("a uuid has changed", one.Closed(link)!.Reason);
            peer = changed;
        }
    }

    [Fact]
    public void SetNeighbours_SelfAndTwice_AreLeftOutAndSaid()
    {
        var one = new MachineHarness(
            MachineHarness.Peer(MachineHarness.Self), MachineHarness.Peer(Small), MachineHarness.Peer(Small) with { Name = "again" });

        Assert.Equal([Small], one.View.Nodes.Select(node => node.Id));
        Assert.Contains(
            "node node10 has this node's own key (0000000000000000000000000000000a) and is left out: it is this node, or a copy of it that "
            + "needs a key of its own",
            one.Notices);
        Assert.Contains("nodes node5 and again have the same key; again is left out", one.Notices);
    }

    [Fact]
    public void Pulse_Echo_GivesTheRoundTrip()
    {
        var one = new MachineHarness(MachineHarness.Peer(Large));
        var link = one.OpenSynced(Large);
        one.Wait(TimeSpan.FromMilliseconds(1));
        var sent = one.SentOn(link).OfType<LinkFrame.Pulse>().Last().SentTicks;
        one.Wait(TimeSpan.FromMilliseconds(30));

        one.Receive(link, new LinkFrame.Pulse(77, sent, TimeSpan.FromMilliseconds(10).Ticks, 0, 0, []));

        Assert.InRange(one.Node(Large).RoundTrip!.Value.TotalMilliseconds, 19.9, 21.1);
    }

    [Fact]
    public void Notices_Thousands_AreLimitedAndCounted()
    {
        var one = new MachineHarness(MachineHarness.Peer(Large));
        for (var i = 0; i < 500; i++)
        {
            var link = one.OpenSynced(Large, incarnation: i + 1);
            one.Receive(link, new LinkFrame.Refused("no", RefusalCode.Unknown));
        }

        Assert.InRange(one.Notices.Count(), 10, NoticeLimiter.PerMinute);
        one.Wait(TimeSpan.FromSeconds(61));
        Assert.Contains(one.Notices, notice => notice.EndsWith("further cluster messages left out", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", 0, "The key of object 0 has 0 bytes")]
    [InlineData("same", 0, "Objects 0 and 1 have the same key")]
    public void Constructor_KeysThatBreakARule_NamesIt(string key, int _, string message)
    {
        var objects = MachineHarness.Objects(2);
        var bytes = System.Text.Encoding.UTF8.GetBytes(key);
        var exception = Assert.Throws<ArgumentException>(() => new ClusterMachine(
            new ClusterOptions { Self = Small, Incarnation = 1 },
            new PreparedObjects(objects with { Keys = [.. Enumerable.Repeat((ReadOnlyMemory<byte>)bytes, 2)] }),
            new MachineHarness()));

        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    private static Update Update(NodeId from, long sequence, int index) => MachineHarness.Written(from, sequence, index);
}
