namespace Compeer.Api;

/// <summary>What came of a check that was run once for its output (<c>POST /api/v1/checks/test</c>).</summary>
/// <param name="Node">Where it was run, as merlin.conf there or here names it; "this node" for the one that answers.</param>
/// <param name="ReturnCode">The plugin's exit code; 3 when it did not end by itself.</param>
/// <param name="Output">What it wrote, at most 16 KiB.</param>
/// <param name="Problem">Why it was not run, or did not end by itself; empty otherwise.</param>
/// <param name="StartedAt">When it was started; null when it was not run.</param>
/// <param name="ExecutionTime">How long it ran, seconds.</param>
public sealed record CheckTestResult(
    string Node, int ReturnCode, string Output, string Problem, DateTimeOffset? StartedAt, double ExecutionTime);
