using System.CommandLine;
using Compeer.Cli.Daemon;
using Compeer.Cli.Outcome;
using Compeer.Cli.Output;

namespace Compeer.Cli.Commands;

/// <summary><c>mon oconf diff</c></summary>
internal sealed class OconfDiffCommand : MonCommand
{
    private readonly Argument<string> _from = new("version");
    private readonly Argument<string?> _to = new("other") { Arity = ArgumentArity.ZeroOrOne };

    /// <inheritdoc/>
    public override CommandHelp Help { get; } = new(
        "oconf", "diff", "VERSION [VERSION]", "Show what is different between two configurations that are kept.")
    {
        Details =
        [
            "File by file, as 'diff -u' writes it: from the first to the second; with one",
            "version from that to the one in force, or, while mond does not run, to the files",
            "as they stand.",
        ],
        Options = [("VERSION", "its number, or at least four digits of its hash: see 'mon oconf versions'")],
        Examples = ["mon oconf diff 11 12", "mon oconf diff 11"],
    };

    /// <inheritdoc/>
    public override void Define(Command syntax)
    {
        syntax.Arguments.Add(_from);
        syntax.Arguments.Add(_to);
    }

    /// <inheritdoc/>
    public override async Task<int> RunAsync(
        ParseResult arguments, CommandContext context, CancellationToken cancellation)
    {
        var difference = await new KeptConfigurations(context.Client, context.Mond)
            .CompareAsync(arguments.GetValue(_from)!, arguments.GetValue(_to), cancellation).ConfigureAwait(false);
        foreach (var file in difference.Files)
        {
            foreach (var line in TextDifference.Unified(file.Name, file.From, file.To))
            {
                context.Out.WriteLine(line);
            }
        }

        return ExitCodes.Success;
    }
}
