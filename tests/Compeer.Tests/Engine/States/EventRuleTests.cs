using Compeer.Engine.Model;
using Compeer.Engine.States;

namespace Compeer.Tests.Engine.States;

/// <summary>A problem has an end when it was seen to begin, and has not ended already.</summary>
public sealed class EventRuleTests
{
    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(5, 0, 1_000)]
    [InlineData(5, 7, 7)]
    public void After_ARecovery_EndsTheProblemThatWasSeenToBegin(long started, long ended, long expected)
    {
        var before = CheckState.Pending(1) with
        {
            History = new EventHistory { EventId = 3, ProblemStartTicks = started, ProblemEndTicks = ended },
        };
        var after = EventRule.After(before, HostStateRule.DecideHard(before, 0), eventId: 4, nowTicks: 1_000);
        Assert.Equal((4, 3, expected), (after.EventId, after.LastEventId, after.ProblemEndTicks));
    }
}
