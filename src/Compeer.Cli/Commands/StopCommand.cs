using System.CommandLine;

namespace Compeer.Cli.Commands;

/// <summary><c>mon stop</c></summary>
internal sealed class StopCommand : MonCommand
{
    /// <inheritdoc/>
    public override CommandHelp Help { get; } = new(null, "stop", "", "Stop mond and wait until it has gone.")
    {
        Details =
        [
            "mond hands its checks over to its peers first. It is given 60 seconds. When",
            "mond does not run, that is said and all is well.",
        ],
        ExitCodes = [("0", "mond does not run"), ("1", "mond could not be stopped"), ("2", "the command line makes no sense")],
    };

    /// <inheritdoc/>
    public override Task<int> RunAsync(ParseResult arguments, CommandContext context, CancellationToken cancellation) =>
        DaemonControl.StopAsync(context, Help.Path, cancellation);
}
