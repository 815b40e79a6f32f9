using Compeer.Engine.Model;

namespace Compeer.Engine.Scheduling;

/// <summary>How old the last check of an object is.</summary>
internal static class CheckAge
{
    /// <summary>Whether an object was checked within this time. A little in the future is recent too: by another peer, whose
    /// clock is ahead by so little that it is not known.</summary>
    /// <param name="state">The object's state.</param>
    /// <param name="horizon">The time.</param>
    /// <param name="wall">Now, by this node's clock.</param>
    /// <param name="clockAhead">How far the clock that the state was written by is ahead of that.</param>
    public static bool IsWithin(CheckState state, TimeSpan horizon, DateTimeOffset wall, TimeSpan clockAhead)
    {
        var age = wall.UtcTicks + clockAhead.Ticks - state.LastCheckTicks;
        return state.HasBeenChecked && age > -CheckTiming.ClockTolerance.Ticks && age < horizon.Ticks;
    }
}
