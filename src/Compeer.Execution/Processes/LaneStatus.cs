namespace Compeer.Execution.Processes;

/// <summary>One lane at this moment.</summary>
/// <param name="Limit">How many run at the same time at most.</param>
/// <param name="Running">How many run.</param>
/// <param name="Waiting">How many wait for their turn.</param>
/// <param name="OldestWait">How long the first of those has waited by now; zero when none waits.</param>
public readonly record struct LaneStatus(int Limit, int Running, int Waiting, TimeSpan OldestWait);
