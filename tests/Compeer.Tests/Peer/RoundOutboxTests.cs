using Compeer.Cluster.Model;
using Compeer.Engine.Events;
using Compeer.Engine.Model;
using Compeer.Peer;

namespace Compeer.Tests.Peer;

public sealed class RoundOutboxTests
{
    private static readonly PeerEffect Kept = new PeerEffect.Persist(DurableState.Empty);
    private static readonly PeerEffect Sent = new PeerEffect.Send(new LinkId(1), new byte[1]);
    private static readonly PeerEffect Closed = new PeerEffect.Close(new LinkId(1), "enough");
    private static readonly PeerEffect Dialled = new PeerEffect.Dial(new NodeId(1));
    private static readonly PeerEffect Started =
        new PeerEffect.StartCheck(new CheckToRun(new CheckableId(1), default, default, new RunId(1)));
    private static readonly PeerEffect Written = new PeerEffect.WriteLog(new LogEntry(default, default));
    private static readonly PeerEffect Notified = new PeerEffect.Notify(NoticeLevel.Information, "text");
    private static readonly PeerEffect Answered = new PeerEffect.Answer(new AnswerToken(1), Failure: null);

    /// <summary>What must be carried out first, and what after it.</summary>
    public static TheoryData<object, object> Pairs => new()
    {
        { Kept, Sent },
        { Kept, Dialled },
        { Kept, Started },
        { Kept, Answered },
        { Sent, Started },
        { Sent, Written },
        { Sent, Notified },
        { Sent, Answered },
        { Dialled, Started },
        { Closed, Notified },
        { Closed, Answered },
        { Started, Answered },
        { Written, Answered },
        { Notified, Answered },
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Take_TwoStages_EarlierStageFirstHoweverTheyCame(object first, object second)
    {
        PeerEffect[] ordered = [(PeerEffect)first, (PeerEffect)second];
        Assert.Equal(ordered, TakenOf(ordered));
        Assert.Equal(ordered, TakenOf([.. ordered.Reverse()]));
    }

    [Fact]
    public void Take_OneStage_KeepsTheOrderInWhichTheyCame()
    {
        PeerEffect[] links = [Sent, Closed, Dialled, Sent with { }];
        PeerEffect[] acts = [Written, Started, Notified, Written with { }];
        Assert.Equal([.. links, .. acts], TakenOf([.. links.Zip(acts).SelectMany(pair => new[] { pair.Second, pair.First })]));
    }

    [Fact]
    public void Take_Twice_GivesEverythingOnce()
    {
        var outbox = new RoundOutbox();
        outbox.Add(Sent);
        Assert.Single(outbox.Take());
        Assert.Empty(outbox.Take());
    }

    private static IReadOnlyList<PeerEffect> TakenOf(params PeerEffect[] effects)
    {
        var outbox = new RoundOutbox();
        foreach (var effect in effects)
        {
            outbox.Add(effect);
        }

        return outbox.Take();
    }
}
