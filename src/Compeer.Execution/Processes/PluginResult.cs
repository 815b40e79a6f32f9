namespace Compeer.Execution.Processes;

/// <summary>What came of one run of a plugin.</summary>
/// <param name="Token">That of the request.</param>
/// <param name="Outcome">How the run ended.</param>
/// <param name="Code">Exit code, signal number, 0 or errno, as <see cref="PluginOutcome"/> says.</param>
/// <param name="StandardOutput">What the plugin wrote to standard output, byte by byte, up to
/// <see cref="PluginRunnerOptions.OutputLimit"/>.</param>
/// <param name="StandardError">The same of standard error.</param>
/// <param name="StartedAt">Wall clock when the process was started.</param>
/// <param name="Duration">How long it ran, by a monotonic clock; zero when it was not started.</param>
/// <param name="Truncated">Whether one of the two streams held more than the limit; the rest was thrown away.</param>
public sealed record PluginResult(
    long Token,
    PluginOutcome Outcome,
    int Code,
    ReadOnlyMemory<byte> StandardOutput,
    ReadOnlyMemory<byte> StandardError,
    DateTimeOffset StartedAt,
    TimeSpan Duration,
    bool Truncated)
{
    /// <summary>The result of a plugin that could not be started.</summary>
    internal static PluginResult NotStarted(in StartAttempt attempt, int errno) => new(
        attempt.Request.Token, PluginOutcome.NotStarted, errno, default, default, attempt.StartedAt, TimeSpan.Zero, Truncated: false);
}
