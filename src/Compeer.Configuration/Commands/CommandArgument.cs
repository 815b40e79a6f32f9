namespace Compeer.Configuration.Commands;

/// <summary>An argument of an external command.</summary>
/// <param name="Type">What it is.</param>
/// <param name="TypeName">Naemon's word for that.</param>
/// <param name="Name">Its name.</param>
/// <param name="IsOptional">Whether it may be left out.</param>
public readonly record struct CommandArgument(ArgumentType Type, string TypeName, string Name, bool IsOptional);
