using System.CommandLine;
using Compeer.Cli.Outcome;

namespace Compeer.Cli.Commands;

/// <summary><c>mon qh query</c></summary>
internal sealed class QhQueryCommand : QhCommand
{
    private readonly Option<bool> _single = new("--single");

    /// <inheritdoc/>
    public override CommandHelp Help { get; } = new(
        "qh", "query", "[--socket=PATH] [--single] <query> …", "Ask the query handler and print the answer as it comes.")
    {
        Details = ["\"@\" before the query keeps the connection open: a handler may go on to send."],
        Options = [SocketHelp, ("--single", "end after the first piece of the answer"), QueryHelp],
        Examples = ["mon qh query help list", "mon qh query '@nerd subscribe servicechecks'"],
        ExitCodes = [.. CodesHelp],
    };

    /// <inheritdoc/>
    public override void Define(Command syntax)
    {
        base.Define(syntax);
        syntax.Options.Add(_single);
    }

    /// <inheritdoc/>
    public override async Task<int> RunAsync(ParseResult arguments, CommandContext context, CancellationToken cancellation)
    {
        if (Ask(arguments, context, cancellation) is not { } pieces)
        {
            return ExitCodes.Usage;
        }

        var first = "";
        var last = '\n';
        await foreach (var piece in pieces.ConfigureAwait(false))
        {
            await context.Out.WriteAsync(piece.AsMemory(), cancellation).ConfigureAwait(false);
            await context.Out.FlushAsync(cancellation).ConfigureAwait(false);
            first = first.Length == 0 ? piece : first;
            last = piece.Length == 0 ? last : piece[^1];
            if (arguments.GetValue(_single))
            {
                break;
            }
        }

        if (last != '\n')
        {
            context.Out.WriteLine();
        }

        return IsError(first) ? ExitCodes.Failure : ExitCodes.Success;
    }
}
