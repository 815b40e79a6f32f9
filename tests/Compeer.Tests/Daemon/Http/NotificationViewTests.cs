using Compeer.Daemon.Http;
using Compeer.Engine.Model;

namespace Compeer.Tests.Daemon.Http;

/// <summary>Why was nobody told? There is an answer for every object at any time.</summary>
public sealed class NotificationViewTests
{
    [Fact]
    public void Of_AnObjectWithoutAnything_SaysThatThereWasNothing()
    {
        var view = NotificationView.Of(CheckState.Pending(0), NotificationState.None);
        Assert.Equal(("None", "There was nothing to tell.", 0), (view.Reason, view.Words, view.Pending));
        Assert.Null(view.Since);
    }

    [Fact]
    public void Of_ASoftProblem_SaysSo()
    {
        var state = CheckState.Pending(0) with { State = 2, IsSoft = true, LastStateChangeTicks = 5 };
        var view = NotificationView.Of(state, NotificationState.None with { Reason = NotificationReason.Sent });
        Assert.Equal(("SoftState", 5L), (view.Reason, view.Since?.UtcTicks));
    }

    [Fact]
    public void Of_WhatWasDecided_SaysItWithItsContacts()
    {
        var told = new NotificationState
        {
            Reason = NotificationReason.NoContacts,
            ReasonTicks = 7,
            LeftOut = [new LeftOutContact("ada", NotificationReason.OutsidePeriod)],
        };
        var view = NotificationView.Of(CheckState.Pending(0) with { State = 2 }, told);
        Assert.Equal(("NoContacts", 7L, "ada: OutsidePeriod"), (view.Reason, view.Since?.UtcTicks, Assert.Single(view.LeftOut)));
    }

    [Fact]
    public void EveryReason_HasItsWords() => Assert.All(
        Enum.GetValues<NotificationReason>(), reason => Assert.EndsWith(".", NotificationWords.Of(reason), StringComparison.Ordinal));
}
