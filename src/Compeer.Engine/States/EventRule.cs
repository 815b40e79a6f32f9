using Compeer.Engine.Model;

namespace Compeer.Engine.States;

/// <summary>What a change of state makes of an object's events and problems, by the rules of Naemon's <c>handle_host_state</c> and
/// <c>handle_async_service_check_result</c>.</summary>
internal static class EventRule
{
    /// <summary>The history after a result; the same instance when nothing happened.</summary>
    /// <param name="before">The state before.</param>
    /// <param name="decision">What the rules of states made of the result.</param>
    /// <param name="eventId">The id of the event, when there is one.</param>
    /// <param name="nowTicks">Now, UTC ticks.</param>
    public static EventHistory After(CheckState before, in StateDecision decision, long eventId, long nowTicks)
    {
        var history = before.History;
        if (!decision.IsEvent)
        {
            return history;
        }

        var next = history with { EventId = eventId, LastEventId = history.EventId };
        if (before.State == 0 && decision.State != 0)
        {
            return next with
            {
                ProblemStartTicks = nowTicks,
                ProblemEndTicks = 0,
                LastProblemStartTicks = history.ProblemStartTicks,
            };
        }

        // A problem that was never seen to begin (initial_state) has no start, so no end and no id.
        var isEnd = before.State != 0 && decision.State == 0 && history is { ProblemStartTicks: > 0, ProblemEndTicks: 0 };
        return isEnd ? next with { ProblemEndTicks = nowTicks } : next;
    }
}
