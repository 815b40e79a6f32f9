using System.CommandLine;
using Compeer.Cli.Outcome;

namespace Compeer.Cli.Commands;

/// <summary><c>mon restart</c></summary>
internal sealed class RestartCommand : MonCommand
{
    private readonly Option<bool> _yes = new("--yes");

    /// <inheritdoc/>
    public override CommandHelp Help { get; } = new(null, "restart", "[--yes]", "Check the configuration, stop mond, start it again.")
    {
        Details = ["When the configuration has an error, it is printed and nothing is stopped."],
        Options = [("--yes", "take it up even when more than half of ten or more hosts are gone")],
        ExitCodes =
        [
            ("0", "mond runs with the configuration as it is now"),
            ("1", "the configuration has errors and nothing was stopped, or mond did not stop or start"),
            ("2", "the command line makes no sense"),
        ],
    };

    /// <inheritdoc/>
    public override void Define(Command syntax) => syntax.Options.Add(_yes);

    /// <inheritdoc/>
    public override async Task<int> RunAsync(
        ParseResult arguments, CommandContext context, CancellationToken cancellation)
    {
        if (!PollerFix.Do(context.Paths.FindMainConfiguration(), context))
        {
            return Fail(context, "merlin.conf has errors; nothing was stopped");
        }

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

        var started = await DaemonControl.StartAsync(context, Help.Path, cancellation).ConfigureAwait(false);
        return started == ExitCodes.Success && arguments.GetValue(_yes)
            ? Tell(
                context,
                await context.Client.ReloadAsync(isConfirmed: true, cancellation).ConfigureAwait(false),
                "configuration confirmed")
            : started;
    }
}
