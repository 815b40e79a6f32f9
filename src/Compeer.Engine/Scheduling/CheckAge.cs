using Compeer.Engine.Model;

namespace Compeer.Engine.Scheduling;

/// <summary>How old the last check of an object is.</summary>
internal static class CheckAge
{
    /// <summary>Whether an object was checked within this time. A little in the future is recent too: by another peer, whose
    /// clock is ahead.</summary>
    public static bool IsWithin(CheckState state, TimeSpan horizon, DateTimeOffset wall)
    {
        var age = wall.UtcTicks - state.LastCheckTicks;
        return state.HasBeenChecked && age > -CheckTiming.ClockTolerance.Ticks && age < horizon.Ticks;
    }
}
