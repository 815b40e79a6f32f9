namespace Compeer.Engine.States;

/// <summary>The times of one check, for its state: wall clock as UTC ticks, durations as ticks.</summary>
/// <param name="CheckedTicks">When the plugin was started.</param>
/// <param name="ChangedTicks">The time given to changes of state (Naemon): of services the start of the check, of hosts its
/// result.</param>
/// <param name="EndedTicks">The time given to the end of the state before (Naemon): of services the start of the check, of hosts its
/// end, which for a result from outside is the time it came with.</param>
/// <param name="NextTicks">When the next check is due; 0 for none.</param>
/// <param name="LatencyTicks">How late it started.</param>
/// <param name="ExecutionTicks">How long it ran.</param>
internal readonly record struct CheckTimes(
    long CheckedTicks, long ChangedTicks, long EndedTicks, long NextTicks, long LatencyTicks, long ExecutionTicks);
