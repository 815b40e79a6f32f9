using Compeer.Engine.Model;

namespace Compeer.Engine.Scheduling;

/// <summary>When a check is to run.</summary>
/// <param name="Due">On the monotonic clock; null for never.</param>
/// <param name="WaitsForPeriod">Whether that is when its check period opens, by the wall clock as it is now.</param>
internal readonly record struct PlannedCheck(TimeSpan? Due, bool WaitsForPeriod)
{
    /// <summary>Whether it runs also when active checks are off or outside of its period.</summary>
    public bool IsForced { get; init; }

    /// <summary>Whether it was forced because its last result is stale.</summary>
    public bool IsForFreshness { get; init; }

    /// <summary>On the monotonic clock, the turn that passed which it makes up for, or from which its turns are counted that it is on its
    /// way back to; null when it is due at its turn.</summary>
    public TimeSpan? Turn { get; init; }

    /// <summary>When that is by the wall clock as it is now, UTC ticks; 0 for never.</summary>
    public long WallTicks(EngineTime now) => Due is { } due
        ? Math.Clamp(now.Wall.UtcTicks + (due - now.Monotonic).Ticks, 1, DateTimeOffset.MaxValue.UtcTicks)
        : 0;

    /// <summary>Not by schedule.</summary>
    public static readonly PlannedCheck Never = new(null, WaitsForPeriod: false);
}
