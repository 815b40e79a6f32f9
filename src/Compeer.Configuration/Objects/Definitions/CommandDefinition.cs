using Compeer.Configuration.Diagnostics;

namespace Compeer.Configuration.Objects.Definitions;

/// <summary>A <c>define command</c>.</summary>
/// <param name="Name">The <c>command_name</c>.</param>
/// <param name="CommandLine">The <c>command_line</c> with its macros.</param>
/// <param name="Position">Where it is defined.</param>
public sealed record CommandDefinition(string Name, string CommandLine, SourcePosition Position);
