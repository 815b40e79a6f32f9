namespace Compeer.Engine.Events;

/// <summary>An effect: the performance data of a result, for the file of hosts or of services.</summary>
/// <param name="IsHost">Which file.</param>
/// <param name="Text">One line by the file's template, with its end.</param>
public readonly record struct PerformanceLine(bool IsHost, ReadOnlyMemory<byte> Text);
