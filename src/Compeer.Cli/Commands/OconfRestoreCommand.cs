using System.CommandLine;

namespace Compeer.Cli.Commands;

/// <summary><c>mon oconf restore</c></summary>
internal sealed class OconfRestoreCommand : MonCommand
{
    private readonly Argument<string> _version = new("version");

    /// <inheritdoc/>
    public override CommandHelp Help { get; } = new(
        "oconf", "restore", "VERSION", "Bring back a configuration that is kept, here and at all peers.")
    {
        Details =
        [
            "Its files take the place of those that are there, which are kept, and it is",
            "taken up without a gap in checking, as a change made here.",
        ],
        Options = [("VERSION", "its number, or at least four digits of its hash: see 'mon oconf versions'")],
        Examples = ["mon oconf restore 12"],
    };

    /// <inheritdoc/>
    public override void Define(Command syntax) => syntax.Arguments.Add(_version);

    /// <inheritdoc/>
    public override async Task<int> RunAsync(
        ParseResult arguments, CommandContext context, CancellationToken cancellation)
    {
        var version = arguments.GetValue(_version)!;
        return Tell(
            context,
            await context.Client.RestoreAsync(version, cancellation).ConfigureAwait(false),
            $"configuration {version} is in force again");
    }
}
