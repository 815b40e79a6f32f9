namespace Compeer.Api;

/// <summary>The places of one kind of command, as they are at this moment. A full lane holds up no other.</summary>
/// <param name="Name"><c>hosts</c>, <c>services</c>, <c>notifications</c> or <c>handlers</c>.</param>
/// <param name="Limit">How many run at the same time at most.</param>
/// <param name="Running">How many run.</param>
/// <param name="Waiting">How many are due and wait for a place.</param>
/// <param name="OldestWaitSeconds">How long the first of those has waited by now; 0 when none waits.</param>
public sealed record LaneState(string Name, int Limit, int Running, int Waiting, double OldestWaitSeconds);
