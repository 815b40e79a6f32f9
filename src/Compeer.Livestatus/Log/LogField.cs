namespace Compeer.Livestatus.Log;

/// <summary>A part of a line.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="Length">How many bytes it has; 0 when the line has no such part.</param>
public readonly record struct LogField(ushort Start, ushort Length);
