namespace Compeer.Cli.Files;

/// <summary>Whose a file is.</summary>
/// <param name="User">User id.</param>
/// <param name="Group">Group id.</param>
internal sealed record PosixOwner(uint User, uint Group);
