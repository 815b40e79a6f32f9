using System.CommandLine;
using System.Text;
using Compeer.Cli.Outcome;

namespace Compeer.Cli.Commands;

/// <summary><c>mon qh get</c></summary>
internal sealed class QhGetCommand : QhCommand
{
    private const int NameWidth = 25;

    /// <inheritdoc/>
    public override CommandHelp Help { get; } = new(
        "qh", "get", "[--socket=PATH] <query> …", "Ask the query handler and print names and values, one pair a line.")
    {
        Details = ["An answer that is not made of name=value pairs is printed as it is."],
        Options = [SocketHelp, QueryHelp],
        Examples = ["mon qh get merlin nodeinfo", "mon qh get core loadctl"],
        ExitCodes = [.. CodesHelp],
    };

    /// <inheritdoc/>
    public override async Task<int> RunAsync(ParseResult arguments, CommandContext context, CancellationToken cancellation)
    {
        if (Ask(arguments, context, cancellation) is not { } pieces)
        {
            return ExitCodes.Usage;
        }

        var text = new StringBuilder();
        await foreach (var piece in pieces.ConfigureAwait(false))
        {
            text.Append(piece);
        }

        var answer = text.ToString();
        var rows = answer.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(row => row.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)).ToList())
            .ToList();
        if (IsError(answer) || rows.Exists(row => row.Exists(pair => pair.Length < 2)))
        {
            context.Out.WriteLine(answer.TrimEnd('\n'));
            return IsError(answer) ? ExitCodes.Failure : ExitCodes.Success;
        }

        foreach (var row in rows)
        {
            row.ForEach(pair => context.Out.WriteLine($"{pair[0].PadRight(NameWidth)} {pair[1]}"));
            context.Out.WriteLine();
        }

        return ExitCodes.Success;
    }
}
