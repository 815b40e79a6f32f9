using Compeer.Engine.Model;

namespace Compeer.Engine.Acknowledgements;

/// <summary>When an acknowledgement holds, by Naemon's <c>handle_host_state</c>, <c>handle_async_service_check_result</c> and
/// <c>handle_host_acknowledgement_expire_event</c>.</summary>
internal static class AcknowledgementRule
{
    /// <summary>Whether it holds for the problem that an object has.</summary>
    /// <param name="given">The acknowledgement.</param>
    /// <param name="state">The object's state.</param>
    /// <param name="wall">Now.</param>
    public static bool Holds(Acknowledgement given, CheckState state, DateTimeOffset wall)
    {
        if (given.Kind == AcknowledgementKind.None || state.State == 0)
        {
            return false;
        }

        // 1. It is of this problem, not of an earlier one. 2. One that is not sticky goes with the state. 3. It may have an end.
        return given.ProblemStartTicks == state.History.ProblemStartTicks
            && (given.Kind == AcknowledgementKind.Sticky || given.State == state.State)
            && (given.EndTicks == 0 || wall.UtcTicks < given.EndTicks);
    }

    /// <summary>The one that holds, the last given of several; <see cref="Acknowledgement.None"/> when none does.</summary>
    public static Acknowledgement Holding(IEnumerable<Acknowledgement> given, CheckState state, DateTimeOffset wall) =>
        given.Where(one => Holds(one, state, wall)).MaxBy(one => (one.EntryTicks, one.Id)) ?? Acknowledgement.None;
}
