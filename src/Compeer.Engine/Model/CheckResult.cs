namespace Compeer.Engine.Model;

/// <summary>What came back from one run of a check.</summary>
/// <param name="Outcome">How the run ended.</param>
/// <param name="ReturnCode">The exit code when <see cref="CheckOutcome.Exited"/>, the signal's number when
/// <see cref="CheckOutcome.Signalled"/>, the errno when <see cref="CheckOutcome.NotStarted"/>.</param>
/// <param name="Output">First line of the plugin's text, UTF-8, without performance data.</param>
/// <param name="LongOutput">Further lines, joined by a newline.</param>
/// <param name="PerformanceData">What followed the <c>|</c> characters.</param>
/// <param name="StartedAt">Wall clock when the plugin was started.</param>
/// <param name="Duration">How long it ran.</param>
public readonly record struct CheckResult(
    CheckOutcome Outcome,
    int ReturnCode,
    ReadOnlyMemory<byte> Output,
    ReadOnlyMemory<byte> LongOutput,
    ReadOnlyMemory<byte> PerformanceData,
    DateTimeOffset StartedAt,
    TimeSpan Duration)
{
    /// <summary>Which run it was (the one it was given out with), so that a late result of an abandoned run is not taken for
    /// that of a newer one; <c>default</c> when the caller does not say.</summary>
    public RunId Run { get; init; }
}
