using System.CommandLine;
using Compeer.Cli.Outcome;

namespace Compeer.Cli.Commands;

/// <summary><c>mon id generate</c></summary>
internal sealed class IdGenerateCommand : MonCommand
{
    /// <inheritdoc/>
    public override CommandHelp Help { get; } = new(
        "id", "generate", "", "Print a new random UUID, for ipc_uuid and uuid in merlin.conf.");

    /// <inheritdoc/>
    public override Task<int> RunAsync(ParseResult arguments, CommandContext context, CancellationToken cancellation)
    {
        context.Out.WriteLine(Guid.NewGuid().ToString("D"));
        return Task.FromResult(ExitCodes.Success);
    }
}
