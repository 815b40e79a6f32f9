namespace Compeer.Cli.Files;

/// <summary>A user of the machine.</summary>
/// <param name="Name">Login name; empty when the machine knows none.</param>
/// <param name="Id">User id.</param>
/// <param name="Group">Its own group.</param>
/// <param name="Home">Home folder.</param>
internal sealed record PosixUser(string Name, uint Id, uint Group, string Home);
