namespace Compeer.Engine.States;

/// <summary>A result as the state machine takes it.</summary>
/// <param name="State">What the plugin says, or what is assumed for it: 0 to 3.</param>
/// <param name="Output">First line of text.</param>
/// <param name="LongOutput">Further lines.</param>
/// <param name="PerformanceData">Performance data.</param>
/// <param name="Warning">What the log should say about it.</param>
/// <param name="ReturnCode">The code that the warning is about.</param>
internal readonly record struct CheckReading(
    byte State,
    ReadOnlyMemory<byte> Output,
    ReadOnlyMemory<byte> LongOutput,
    ReadOnlyMemory<byte> PerformanceData,
    ReadingWarning Warning,
    int ReturnCode);
