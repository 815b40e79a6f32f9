using System.Collections.Immutable;

namespace Compeer.EndToEnd.Nagios.Scripts;

/// <summary>What both programs are given at once, what is waited for, and what is written in the script as their answer.</summary>
/// <param name="Written">The lines as they stand in the script.</param>
/// <param name="Commands">Lines for the pipe of external commands.</param>
/// <param name="Awaited">Texts that a line of each program must contain before the step is over.</param>
internal sealed record ScriptStep(
    ImmutableArray<string> Written, ImmutableArray<string> Commands, ImmutableArray<string> Awaited);
