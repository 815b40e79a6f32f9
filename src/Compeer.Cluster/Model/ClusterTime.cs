namespace Compeer.Cluster.Model;

/// <summary>The time on an input: both clocks, read once by the shell.</summary>
/// <param name="Monotonic">A clock that only goes forward. Pulses, timeouts and the doubt about oneself use it.</param>
/// <param name="Wall">The wall clock; only the hybrid logical clock and what people read use it.</param>
public readonly record struct ClusterTime(TimeSpan Monotonic, DateTimeOffset Wall);
