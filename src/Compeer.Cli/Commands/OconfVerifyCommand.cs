using System.CommandLine;
using Compeer.Cli.Outcome;

namespace Compeer.Cli.Commands;

/// <summary><c>mon oconf verify</c></summary>
internal sealed class OconfVerifyCommand : OconfCommand
{
    /// <inheritdoc/>
    public override CommandHelp Help { get; } = new(
        "oconf", "verify", "[file]", "Check a configuration and print every error and warning with file and line.")
    {
        Details =
        [
            "Nothing is started or changed; a running mond is not disturbed. merlin.conf with",
            "the keys it names, nsca.cfg and nrdp.cfg are checked, too, unless another file",
            "is given.",
        ],
        Options = [FileHelp],
        ExitCodes = [("0", "there is no error"), ("1", "there are errors"), ("2", "the command line makes no sense")],
    };

    /// <inheritdoc/>
    public override async Task<int> RunAsync(
        ParseResult arguments, CommandContext context, CancellationToken cancellation)
    {
        var exitCode = await context.Mond
            .RunAsync(["--verify", FileOf(arguments, context)], context.Out.WriteLine, context.Error.WriteLine, cancellation)
            .ConfigureAwait(false);
        return exitCode == 0 ? ExitCodes.Success : ExitCodes.Failure;
    }
}
