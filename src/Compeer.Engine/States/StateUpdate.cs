using Compeer.Engine.Model;

namespace Compeer.Engine.States;

/// <summary>Writes a decision into a new state.</summary>
internal static class StateUpdate
{
    /// <summary>The state after a result.</summary>
    /// <param name="before">The state before.</param>
    /// <param name="decision">What the rules made of it.</param>
    /// <param name="text">Its text.</param>
    /// <param name="times">When the check ran.</param>
    /// <param name="history">Its events and problems from now on.</param>
    /// <param name="states">Its last states from now on.</param>
    /// <param name="isFlapping">Whether it flaps from now on.</param>
    public static CheckState Apply(
        CheckState before,
        in StateDecision decision,
        in StateText text,
        in CheckTimes times,
        EventHistory history,
        StateHistory states,
        bool isFlapping) => new()
        {
            State = decision.State,
            LastState = before.State,
            LastHardState = decision.LastHardState,
            Attempt = decision.Attempt,
            IsSoft = decision.IsSoft,
            HostProblemAtLastCheck = decision.HostProblem,
            HasBeenChecked = true,
            LastCheckTicks = times.CheckedTicks,
            NextCheckTicks = times.NextTicks,
            LastStateChangeTicks = Changed(decision.StateChanged, before.LastStateChangeTicks, times),
            LastHardStateChangeTicks = Changed(decision.HardStateChanged, before.LastHardStateChangeTicks, times),
            LastTimeState0Ticks = before.State == 0 ? times.EndedTicks : before.LastTimeState0Ticks,
            LastTimeState1Ticks = before.State == 1 ? times.EndedTicks : before.LastTimeState1Ticks,
            LastTimeState2Ticks = before.State == 2 ? times.EndedTicks : before.LastTimeState2Ticks,
            LastTimeState3Ticks = before.State == 3 ? times.EndedTicks : before.LastTimeState3Ticks,
            LatencyTicks = times.LatencyTicks,
            ExecutionTicks = times.ExecutionTicks,
            History = history,
            StateHistory = states,
            IsFlapping = isFlapping,
            Text = text.Text,
            OutputLength = text.OutputLength,
            LongOutputLength = text.LongOutputLength,
        };

    /// <summary>The first result sets the times of change too, of hosts as well to when their check started (Naemon).</summary>
    private static long Changed(bool hasChanged, long before, in CheckTimes times) =>
        hasChanged ? times.ChangedTicks : before == 0 ? times.CheckedTicks : before;
}
