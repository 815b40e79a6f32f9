namespace Compeer.Engine.Events;

/// <summary>An effect: a file of external commands, one a line, to be read and given to this node (<c>PROCESS_FILE</c>).</summary>
/// <param name="Path">Where it is.</param>
/// <param name="IsRemoved">Whether it is removed afterwards.</param>
public readonly record struct CommandFile(string Path, bool IsRemoved);
