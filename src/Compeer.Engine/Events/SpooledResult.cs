using Compeer.Engine.Model;

namespace Compeer.Engine.Events;

/// <summary>A result of a check that somebody else made, as a file in <c>check_result_path</c>, or whoever sent it, says it.</summary>
/// <param name="Host">The name of the host.</param>
/// <param name="Service">The description of the service; null for the host itself.</param>
/// <param name="IsPassive">Whether it counts as one from outside, not as one of a check.</param>
/// <param name="Result">What the check came to.</param>
public sealed record SpooledResult(string Host, string? Service, bool IsPassive, CheckResult Result);
