using Compeer.Engine.Model;

namespace Compeer.Engine.Snapshot;

/// <summary>How many results were ignored, by reason.</summary>
/// <param name="NotRunning">See <see cref="CompletionStatus.NotRunning"/>.</param>
/// <param name="Superseded">See <see cref="CompletionStatus.Superseded"/>.</param>
/// <param name="Removed">See <see cref="CompletionStatus.Removed"/>.</param>
public readonly record struct IgnoredResults(long NotRunning, long Superseded, long Removed)
{
    /// <summary>See <see cref="CompletionStatus.Overtaken"/>.</summary>
    public long Overtaken { get; init; }

    /// <summary>All of them.</summary>
    public long Total => NotRunning + Superseded + Removed + Overtaken;
}
