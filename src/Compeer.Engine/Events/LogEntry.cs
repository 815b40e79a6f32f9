namespace Compeer.Engine.Events;

/// <summary>An event: one line for the log (<c>naemon.log</c>).</summary>
/// <param name="At">The time to stand in front as <c>[epoch seconds]</c>.</param>
/// <param name="Text">What follows <c>"[epoch] "</c>: any bytes but control characters, without the end of the line.</param>
public readonly record struct LogEntry(DateTimeOffset At, ReadOnlyMemory<byte> Text);
