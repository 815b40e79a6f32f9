using System.CommandLine;
using Compeer.Cli.Outcome;

namespace Compeer.Cli.Commands;

/// <summary><c>mon oconf files</c></summary>
internal sealed class OconfFilesCommand : OconfCommand
{
    /// <inheritdoc/>
    public override CommandHelp Help { get; } = new(
        "oconf", "files", "[file]", "Print the object configuration files in alphabetical order.")
    {
        Options = [FileHelp],
    };

    /// <inheritdoc/>
    public override async Task<int> RunAsync(
        ParseResult arguments, CommandContext context, CancellationToken cancellation)
    {
        if (await ListFilesAsync(arguments, context, cancellation).ConfigureAwait(false) is not { } files)
        {
            return ExitCodes.Failure;
        }

        foreach (var file in files)
        {
            context.Out.WriteLine(file);
        }

        return ExitCodes.Success;
    }
}
