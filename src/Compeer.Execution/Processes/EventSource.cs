namespace Compeer.Execution.Processes;

/// <summary>The kinds of descriptors that a runner thread watches.</summary>
internal enum EventSource
{
    WakeUp = 0,
    Process = 1,
    StandardOutput = 2,
    StandardError = 3,
}
