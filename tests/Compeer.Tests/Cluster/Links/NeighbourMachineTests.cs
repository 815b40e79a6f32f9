using Compeer.Cluster.Links;
using Compeer.Cluster.Model;

namespace Compeer.Tests.Cluster.Links;

/// <summary>What each input makes of a neighbour in each state.</summary>
public sealed class NeighbourMachineTests
{
    private const string CatchingUp = "catching up with it";
    private static readonly NodeId Theirs = new(20);
    private TimeSpan _now = TimeSpan.FromSeconds(100);
    private long _links;

    private ClusterTime Now => new(_now, DateTimeOffset.UnixEpoch + _now);

    [Theory]
    [InlineData("new", "dial", NodeLinkState.Connecting, "not connected yet")]
    [InlineData("new", "dial fails", NodeLinkState.Down, "connection refused")]
    [InlineData("new", "open", NodeLinkState.Connecting, "not connected yet")]
    [InlineData("new", "give up", NodeLinkState.Down, "given up")]
    [InlineData("new", "grace", NodeLinkState.Down, "not connected yet")]
    [InlineData("new", "doubt", NodeLinkState.Down, "not connected yet")]
    [InlineData("down", "dial", NodeLinkState.Down, "connection refused")]
    [InlineData("down", "dial fails", NodeLinkState.Down, "connection refused")]
    [InlineData("down", "open", NodeLinkState.Connecting, "connection refused")]
    [InlineData("down", "grace", NodeLinkState.Down, "connection refused")]
    [InlineData("opened", "dial fails", NodeLinkState.Connecting, "not connected yet")]
    [InlineData("opened", "greet", NodeLinkState.Syncing, CatchingUp)]
    [InlineData("opened", "lose", NodeLinkState.Down, "connection closed: reset")]
    [InlineData("opened", "close", NodeLinkState.Down, "silent for 3 s")]
    [InlineData("opened", "refuse", NodeLinkState.Down, "not like this")]
    [InlineData("opened", "doubt", NodeLinkState.Connecting, "not connected yet")]
    [InlineData("syncing", "sync", NodeLinkState.Active, "")]
    [InlineData("syncing", "open", NodeLinkState.Syncing, CatchingUp)]
    [InlineData("syncing", "dial fails", NodeLinkState.Syncing, CatchingUp)]
    [InlineData("syncing", "lose", NodeLinkState.Down, "connection closed: reset")]
    [InlineData("syncing", "close", NodeLinkState.Down, "silent for 3 s")]
    [InlineData("syncing", "refuse", NodeLinkState.Down, "not like this")]
    [InlineData("syncing", "resync", NodeLinkState.Syncing, CatchingUp)]
    [InlineData("active", "open", NodeLinkState.Active, "")]
    [InlineData("active", "dial fails", NodeLinkState.Active, "")]
    [InlineData("active", "lose", NodeLinkState.Active, "")]
    [InlineData("active", "close", NodeLinkState.Down, "silent for 3 s")]
    [InlineData("active", "refuse", NodeLinkState.Down, "not like this")]
    [InlineData("active", "doubt", NodeLinkState.Syncing, CatchingUp)]
    [InlineData("active", "resync", NodeLinkState.Syncing, CatchingUp)]
    [InlineData("active", "grace", NodeLinkState.Active, "")]
    [InlineData("active", "another, greeted", NodeLinkState.Active, "")]
    [InlineData("broken", "grace", NodeLinkState.Down, "connection closed: reset")]
    [InlineData("broken", "dial", NodeLinkState.Active, "")]
    [InlineData("broken", "dial fails", NodeLinkState.Active, "")]
    [InlineData("broken", "open", NodeLinkState.Active, "")]
    [InlineData("broken", "greet", NodeLinkState.Syncing, CatchingUp)]
    [InlineData("broken", "doubt", NodeLinkState.Down, "connection closed: reset")]
    [InlineData("broken", "give up", NodeLinkState.Down, "given up")]
    [InlineData("active poller", "lose", NodeLinkState.Active, "")]
    [InlineData("active poller", "doubt", NodeLinkState.Syncing, "catching up with it")]
    [InlineData("active poller", "resync", NodeLinkState.Syncing, "catching up with it")]
    public void Input_InAState_GivesTheNextAndItsReason(string before, string input, NodeLinkState after, string reason)
    {
        var (one, link) = Make(before);

        Give(one, link, input);

        Assert.Equal((after, reason), (one.State, one.Reason));
        Assert.Equal(after == NodeLinkState.Active, reason.Length == 0);
    }

    [Fact]
    public void Input_WithoutAReason_IsNotTaken()
    {
        var (one, link) = Make("active");

        Assert.Throws<ArgumentException>(() => one.GiveUp(Now, ""));
        Assert.Throws<ArgumentException>(() => one.Close(Now, link!, ""));
    }

    [Theory]
    [InlineData("new", false)]
    [InlineData("opened", false)]
    [InlineData("syncing", false)]
    [InlineData("active", true)]
    [InlineData("broken", true)]
    [InlineData("down", false)]
    [InlineData("active poller", true)]
    public void Edge_InAState_IsWhatThisNodeCountsOn(string state, bool counts) =>
        Assert.Equal(counts ? new Run(Theirs, 1) : null, Make(state).Machine.Edge);

    [Theory]
    [InlineData("doubt", false)]
    [InlineData("resync", true)]
    [InlineData("lose", true)]
    [InlineData("close", false)]
    [InlineData("give up", false)]
    [InlineData("another, greeted", true)]
    public void Edge_OfAnActivePeer_AfterAnInput(string input, bool counts)
    {
        var (one, link) = Make("active");

        Give(one, link, input);

        Assert.Equal(counts, one.Edge is not null);
    }

    [Fact]
    public void Greet_ByALaterRun_DoesNotCountOnTheEarlierAnyMore()
    {
        var (one, link) = Make("broken");
        Assert.Null(link);
        link = Open(one);
        link.Greet(MachineHarness.Hello(Theirs, incarnation: 2), _now);

        one.Greet(Now, link);

        Assert.Null(one.Edge);
        Assert.Null(one.GraceEnd);
        Assert.Equal(2, one.LastHello!.Incarnation);
    }

    [Fact]
    public void Greet_ByTheSameRunWithinTheGrace_GoesOnCountingOnIt()
    {
        var (one, _) = Make("broken");

        Give(one, null, "greet");
        _now += TimeSpan.FromSeconds(10);
        one.Advance(Now);

        Assert.NotNull(one.Edge);
        Assert.Equal(NodeLinkState.Syncing, one.State);
    }

    [Fact]
    public void Lose_AgainWithinTheGrace_DoesNotProlongIt()
    {
        var (one, _) = Make("broken");
        var end = one.GraceEnd;
        var link = Open(one);
        _now += TimeSpan.FromMilliseconds(300);

        one.Lose(Now, link, "reset", _now + TimeSpan.FromMilliseconds(500));

        Assert.Equal(end, one.GraceEnd);
    }

    [Theory]
    [InlineData("dial fails", true)]
    [InlineData("refuse", true)]
    [InlineData("lose", true)]
    [InlineData("close", false)]
    public void Failure_BeforeTheHello_NeedNotBeWaitedFor(string input, bool failed)
    {
        var (one, link) = Make(input == "dial fails" ? "new" : "opened");

        Give(one, link, input);

        Assert.Equal(failed, one.Standing.HasFailed);
        one.WaitAnew(Now);
        Assert.False(one.Standing.HasFailed);
    }

    [Fact]
    public void Failure_WhileAConnectionStands_IsWaitedFor()
    {
        var (one, link) = Make("opened");
        var other = Open(one);
        one.Lose(Now, other, "reset", _now);

        Assert.False(one.Standing.HasFailed);
        one.Lose(Now, link!, "reset", _now);
        Assert.True(one.Standing.HasFailed);
        Give(one, null, "greet");
        Give(one, one.Greeted, "close");
        Assert.False(one.Standing.HasFailed);
    }

    [Fact]
    public void Standing_OfAnActivePeer_NamesItsLink()
    {
        var (one, link) = Make("active");

        Assert.Equal(
            new PeerStanding(Theirs, NeighbourKind.Peer, new Run(Theirs, 1), link!.Id, IsSynced: true, HasFailed: false),
            one.Standing);
    }

    [Theory]
    [InlineData("sync", "Active")]
    [InlineData("sync,lose,grace", "Active,None,Lost")]
    [InlineData("sync,close", "Active,Lost")]
    [InlineData("sync,refuse", "Active,Lost")]
    [InlineData("sync,resync,sync", "Active,None,None")]
    [InlineData("sync,resync,close", "Active,None,Lost")]
    [InlineData("lose", "NotReached")]
    [InlineData("refuse", "NotReached")]
    public void TakeNews_AfterEachInput_IsWhatPeopleWantToKnow(string inputs, string news)
    {
        var (one, link) = Make("syncing");
        one.TakeNews();

        var told = new List<NeighbourNews>();
        foreach (var input in inputs.Split(','))
        {
            Give(one, link, input);
            told.Add(one.TakeNews());
        }

        Assert.Equal(news, string.Join(',', told));
        Assert.Equal(NeighbourNews.None, one.TakeNews());
    }

    [Fact]
    public void TakeNews_OfARefusalOfAHello_IsThatItWasNotReached()
    {
        var (one, link) = Make("opened");
        one.TakeNews();

        Give(one, link, "refuse");

        Assert.Equal(NeighbourNews.NotReached, one.TakeNews());
    }

    [Fact]
    public void StateSince_IsWhenTheStateBegan()
    {
        var (one, link) = Make("syncing");
        _now += TimeSpan.FromSeconds(5);
        Give(one, link, "sync");
        var since = Now.Wall;
        _now += TimeSpan.FromSeconds(5);
        Give(one, link, "open");

        Assert.Equal(since, one.StateSince);
    }

    private (NeighbourMachine Machine, Link? Link) Make(string state)
    {
        var kind = state == "active poller" ? NeighbourKind.Poller : NeighbourKind.Peer;
        var one = new NeighbourMachine(MachineHarness.Peer(Theirs) with { Kind = kind }, MachineHarness.Self, Now);
        if (state == "down")
        {
            one.DialFailed(Now, "connection refused");
        }

        if (state is "new" or "down")
        {
            return (one, null);
        }

        var link = Open(one);
        if (state == "opened")
        {
            return (one, link);
        }

        Give(one, link, "greet");
        if (state != "syncing")
        {
            Give(one, link, "sync");
        }

        if (state == "broken")
        {
            Give(one, link, "lose");
            link = null;
        }

        return (one, link);
    }

    private void Give(NeighbourMachine one, Link? link, string input)
    {
        switch (input)
        {
            case "dial":
                one.Dial(Now);
                break;
            case "dial fails":
                one.DialFailed(Now, "connection refused");
                break;
            case "open":
                Open(one);
                break;
            case "greet":
                link ??= Open(one);
                link.Greet(MachineHarness.Hello(Theirs), _now);
                one.Greet(Now, link);
                break;
            case "another, greeted":
                var other = Open(one);
                other.Greet(MachineHarness.Hello(Theirs), _now);
                one.Close(Now, other, "another connection to the same node is in use");
                break;
            case "sync":
                one.Sync(Now, link!);
                break;
            case "lose":
                one.Lose(Now, link!, "reset", _now + TimeSpan.FromMilliseconds(500));
                break;
            case "close":
                one.Close(Now, link!, "silent for 3 s");
                break;
            case "refuse":
                one.Refuse(Now, link!, "not like this", isTold: false, isWaitedFor: false);
                break;
            case "give up":
                one.GiveUp(Now, "given up");
                break;
            case "grace":
                _now += TimeSpan.FromMilliseconds(500);
                one.Advance(Now);
                break;
            case "doubt":
                one.Doubt(Now);
                break;
            case "resync":
                one.Resync(Now);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(input), input, "no such input");
        }
    }

    private Link Open(NeighbourMachine one)
    {
        var link = new Link(new LinkId(++_links), one, dialledHere: false, "192.0.2.1", Now);
        one.Open(Now, link);
        return link;
    }
}
