using Compeer.Engine.Model;

namespace Compeer.Engine.Events;

/// <summary>An effect: look for a check that should have come back long ago. When nothing is known of it any more, that is said with
/// <see cref="MonitoringEngine.Lost"/>; while it runs or waits, nothing.</summary>
/// <param name="Id">The host or service.</param>
/// <param name="Run">The run.</param>
/// <param name="Age">How long ago it was given out.</param>
public readonly record struct DoubtfulCheck(CheckableId Id, RunId Run, TimeSpan Age);
