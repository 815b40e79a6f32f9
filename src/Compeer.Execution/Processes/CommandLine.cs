namespace Compeer.Execution.Processes;

/// <summary>A command line taken apart.</summary>
/// <param name="ShellReason">Why it needs a shell, or <see cref="ShellReason.None"/>; the rest is empty if it does.</param>
/// <param name="Assignments">Variables set for this command alone, <c>NAME=value</c>, in order.</param>
/// <param name="Arguments">The words, the first of which names the program; empty for a blank command line.</param>
public sealed record CommandLine(
    ShellReason ShellReason,
    IReadOnlyList<ReadOnlyMemory<byte>> Assignments,
    IReadOnlyList<ReadOnlyMemory<byte>> Arguments);
