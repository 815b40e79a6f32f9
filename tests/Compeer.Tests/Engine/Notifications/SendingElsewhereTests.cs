using Compeer.Engine.Events;
using Compeer.Engine.Model;
using Compeer.Engine.Notifications;
using Compeer.Engine.Site;

namespace Compeer.Tests.Engine.Notifications;

/// <summary>Who owns an object decides what is told about it; who sends it may be another.</summary>
public sealed class SendingElsewhereTests : NotificationHarness
{
    private static readonly NotificationDelivery Ada = new("ada", 0);

    [Fact]
    public void Owner_ThatDoesNotSend_NotesDownAndRunsNothing()
    {
        BeginAs(Duties.Checks);
        Result("web1", 1);

        Assert.Empty(Output.Commands);
        Assert.Equal(Ada, Assert.Single(Assert.Single(State("web1").Pending).Left));
        Assert.Equal(1, State("web1").Number);
        Assert.False(Engine.Sending.IsOwn(Id));
    }

    [Fact]
    public void Sender_ThatDoesNotOwn_SendsWhatItHearsOfAndSaysThatItDid()
    {
        var told = Decided();
        BeginAs(Duties.Sending);
        Engine.StoreTold(Clock.Now, Id, told, sendsLeft: true, Output);
        Assert.Equal(["ada PROBLEM web1/ 1"], Told);
        Assert.True(Engine.Sending.IsUnderWay(Id));
        Assert.Empty(Engine.Sending.SentOf(Id).All);

        EndAll();
        Assert.Equal([Id], Output.Deliveries);
        Assert.Empty(Output.Notifications);
        Assert.Equal([(told.LastTicket, Ada)], Engine.Sending.SentOf(Id).All.AsEnumerable());

        // It stands as left until its owner has taken it out; whoever sends next waits for that, and this one does not send it again.
        Assert.True(Engine.Sending.IsUnderWay(Id));
        Output.Clear();
        Engine.StoreTold(Clock.Now, Id, told, sendsLeft: true, Output);
        Assert.Empty(Told);
        Engine.StoreTold(Clock.Now, Id, told with { Pending = [] }, sendsLeft: true, Output);
        Assert.False(Engine.Sending.IsUnderWay(Id));
        Assert.Empty(Engine.Sending.SentOf(Id).All);
    }

    [Fact]
    public void Owner_ThatHearsThatItWasSent_TakesItOut()
    {
        BeginAs(Duties.Checks);
        Result("web1", 1);
        Output.Clear();
        Engine.Sending.Store(Clock.Now, Id, Sent(State("web1")), Output);

        Assert.Empty(State("web1").Pending);
        Assert.Empty(Assert.Single(Output.Notifications).Told.Pending);
        Output.Clear();
        Engine.Gain(Clock.Now, [Id], TimeSpan.Zero, Output, Duties.Sending);
        Assert.Empty(Told);
    }

    [Fact]
    public void NextSender_DoesNotSendWhatWasSent()
    {
        var told = Decided();
        BeginAs(Duties.None);
        Engine.Sending.Store(Clock.Now, Id, Sent(told), Output);
        Engine.StoreTold(Clock.Now, Id, told, sendsLeft: true, Output);
        Engine.Gain(Clock.Now, [Id], TimeSpan.Zero, Output, Duties.Sending);

        Assert.Empty(Told);
    }

    [Fact]
    public void NextOwner_TakesOutWhatWasSent()
    {
        var told = Decided();
        BeginAs(Duties.None);
        Engine.Sending.Store(Clock.Now, Id, Sent(told), Output);
        Engine.StoreTold(Clock.Now, Id, told, sendsLeft: true, Output);
        Assert.Single(State("web1").Pending);
        Engine.Gain(Clock.Now, [Id], TimeSpan.Zero, Output, Duties.Checks);

        Assert.Empty(State("web1").Pending);
        Assert.Empty(Told);
    }

    [Fact]
    public void Failure_IsTriedAgainWhereItIsSent_AndNoMoreWhenItIsLost()
    {
        var told = Decided();
        BeginAs(Duties.Sending);
        Engine.StoreTold(Clock.Now, Id, told, sendsLeft: true, Output);
        EndAll(code: 1);
        Assert.Empty(Output.Deliveries);
        Output.Clear();
        Engine.Advance(Clock.Move(NotificationSender.RetryAfter), Output);
        Assert.Equal(2, Assert.Single(Output.Commands).Attempt);
        EndAll(code: 1);
        Engine.Lose(Clock.Now, [Id], discardRunning: false, Output, Duties.Sending);
        Output.Clear();
        Engine.Advance(Clock.Move(NotificationSender.RetryAfter * 3), Output);
        Assert.Empty(Output.Commands);
    }

    /// <summary>Whoever lost an object waits for nothing that it began: given it back, it sends what is left at once.</summary>
    [Fact]
    public void Failure_OfAnObjectThatWasLostAndGivenBack_IsSentAtOnce()
    {
        var told = Decided();
        BeginAs(Duties.Sending);
        Engine.StoreTold(Clock.Now, Id, told, sendsLeft: true, Output);
        EndAll(code: 1);
        Engine.Lose(Clock.Now, [Id], discardRunning: false, Output, Duties.Sending);
        Output.Clear();
        Engine.Gain(Clock.Now, [Id], TimeSpan.Zero, Output, Duties.Sending);

        Assert.Equal(1, Assert.Single(Output.Commands).Attempt);
    }

    /// <summary>With the end of a problem those are told who were told of it, by the owner's word, whoever sent it.</summary>
    [Fact]
    public void Recovery_IsDecidedByTheOwnersNotes()
    {
        BeginAs(Duties.Checks);
        Result("web1", 1);
        Engine.Sending.Store(Clock.Now, Id, Sent(State("web1")), Output);
        Result("web1", 0);

        var recovery = Assert.Single(State("web1").Pending);
        Assert.Equal((NotificationType.Normal, (byte)0), (recovery.Type, recovery.State));
        Assert.Empty(Output.Commands);
    }

    [Fact]
    public void Duties_MoveWithTheConfiguration()
    {
        BeginAs(Duties.Sending);
        EngineConfiguration same = new(Site.Main, Site.Objects, Site.Zone);
        Engine.TakeUp(Clock.Now, EngineChange.Prepare(Site, same), Output);

        Assert.True(Engine.Sending.IsOwn(Id));
        Assert.False(Engine.IsOwned(Id));
    }

    [Fact]
    public void Codec_BringsBackWhatWasSent_AndRefusesTheRest()
    {
        var sent = new SentDeliveries([(3, Ada), (long.MaxValue, new NotificationDelivery("", 7))]);

        Assert.Equal(sent, SentDeliveriesCodec.Decode(SentDeliveriesCodec.Encode(sent)));
        Assert.Null(SentDeliveriesCodec.Decode([0xff]));
        Assert.Null(SentDeliveriesCodec.Decode(SentDeliveriesCodec.Encode(new SentDeliveries([(0, Ada)]))));
    }

    private CheckableId Id => Site.Id("web1");

    private static SentDeliveries Sent(NotificationState told) =>
        new([.. told.Pending.SelectMany(pending => pending.Left.Select(delivery => (pending.Ticket, delivery)))]);

    /// <summary>What an owner noted down that does not send.</summary>
    private NotificationState Decided()
    {
        BeginAs(Duties.Checks);
        Result("web1", 1);
        return State("web1");
    }

    private void BeginAs(Duties duties)
    {
        Begin(owns: false);
        Engine.Gain(Clock.Now, Site.All(), TimeSpan.Zero, Output, duties);
        Output.Clear();
    }
}
