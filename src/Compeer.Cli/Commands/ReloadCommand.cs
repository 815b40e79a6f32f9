using System.CommandLine;

namespace Compeer.Cli.Commands;

/// <summary><c>mon reload</c></summary>
internal sealed class ReloadCommand : MonCommand
{
    private readonly Option<bool> _yes = new("--yes");

    /// <inheritdoc/>
    public override CommandHelp Help { get; } = new(
        null, "reload", "[--yes]", "Let the running mond take up the configuration as it is now, without a gap.")
    {
        Details =
        [
            "Main configuration, resource files, object files and merlin.conf are read again.",
            "Hosts and services that stay keep their states and their schedule, and checks",
            "that run go on. When there is an error, it is printed and mond goes on with the",
            "configuration it had. What is taken up here goes to all peers by itself.",
        ],
        Options = [("--yes", "take it up even when more than half of ten or more hosts are gone")],
        ExitCodes =
        [
            ("0", "mond works by the configuration as it is now"),
            ("1", "the configuration has errors and mond keeps the one it had, or mond does not run"),
            ("2", "the command line makes no sense"),
        ],
    };

    /// <inheritdoc/>
    public override void Define(Command syntax) => syntax.Options.Add(_yes);

    /// <inheritdoc/>
    public override async Task<int> RunAsync(
        ParseResult arguments, CommandContext context, CancellationToken cancellation)
    {
        var answer = await context.Client.ReloadAsync(arguments.GetValue(_yes), cancellation).ConfigureAwait(false);
        return Tell(context, answer, "configuration reloaded");
    }
}
