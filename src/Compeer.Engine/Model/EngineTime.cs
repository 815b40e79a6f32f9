namespace Compeer.Engine.Model;

/// <summary>The time on an input: both clocks, read once by the shell.</summary>
/// <param name="Monotonic">A clock that only goes forward, from any origin. Schedules and durations use it, so that a
/// jump of the wall clock neither bursts nor stops checking (Naemon schedules on its monotonic clock too).</param>
/// <param name="Wall">The wall clock. Time periods, timestamps and logs use it.</param>
public readonly record struct EngineTime(TimeSpan Monotonic, DateTimeOffset Wall);
