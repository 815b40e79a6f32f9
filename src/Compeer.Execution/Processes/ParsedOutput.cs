namespace Compeer.Execution.Processes;

/// <summary>A plugin's output, taken apart by the plugin protocol. Bytes as the plugin wrote them, any encoding.</summary>
/// <param name="Output">The first line without performance data, without blanks around it.</param>
/// <param name="LongOutput">The further lines up to the next <c>|</c>, with their line ends, also the last.</param>
/// <param name="PerformanceData">What followed the <c>|</c> characters, on one line, without blanks around it.</param>
public readonly record struct ParsedOutput(
    ReadOnlyMemory<byte> Output,
    ReadOnlyMemory<byte> LongOutput,
    ReadOnlyMemory<byte> PerformanceData);
