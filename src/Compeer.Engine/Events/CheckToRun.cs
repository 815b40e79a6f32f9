using Compeer.Engine.Model;

namespace Compeer.Engine.Events;

/// <summary>An effect: run this check now and hand its result to <see cref="MonitoringEngine.Complete"/>.</summary>
/// <param name="Id">The host or service.</param>
/// <param name="CommandLine">The command line with all macros replaced: bytes without a NUL, at most
/// <see cref="EngineLimits.CommandLine"/> of them.</param>
/// <param name="Timeout">How long it may run; more than zero.</param>
/// <param name="Run">This run; put it into
/// <see cref="CheckResult.Run"/>.</param>
public readonly record struct CheckToRun(CheckableId Id, ReadOnlyMemory<byte> CommandLine, TimeSpan Timeout, RunId Run)
{
    /// <summary>Variables for its environment, <c>NAME=value</c>, each ended by a NUL; mostly none.</summary>
    public ReadOnlyMemory<byte> Environment { get; init; }
}
