namespace Compeer.Execution.Processes;

/// <summary>A start under way.</summary>
/// <param name="Starter">The thread that is in it.</param>
/// <param name="Request">What is to run.</param>
/// <param name="StartedAt">Wall clock at the beginning.</param>
/// <param name="Started">Monotonic timestamp of the same moment.</param>
internal readonly record struct StartAttempt(Starter Starter, PluginRequest Request, DateTimeOffset StartedAt, long Started);
