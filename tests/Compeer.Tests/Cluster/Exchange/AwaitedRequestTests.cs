using System.Text;
using Compeer.Cluster.Exchange;
using Compeer.Cluster.Model;
using Compeer.Cluster.Wire;

namespace Compeer.Tests.Cluster.Exchange;

/// <summary>Words for the owner of an object whose end somebody waits for.</summary>
public sealed class AwaitedRequestTests
{
    private static readonly NodeId Large = MachineHarness.Large;
    private static readonly NodeId Small = MachineHarness.Small;

    [Theory]
    [InlineData(null)]
    [InlineData("it does not want it")]
    public void AskAndAwait_OwnerElsewhere_EndsOnceWithWhatItSays(string? failure)
    {
        (var one, var link, var index) = WithOwner(Large);

        var number = Ask(one, index);
        var sent = Assert.Single(one.SentOn(link).OfType<LinkFrame.Request>());
        Assert.Equal(new RequestTag(MachineHarness.Self, 1_000, number), sent.Tag);
        Assert.Empty(Answers(one));
        one.Receive(link, new LinkFrame.Answered(sent.Tag!.Value with { Incarnation = 999 }, null, 0));
        Assert.Empty(Answers(one));
        one.Receive(link, new LinkFrame.Answered(sent.Tag!.Value, failure, 0));
        one.Receive(link, new LinkFrame.Answered(sent.Tag!.Value, "again", 0));

        Assert.Equal([new ClusterEffect.Answered(number, failure)], Answers(one));

        // What was answered is nobody's business when the link breaks.
        Break(one, link);
        one.Wait(TimeSpan.FromSeconds(5));
        Assert.DoesNotContain(one.All, effect => effect is ClusterEffect.Asked);
    }

    [Fact]
    public void AskAndAwait_OwnerIsLostBeforeItAnswers_TheNextOneObeys()
    {
        (var one, var link, var index) = WithOwner(Large);
        var number = Ask(one, index);

        Break(one, link);
        one.Wait(TimeSpan.FromSeconds(5));

        var asked = Assert.Single(one.All.OfType<ClusterEffect.Asked>());
        Assert.Equal((index, number, "words"), (asked.Object, asked.Tag!.Value.Number, Encoding.UTF8.GetString(asked.Payload.Span)));
        Assert.Empty(Answers(one));
        Answer(one, asked.Tag!.Value, failure: null);
        Assert.Equal([new ClusterEffect.Answered(number, null)], Answers(one));
    }

    [Fact]
    public void AskAndAwait_LinkBreaksAndTheOwnerStays_ItIsAskedAgainWithTheSameNumber()
    {
        (var one, var link, var index) = WithOwner(Large);
        Ask(one, index);

        Break(one, link);
        var again = one.Open(Large);
        one.Receive(again, Hello(Large));
        one.AnswerSync(again);
        one.Receive(again, new LinkFrame.Reports([Seeing(Large, 3)]));
        one.Wait(TimeSpan.FromSeconds(1), one.KeepAlive);

        Assert.Equal(
            Assert.Single(one.SentOn(link).OfType<LinkFrame.Request>()).Tag,
            Assert.Single(one.SentOn(again).OfType<LinkFrame.Request>()).Tag);
    }

    [Fact]
    public void AskAndAwait_OwnerSaysNothing_EndsWithThatAndIsNotSentAgain()
    {
        (var one, var link, var index) = WithOwner(Large);
        var number = Ask(one, index);

        one.Wait(AwaitedRequests.Limit - TimeSpan.FromSeconds(1), one.KeepAlive);
        Assert.Empty(Answers(one));
        one.Wait(TimeSpan.FromSeconds(2), one.KeepAlive);

        var ended = Assert.Single(Answers(one));
        Assert.Equal(number, ended.Number);
        Assert.Equal("its owner did not say within 30 s that it has it; it may have it all the same", ended.Failure);
        Break(one, link);
        one.Wait(TimeSpan.FromSeconds(5));
        Assert.DoesNotContain(one.All, effect => effect is ClusterEffect.Asked);
        Assert.Single(Answers(one));
    }

    /// <summary>The owner is behind another node, so that no link of this one breaks; and the next one can take what it owns only when
    /// that says so.</summary>
    [Fact]
    public void AskAndAwait_OwnerBehindAnotherIsLost_TheNextOneIsAskedAtOnceAndWhenItCanHaveIt()
    {
        var one = new MachineHarness(MachineHarness.Objects(40), MachineHarness.Peer(Large));
        var link = one.Open(Large);
        one.Receive(link, Hello(Large));
        one.AnswerSync(link);
        one.Receive(link, new LinkFrame.Reports(
        [
            Seeing(Large, 2) with { Edges = [MachineHarness.OwnRun, new Run(Small, 1)] },
            Seeing(Small, 2) with { Edges = [new Run(Large, 1)], Configured = [Large] },
        ]));
        one.Wait(TimeSpan.FromSeconds(1), one.KeepAlive);
        one.Receive(link, new LinkFrame.Reports(
        [
            Seeing(Large, 3) with { Edges = [MachineHarness.OwnRun, new Run(Small, 1)], Applied = one.View.Fingerprint },
            Seeing(Small, 3) with { Edges = [new Run(Large, 1)], Configured = [Large], Applied = one.View.Fingerprint },
        ]));
        var before = Owners(one);
        Assert.Contains(Small, before);
        var asked = Enumerable.Range(0, before.Count).Where(index => before[index] == Small).ToDictionary(index => Ask(one, index));

        one.Receive(link, new LinkFrame.Reports([Seeing(Large, 4) with { Applied = one.View.Fingerprint }]));
        var large = asked.Where(pair => Owners(one)[pair.Value] == Large).Select(pair => pair.Key).ToList();
        Assert.NotEmpty(large);
        Assert.All(large, number => Assert.Equal([Small, Large], SentTo(number)));

        one.Receive(link, new LinkFrame.Reports([Seeing(Large, 5) with { Applied = one.View.Fingerprint }]));
        one.Receive(link, new LinkFrame.Reports([Seeing(Large, 6) with { Applied = one.View.Fingerprint }]));
        Assert.All(large, number => Assert.Equal([Small, Large, Large], SentTo(number)));

        List<NodeId?> SentTo(long number) =>
            [.. one.SentOn(link).OfType<LinkFrame.Request>().Where(sent => sent.Tag?.Number == number).Select(sent => sent.Owner)];
    }

    /// <summary>One of an earlier version never answers: nobody may wait for it.</summary>
    [Fact]
    public void AskAndAwait_OwnerThatDoesNotAnswer_IsAskedAsBefore()
    {
        (var one, var link, var index) = WithOwner(Large, Capabilities.Requests);

        var number = Ask(one, index);

        Assert.Null(Assert.Single(one.SentOn(link).OfType<LinkFrame.Request>()).Tag);
        Assert.Equal([new ClusterEffect.Answered(number, null)], Answers(one));
    }

    [Fact]
    public void AskAndAwait_NoWayToTheOwner_EndsWithTheReason()
    {
        (var one, var link, var index) = WithOwner(Large, Capabilities.None);

        var number = Ask(one, index);
        one.Wait(Requests.WaitLimit - TimeSpan.FromSeconds(1), one.KeepAlive);
        Assert.Empty(Answers(one));
        one.Wait(TimeSpan.FromSeconds(2), one.KeepAlive);

        Assert.Equal(
            [new ClusterEffect.Answered(
                number, "it was not brought to its owner: there is no way to its owner that passes requests on")],
            Answers(one));
        Assert.Empty(one.SentOn(link).OfType<LinkFrame.Request>());
    }

    /// <summary>A node on the way may have had none for a moment, and keeps nothing.</summary>
    [Fact]
    public void AskAndAwait_NoAnswer_IsSentAgain()
    {
        (var one, var link, var index) = WithOwner(Large);
        Ask(one, index);
        one.Wait(AwaitedRequests.Again + TimeSpan.FromSeconds(0.5), one.KeepAlive);

        var sent = one.SentOn(link).OfType<LinkFrame.Request>().ToList();
        Assert.Equal(2, sent.Count);
        Assert.Equal(sent[0].Tag, sent[1].Tag);
    }

    [Fact]
    public void AskAndAwait_MoreThanMayWait_EndAtOnce()
    {
        (var one, _, var index) = WithOwner(Large);
        for (var i = 0; i < AwaitedRequests.Most; i++)
        {
            Ask(one, index);
        }

        Assert.Empty(Answers(one));
        var number = Ask(one, index);

        Assert.Equal([new ClusterEffect.Answered(number, "4096 others wait for owners already")], Answers(one));
    }

    [Fact]
    public void Asked_OfAnotherNode_IsAnsweredBehindItsValues()
    {
        (var one, var link, var index) = WithOwner(MachineHarness.Self);
        RequestTag tag = new(Large, 1, 7);
        LinkFrame.Request request = new(null, MachineHarness.Key(index), new byte[] { 1 }, 0) { Tag = tag };

        one.Receive(link, request);
        Assert.Equal(tag, Assert.Single(one.Last.OfType<ClusterEffect.Asked>()).Tag);
        one.Do((machine, now, effects) => machine.Publish(now, new RegisterId(RegisterKind.CheckState, index), effects));
        one.Receive(link, request);
        Assert.DoesNotContain(one.Last, effect => effect is ClusterEffect.Asked);
        Assert.Empty(one.SentOn(link).OfType<LinkFrame.Answered>());

        Answer(one, tag, "no");
        Assert.Equal(["Updates", "Answered"], one.SentOn(link).TakeLast(2).Select(frame => frame.GetType().Name));
        Assert.Equal(new LinkFrame.Answered(tag, "no", 0), one.SentOn(link).Last());

        // The answer may have been lost with its link.
        one.Receive(link, request with { Hops = 3 });
        Assert.DoesNotContain(one.Last, effect => effect is ClusterEffect.Asked);
        Assert.Equal(2, one.SentOn(link).Count(frame => frame is LinkFrame.Answered { Failure: "no" }));

        one.Receive(link, request with { Tag = tag with { Incarnation = 2 } });
        Assert.Single(one.Last.OfType<ClusterEffect.Asked>());
    }

    [Fact]
    public void Answered_ForAnotherNode_IsPassedOnToIt()
    {
        var one = new MachineHarness(MachineHarness.Peer(Large), MachineHarness.Peer(Small));
        (var large, var small) = (one.Open(Large), one.Open(Small));
        one.Receive(large, Hello(Large));
        one.Receive(small, Hello(Small));
        RequestTag tag = new(Small, 1, 3);

        one.Receive(large, new LinkFrame.Answered(tag, null, 4));
        one.Receive(large, new LinkFrame.Answered(tag, null, Requests.MaxHops));

        Assert.Equal([new LinkFrame.Answered(tag, null, 5)], one.SentOn(small).OfType<LinkFrame.Answered>());
        Assert.Empty(one.SentOn(large).OfType<LinkFrame.Answered>());
    }

    /// <summary>A copy that is kept here would be obeyed when later words have come after it.</summary>
    [Fact]
    public void Request_OfAnotherNodeThatSomebodyWaitsFor_IsNotKept()
    {
        (var one, var link, var index) = WithOwner(Large);
        LinkFrame.Request request = new(null, MachineHarness.Key(index), new byte[1], 0) { Tag = new RequestTag(Small, 1, 7) };
        one.Receive(link, request);
        Assert.Single(one.SentOn(link).OfType<LinkFrame.Request>());
        one.Receive(link, request with { Hops = Requests.MaxHops });

        Break(one, link);
        one.Receive(one.Open(Large), request);
        one.Wait(TimeSpan.FromSeconds(5));

        Assert.Contains(index, one.All.OfType<ClusterEffect.Gain>().SelectMany(gain => gain.Objects));
        Assert.DoesNotContain(one.All, effect => effect is ClusterEffect.Asked);
        Assert.DoesNotContain(one.Notices, text => text.Contains("dropped", StringComparison.Ordinal));
    }

    [Fact]
    public void Obeyed_IsRememberedInBounds()
    {
        var context = new ClusterContext(
            new ClusterOptions { Self = Large, Incarnation = 1, SoftwareVersion = "test" }, MachineHarness.Version, TimeSpan.Zero);
        var obeyed = new ObeyedRequests(context);
        At(TimeSpan.Zero);
        for (var number = 1; number <= ObeyedRequests.Most; number++)
        {
            Assert.True(Begin(number));
        }

        Assert.False(Begin(1));
        Assert.True(Begin(ObeyedRequests.Most + 1));
        Assert.False(Begin(2));
        Assert.True(Begin(1));
        Assert.True(Begin(2));
        At(ObeyedRequests.Memory);
        Assert.True(Begin(ObeyedRequests.Most));

        void At(TimeSpan time) => context.Begin(new ClusterTime(time, MachineHarness.Start + time), new ClusterEffects());

        bool Begin(long number) => obeyed.TryBegin(new RequestTag(Small, 1, number), out _);
    }

    /// <summary>A machine beside one that sees it, and an object of which a node is the owner.</summary>
    private static (MachineHarness One, LinkId Link, int Index) WithOwner(NodeId owner, Capabilities capabilities = Capabilities.Own)
    {
        var one = new MachineHarness(MachineHarness.Peer(Large));
        var link = one.Open(Large);
        one.Receive(link, Hello(Large) with { Capabilities = capabilities });
        one.AnswerSync(link);
        one.Receive(link, new LinkFrame.Reports([Seeing(Large, 2)]));
        one.Wait(TimeSpan.FromSeconds(1), one.KeepAlive);
        one.Receive(link, new LinkFrame.Reports([Seeing(Large, 3) with { Applied = one.View.Fingerprint }]));
        return (one, link, one.View.Owners.Select(number => one.View.Members[number]).ToList().IndexOf(owner));
    }

    private static List<NodeId> Owners(MachineHarness one) => [.. one.View.Owners.Select(number => one.View.Members[number])];

    private static NodeReport Seeing(NodeId node, long sequence) => MachineHarness.Report(node) with
    {
        Edges = [MachineHarness.OwnRun],
        Configured = [MachineHarness.Self],
        Sequence = sequence,
    };

    private static LinkFrame.Hello Hello(NodeId from) => MachineHarness.Hello(from) with { Capabilities = Capabilities.Own };

    private static void Break(MachineHarness one, LinkId link) =>
        one.Do((machine, now, effects) => machine.LinkClosed(now, link, "cut", effects));

    private static long Ask(MachineHarness one, int index)
    {
        var number = 0L;
        one.Do((machine, now, effects) =>
            number = machine.Requests.AskAndAwait(now, index, Encoding.UTF8.GetBytes("words"), effects));
        return number;
    }

    private static void Answer(MachineHarness one, RequestTag tag, string? failure) =>
        one.Do((machine, now, effects) => machine.Requests.Answer(now, tag, failure, effects));

    private static List<ClusterEffect.Answered> Answers(MachineHarness one) => [.. one.All.OfType<ClusterEffect.Answered>()];
}
