using System.CommandLine;
using System.Globalization;
using Compeer.Cli.Outcome;

namespace Compeer.Cli.Commands;

/// <summary><c>mon oconf changed</c></summary>
internal sealed class OconfChangedCommand : OconfCommand
{
    /// <inheritdoc/>
    public override CommandHelp Help { get; } = new(
        "oconf", "changed", "[file]", "Print when the newest object configuration file was changed, in seconds since 1970.")
    {
        Options = [FileHelp],
        Examples = ["date -d \"@$(mon oconf changed)\""],
    };

    /// <inheritdoc/>
    public override async Task<int> RunAsync(
        ParseResult arguments, CommandContext context, CancellationToken cancellation)
    {
        if (await ListFilesAsync(arguments, context, cancellation).ConfigureAwait(false) is not { } files)
        {
            return ExitCodes.Failure;
        }

        long newest = 0;
        foreach (var file in files)
        {
            var info = new FileInfo(file);
            if (!info.Exists)
            {
                return Fail(context, $"no such file: {file}");
            }

            newest = Math.Max(newest, new DateTimeOffset(info.LastWriteTimeUtc).ToUnixTimeSeconds());
        }

        context.Out.WriteLine(newest.ToString(CultureInfo.InvariantCulture));
        return ExitCodes.Success;
    }
}
