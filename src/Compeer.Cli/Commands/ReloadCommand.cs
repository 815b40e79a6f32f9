using System.CommandLine;
using Compeer.Cli.Outcome;

namespace Compeer.Cli.Commands;

/// <summary><c>mon reload</c></summary>
internal sealed class ReloadCommand : MonCommand
{
    /// <inheritdoc/>
    public override CommandHelp Help { get; } = new(
        null, "reload", "", "Let the running mond take up the configuration as it is now, without a gap.")
    {
        Details =
        [
            "Main configuration, resource files, object files and merlin.conf are read again.",
            "Hosts and services that stay keep their states and their schedule, and checks",
            "that run go on. When there is an error, it is printed and mond goes on with the",
            "configuration it had. This node only: every peer takes it up by itself.",
        ],
        ExitCodes =
        [
            ("0", "mond works by the configuration as it is now"),
            ("1", "the configuration has errors and mond keeps the one it had, or mond does not run"),
            ("2", "the command line makes no sense"),
        ],
    };

    /// <inheritdoc/>
    public override async Task<int> RunAsync(
        ParseResult arguments, CommandContext context, CancellationToken cancellation)
    {
        var answer = await context.Client.ReloadAsync(cancellation).ConfigureAwait(false);
        if (!answer.TryGet(out var reload, out var error))
        {
            return Fail(context, error.Message);
        }

        foreach (var diagnostic in reload.Diagnostics)
        {
            context.Error.WriteLine(diagnostic);
        }

        if (!reload.Applied)
        {
            return Fail(context, reload.Summary);
        }

        context.Out.WriteLine($"configuration reloaded: {reload.Summary}");
        return reload.NodesApplied
            ? ExitCodes.Success
            : Fail(context, "merlin.conf has errors; mond keeps the nodes it had");
    }
}
