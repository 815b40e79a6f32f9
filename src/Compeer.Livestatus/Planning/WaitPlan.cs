using Compeer.Livestatus.Filters;

namespace Compeer.Livestatus.Planning;

/// <summary>What a request waits for before it is answered.</summary>
/// <param name="Condition">That the object is so; null when none was named.</param>
/// <param name="ObjectName">The object, as <c>WaitObject</c> names it; null when none was named.</param>
/// <param name="Trigger">What must happen when there is no condition.</param>
/// <param name="Timeout">For how long at most; zero without end.</param>
internal sealed record WaitPlan(Filter? Condition, string? ObjectName, WaitTrigger Trigger, TimeSpan Timeout);
