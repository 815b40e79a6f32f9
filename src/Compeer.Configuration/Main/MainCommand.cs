using Compeer.Configuration.Diagnostics;

namespace Compeer.Configuration.Main;

/// <summary>A command that the main configuration names, as in <c>ocsp_command=submit!all</c>.</summary>
/// <param name="Variable">The variable.</param>
/// <param name="Call">Its value: the name of the command, and its arguments, each behind an exclamation mark.</param>
/// <param name="IsRequired">Whether Naemon refuses a configuration without this command; else there is only none.</param>
/// <param name="Position">Where it is named.</param>
public sealed record MainCommand(string Variable, string Call, bool IsRequired, SourcePosition Position);
