using Compeer.Engine.Model;
using Compeer.Engine.Notifications;

namespace Compeer.Tests.Engine.Notifications;

/// <summary>What is decided is sent once, by the owner, and again when it failed.</summary>
public sealed class NotificationSenderTests : NotificationHarness
{
    [Fact]
    public void Decided_IsNotedDownBeforeItRuns_AndAfterItEnded()
    {
        Begin();
        Result("web1", 1);
        var noted = Output.Notifications.Last();
        Assert.True(noted.IsUrgent);
        Assert.Equal(new NotificationDelivery("ada", 0), Assert.Single(Assert.Single(noted.Told.Pending).Left));
        Assert.Single(Output.Commands);
        Assert.True(Engine.Sending.IsUnderWay(Site.Id("web1")));
        EndAll();
        noted = Assert.Single(Output.Notifications);
        Assert.True(noted.IsUrgent);
        Assert.Empty(noted.Told.Pending);
        Assert.False(Engine.Sending.IsUnderWay(Site.Id("web1")));
    }

    [Fact]
    public void Counters_OfWhatWasSentFailedAndHeldBack()
    {
        Begin();
        Result("web1", 1);
        EndAll();
        Assert.Equal(new NotificationCounters(Sent: 1, Failed: 0, Suppressed: 0), Engine.Snapshot(Clock.Now).Notifications);
        Give("DISABLE_HOST_NOTIFICATIONS;web1");
        Result("web1", 1);
        Result("web1", 1);
        Assert.Equal(new NotificationCounters(Sent: 1, Failed: 0, Suppressed: 1), Engine.Snapshot(Clock.Now).Notifications);
        Give("ENABLE_HOST_NOTIFICATIONS;web1");
        Result("web1", 0);
        for (var attempt = 1; attempt <= NotificationSender.MostAttempts; attempt++)
        {
            Assert.Equal(0, Engine.Snapshot(Clock.Now).Notifications.Failed);
            EndAll(code: 1);
            Output.Clear();
            Engine.Advance(Clock.Move(NotificationSender.RetryAfter * attempt), Output);
        }

        Assert.Equal(new NotificationCounters(Sent: 1, Failed: 1, Suppressed: 1), Engine.Snapshot(Clock.Now).Notifications);
    }

    [Fact]
    public void Failure_IsSaidAndTriedAgainAFewTimes()
    {
        Begin();
        Result("web1", 1);
        for (var attempt = 1; attempt < NotificationSender.MostAttempts; attempt++)
        {
            EndAll(code: 1);
            Assert.Contains(
                "Warning: Notification command for contact 'ada' about host 'web1' exited with exit code 1. stdout: '(empty)', "
                + "stderr: '(empty)'",
                Output.Lines());
            Assert.Single(State("web1").Pending);
            Output.Clear();
            var due = Clock.Now.Monotonic + (NotificationSender.RetryAfter * attempt);
            Engine.Advance(Clock.MoveTo(due - TimeSpan.FromMilliseconds(1)), Output);
            Assert.Empty(Output.Commands);
            Assert.True(Engine.NextWake <= due);
            Engine.Advance(Clock.MoveTo(due), Output);
            Assert.Single(Output.Commands);
            Assert.DoesNotContain(Output.Lines(), line => line.StartsWith("HOST NOTIFICATION", StringComparison.Ordinal));
        }

        EndAll(code: 1);
        Assert.Contains("Warning: Contact 'ada' was not notified: the command failed 3 times", Output.Lines());
        Assert.Empty(State("web1").Pending);
        Output.Clear();
        Engine.Advance(Clock.Move(TimeSpan.FromHours(1)), Output);
        Assert.Empty(Output.Commands);
    }

    [Fact]
    public void NextOwner_SendsWhatIsLeft()
    {
        Begin();
        Result("web1", 1);
        var told = State("web1");
        Begin(owns: false);
        Engine.StoreTold(Clock.Now, Site.Id("web1"), told, sendsLeft: true, Output);
        Assert.Empty(Told);
        Engine.Gain(Clock.Now, [Site.Id("web1")], TimeSpan.Zero, Output);
        Assert.Equal(["ada PROBLEM web1/ 1"], Told);
        EndAll();
        Assert.Empty(State("web1").Pending);
    }

    [Fact]
    public void Owner_ThatHearsOfWhatIsLeft_SendsIt()
    {
        Begin();
        Result("web1", 1);
        var told = State("web1");
        Begin();
        Engine.StoreTold(Clock.Now, Site.Id("web1"), told, sendsLeft: true, Output);
        Assert.Single(Told);
        Engine.StoreTold(Clock.Now, Site.Id("web1"), told, sendsLeft: true, Output);
        Assert.Empty(Told);
    }

    [Fact]
    public void Owner_ThatHearsOfWhatItSentAsLeft_SaysSoAndSendsItNotAgain()
    {
        Begin();
        Result("web1", 1);
        var told = State("web1");
        EndAll();
        Output.Clear();
        Engine.StoreTold(Clock.Now, Site.Id("web1"), told, sendsLeft: true, Output);
        Assert.Empty(Output.Commands);
        Assert.Empty(Assert.Single(Output.Notifications).Told.Pending);
        Assert.Empty(State("web1").Pending);
    }

    [Fact]
    public void WhatAnotherOwnerSaysIsLeft_IsOnlyKept_WhenItIsNotToBeSent()
    {
        Begin();
        Result("web1", 1);
        var told = State("web1");
        Begin();
        Engine.StoreTold(Clock.Now, Site.Id("web1"), told, sendsLeft: false, Output);
        Assert.Empty(Output.Commands);
        Assert.Single(State("web1").Pending);
    }

    [Fact]
    public void Sent_IsRememberedToABound()
    {
        SentNotifications sent = new();
        for (var number = 0; number <= SentNotifications.Most; number++)
        {
            sent.Add(TicketOf(number));
            sent.Add(TicketOf(number));
        }

        Assert.False(sent.Contains(TicketOf(0)));
        Assert.True(sent.Contains(TicketOf(1)));
        Assert.True(sent.Contains(TicketOf(SentNotifications.Most)));
        static NotificationTicket TicketOf(int number) => new(new ObjectName("web1", null), number, new NotificationDelivery("ada", 0));
    }

    [Fact]
    public void FormerOwner_DecidesAndLeavesItToTheNext()
    {
        Begin();
        var check = StartNextOf(Engine, "web1");
        Engine.Lose(Clock.Now, Site.All(), discardRunning: false);
        Complete(Engine, check, 2);
        Assert.Empty(Output.Commands);
        Assert.Single(State("web1").Pending);
    }

    [Fact]
    public void FormerOwner_TriesNothingAgain()
    {
        Begin();
        Result("web1", 1);
        EndAll(code: 1);
        Engine.Lose(Clock.Now, Site.All(), discardRunning: false);
        Output.Clear();
        Engine.Advance(Clock.Move(TimeSpan.FromMinutes(1)), Output);
        Assert.Empty(Output.Commands);
        Assert.Single(State("web1").Pending);
    }

    [Fact]
    public void ClockOfTheFormerOwner_IsSetRight()
    {
        Begin();
        Result("web1", 1);
        EndAll();
        var ahead = TimeSpan.FromDays(300);
        var told = State("web1").ByClock(-ahead);
        Begin(owns: false);
        var state = CheckState.Pending(0) with { State = 1, LastHardState = 1, HasBeenChecked = true };
        Engine.Store(Site.Id("web1"), state, ahead, Output);
        Engine.StoreTold(Clock.Now, Site.Id("web1"), told, sendsLeft: true, Output);
        Engine.Gain(Clock.Now, [Site.Id("web1")], ahead, Output);
        Output.Clear();
        Result("web1", 1, minutes: 9);
        Assert.Empty(Told);
        Result("web1", 1, minutes: 2);
        Assert.Single(Told);
    }
}
