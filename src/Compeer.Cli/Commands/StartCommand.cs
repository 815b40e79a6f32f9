using System.CommandLine;
using Compeer.Cli.Outcome;

namespace Compeer.Cli.Commands;

/// <summary><c>mon start</c></summary>
internal sealed class StartCommand : MonCommand
{
    /// <inheritdoc/>
    public override CommandHelp Help { get; } = new(null, "start", "", "Start mond and wait until it is ready.")
    {
        Details =
        [
            "Errors of the configuration are printed and nothing is started. Started by",
            "root, mond runs as the owner of the var folder, or as the user monitor when",
            "that is root's: what that user needs (var, the node's key, a readable",
            "configuration) is prepared, and what was changed is said. When mond runs",
            "already, that is said and all is well.",
        ],
        ExitCodes = [("0", "mond runs"), ("1", "mond did not start"), ("2", "the command line makes no sense")],
    };

    /// <inheritdoc/>
    public override async Task<int> RunAsync(
        ParseResult arguments, CommandContext context, CancellationToken cancellation)
    {
        var presence = context.Process.Find();
        if (presence.IsRunning)
        {
            context.Out.WriteLine(
                presence.Pid is { } pid ? $"mond is already running (pid {pid})" : "mond is already starting");
            return ExitCodes.Success;
        }

        return await DaemonControl.StartAsync(context, Help.Path, cancellation).ConfigureAwait(false);
    }
}
