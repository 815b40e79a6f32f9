using System.CommandLine;
using Compeer.Cli.Outcome;

namespace Compeer.Cli.Commands;

/// <summary><c>mon restart</c></summary>
internal sealed class RestartCommand : MonCommand
{
    /// <inheritdoc/>
    public override CommandHelp Help { get; } = new(null, "restart", "", "Check the configuration, stop mond, start it again.")
    {
        Details = ["When the configuration has an error, it is printed and nothing is stopped."],
        ExitCodes =
        [
            ("0", "mond runs with the configuration as it is now"),
            ("1", "the configuration has errors and nothing was stopped, or mond did not stop or start"),
            ("2", "the command line makes no sense"),
        ],
    };

    /// <inheritdoc/>
    public override async Task<int> RunAsync(
        ParseResult arguments, CommandContext context, CancellationToken cancellation)
    {
        if (!await DaemonControl.VerifyAsync(context, cancellation).ConfigureAwait(false))
        {
            return Fail(context, "the configuration has errors; nothing was stopped");
        }

        if (context.Process.Find().IsRunning)
        {
            var stopped = await DaemonControl.StopAsync(context, Help.Path, cancellation).ConfigureAwait(false);
            if (stopped != ExitCodes.Success)
            {
                return stopped;
            }
        }

        return await DaemonControl.StartAsync(context, Help.Path, cancellation).ConfigureAwait(false);
    }
}
