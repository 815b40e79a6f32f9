using Compeer.Configuration.Nodes;

namespace Compeer.Cli.Remote;

/// <summary>A machine as ssh reaches it.</summary>
/// <param name="Name">What it is called here.</param>
/// <param name="Address">Host name or IP address.</param>
/// <param name="User">Whom to log in as (<c>ssh_user</c>); null for what ssh itself decides.</param>
/// <param name="KeyFile">The private key to log in with (<c>ssh_key</c>); null for those that ssh finds.</param>
/// <param name="Port">Port of its sshd (<c>ssh_port</c>); null for what ssh itself decides.</param>
internal sealed record RemoteNode(string Name, string Address, string? User, string? KeyFile, string? Port)
{
    /// <summary>A configured node; a key that its own object_config block lacks is looked for in that of the daemon block.</summary>
    public static RemoteNode Of(NodeDefinition node, MerlinConfiguration configuration)
    {
        (var own, var common) = (node.ObjectConfig, configuration.Daemon.ObjectConfig);
        return new RemoteNode(
            node.Name, node.Address, own?.SshUser ?? common?.SshUser, own?.SshKey ?? common?.SshKey, own?.SshPort ?? common?.SshPort);
    }

    /// <summary>A machine that is not configured, as a command line names it: <c>host</c> or <c>user@host</c>.</summary>
    public static RemoteNode Of(string destination)
    {
        var at = destination.LastIndexOf('@');
        var host = destination[(at + 1)..];
        return new RemoteNode(host, host, at > 0 ? destination[..at] : null, KeyFile: null, Port: null);
    }
}
