namespace Compeer.Engine.Snapshot;

/// <summary>Figures about the checks that this node ran.</summary>
/// <param name="Started">Checks started since the engine was made.</param>
/// <param name="Completed">Results taken since then.</param>
/// <param name="Ignored">Results ignored since then, by reason.</param>
/// <param name="LatencyAverage">How late checks started on average, over the last one to two minutes.</param>
/// <param name="LatencyMaximum">How late the latest of them started.</param>
/// <param name="ExecutionAverage">How long checks ran on average, over the same time.</param>
public readonly record struct CheckCounters(
    long Started,
    long Completed,
    IgnoredResults Ignored,
    TimeSpan LatencyAverage,
    TimeSpan LatencyMaximum,
    TimeSpan ExecutionAverage);
