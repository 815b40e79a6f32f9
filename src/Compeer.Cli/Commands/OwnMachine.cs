using Compeer.Cli.Output;

namespace Compeer.Cli.Commands;

/// <summary>What a command finds around it on its machine.</summary>
/// <param name="Streams">Input and outputs as bytes.</param>
/// <param name="HostName">What the machine calls itself.</param>
/// <param name="HasTerminal">Whether somebody sits at a terminal, whom ssh can ask for a password.</param>
/// <param name="Ssh">The program ssh.</param>
internal sealed record OwnMachine(StandardStreams Streams, string HostName, bool HasTerminal, string Ssh)
{
    /// <summary>Whether this is what the machine calls itself, with or without its domain.</summary>
    public bool IsCalled(string name) =>
        string.Equals(name, HostName, StringComparison.OrdinalIgnoreCase)
        || string.Equals(name, HostName.Split('.')[0], StringComparison.OrdinalIgnoreCase);
}
