using System.CommandLine;
using Compeer.Cli.Keys;
using Compeer.Cli.Outcome;

namespace Compeer.Cli.Commands;

/// <summary><c>mon slim-poller exchange</c></summary>
internal sealed class SlimPollerExchangeCommand : MonCommand
{
    /// <inheritdoc/>
    public override CommandHelp Help { get; } = new(
        "slim-poller", "exchange", "", "Plumbing of \"mon slim-poller\": the other end of the connection.")
    {
        Details =
        [
            "What the other commands run at a master over ssh. It takes what a poller says of",
            "itself and answers with what was done, and with the nodes that it has to know.",
        ],
    };

    /// <inheritdoc/>
    public override async Task<int> RunAsync(ParseResult arguments, CommandContext context, CancellationToken cancellation)
    {
        using var input = new StreamReader(context.Machine.Streams.Input);
        if (await KeyLine.ReadAsync(input, cancellation).ConfigureAwait(false) is not { } asked
            || PollerRegistration.FromLines(asked) is not { } poller)
        {
            return Fail(context, "standard input does not say what to do; this is for \"mon slim-poller\" to use");
        }

        var answer = await new PollerRegistrar(context).DoAsync(poller, cancellation).ConfigureAwait(false);
        await KeyLine.WriteAsync(context.Out, answer, cancellation).ConfigureAwait(false);
        return ExitCodes.Success;
    }
}
