namespace Compeer.Engine.Snapshot;

/// <summary>Figures about the checks that this node ran.</summary>
/// <param name="Started">Checks started since the engine was made.</param>
/// <param name="Completed">Results taken since then.</param>
/// <param name="Ignored">Results ignored since then, by reason.</param>
/// <param name="InFlight">Checks given out to be run whose result has not come.</param>
/// <param name="LongestInFlight">For how long the one of them has been due that is due longest; zero when there is none.</param>
/// <param name="LatencyAverage">How late checks started on average, over the last one to two minutes.</param>
/// <param name="LatencyMaximum">How late the latest of them started.</param>
/// <param name="ExecutionAverage">How long checks ran on average, over the same time.</param>
public readonly record struct CheckCounters(
    long Started,
    long Completed,
    IgnoredResults Ignored,
    int InFlight,
    TimeSpan LongestInFlight,
    TimeSpan LatencyAverage,
    TimeSpan LatencyMaximum,
    TimeSpan ExecutionAverage)
{
    /// <summary>Results from outside that were taken since the engine was made.</summary>
    public long Passive { get; init; }
}
