using System.Collections.Immutable;

namespace Compeer.Cli.Remote;

/// <summary>The arguments of ssh, see ssh(1) and ssh_config(5). Ours come before the user's own configuration.</summary>
internal static class SshCommandLine
{
    /// <summary>Seconds until a machine that does not answer is given up.</summary>
    public const int ConnectSeconds = 10;

    /// <summary>Seconds of silence after which a machine that had answered is asked whether it is still there.</summary>
    public const int AliveSeconds = 5;

    /// <summary>Unanswered questions after which it is given up.</summary>
    public const int AliveTries = 3;

    /// <summary>The arguments that run a command line on a machine.</summary>
    /// <param name="node">The machine.</param>
    /// <param name="command">The command line for the shell there.</param>
    /// <param name="log">Where ssh says what goes wrong with the connection, apart from what the command says; null for where the
    /// command says it, too.</param>
    /// <param name="mayAsk">Whether ssh may ask at the terminal, for a password or about a key that it does not know.</param>
    public static ImmutableArray<string> For(RemoteNode node, string command, string? log, bool mayAsk) =>
        ["-T", .. Options(node, log, mayAsk), "--", node.Address, command];

    /// <summary>The options alone, for a program that starts ssh itself.</summary>
    /// <inheritdoc cref="For" path="/param"/>
    public static ImmutableArray<string> Options(RemoteNode node, string? log, bool mayAsk)
    {
        var arguments = ImmutableArray.CreateBuilder<string>();
        if (log is not null)
        {
            arguments.AddRange("-E", log);
        }

        Option($"ConnectTimeout={ConnectSeconds}");
        Option($"ServerAliveInterval={AliveSeconds}");
        Option($"ServerAliveCountMax={AliveTries}");

        // A connection that outlives the command would keep its output open.
        Option("ControlMaster=no");
        if (!mayAsk)
        {
            Option("BatchMode=yes");
        }

        if (node.KeyFile is { } key)
        {
            Option("IdentitiesOnly=yes");
            arguments.AddRange("-i", key);
        }

        if (node.Port is { } port)
        {
            arguments.AddRange("-p", port);
        }

        if (node.User is { } user)
        {
            arguments.AddRange("-l", user);
        }

        return arguments.DrainToImmutable();

        void Option(string setting) => arguments.AddRange("-o", setting);
    }
}
