using System.Collections.Immutable;

namespace Compeer.Configuration.Objects.Definitions;

/// <summary>A command with the arguments that follow it after <c>!</c>, as in <c>check_ping!100,20%!500,60%</c>.</summary>
/// <param name="Command">The command.</param>
/// <param name="Arguments">The values of <c>$ARG1$</c> and following, at most 32, their own macros not yet replaced.</param>
public sealed record CommandCall(CommandDefinition Command, ImmutableArray<string> Arguments);
