using Compeer.Engine.Model;

namespace Compeer.Engine.Scheduling;

/// <summary>A check in flight.</summary>
/// <param name="Run">The run.</param>
/// <param name="IsHost">Whether a host is checked.</param>
/// <param name="Due">When it should have started.</param>
/// <param name="Started">When it was given out to be started.</param>
internal readonly record struct RunningCheck(RunId Run, bool IsHost, TimeSpan Due, TimeSpan Started)
{
    /// <summary>Whether it is made because the last result is stale: what comes meanwhile takes precedence.</summary>
    public bool IsForFreshness { get; init; }

    /// <summary>The turn that it is made for: the next ones are counted from there, also when it is made up for later.</summary>
    public required TimeSpan Turn { get; init; }

    /// <summary>When the object is due by what another node found while this was in flight: its result makes it due no earlier.</summary>
    public TimeSpan NotBefore { get; init; }
}
