using Compeer.Engine.Events;

namespace Compeer.Daemon.CheckResults;

/// <summary>What a file of check results says.</summary>
/// <param name="Results">The results, in their order.</param>
/// <param name="Findings">What is wrong with others, in words.</param>
/// <param name="IsTooOld">Whether the file says of itself that it is too old; then what follows in it was not read.</param>
internal sealed record CheckResultContent(IReadOnlyList<SpooledResult> Results, IReadOnlyList<string> Findings, bool IsTooOld);
