using System.CommandLine;
using System.Text;
using Compeer.Cli.Daemon;
using Compeer.Cli.Outcome;

namespace Compeer.Cli.Commands;

/// <summary><c>mon query lsq</c></summary>
internal sealed class QueryLsqCommand : MonCommand
{
    private readonly Option<string> _socket = new("--socket");
    private readonly Argument<string[]> _query = new("query") { Arity = ArgumentArity.ZeroOrMore };

    /// <inheritdoc/>
    public override CommandHelp Help { get; } = new(
        "query", "lsq", "[--socket=PATH] [query]", "Send a livestatus query as it stands, and print the answer.")
    {
        Details = ["Without a query it is read from standard input."],
        Options =
        [
            ("--socket=PATH", "another socket; the environment variable LS_SOCK may name it too"),
            ("query", "the query, its lines in one word"),
        ],
        Examples = ["mon query lsq 'GET status'", "printf 'GET hosts\\nColumns: name state\\n' | mon query lsq"],
    };

    /// <inheritdoc/>
    public override void Define(Command syntax)
    {
        syntax.Options.Add(_socket);
        syntax.Arguments.Add(_query);
    }

    /// <inheritdoc/>
    public override async Task<int> RunAsync(ParseResult arguments, CommandContext context, CancellationToken cancellation)
    {
        var words = arguments.GetValue(_query) ?? [];
        var query = words.Length > 0
            ? string.Join(' ', words)
            : await new StreamReader(context.Machine.Streams.Input).ReadToEndAsync(cancellation).ConfigureAwait(false);
        if (string.IsNullOrWhiteSpace(query))
        {
            return FailUsage(context, "there is no query");
        }

        await SendAsync(context, LivestatusPath(context, arguments.GetValue(_socket)), query, cancellation).ConfigureAwait(false);
        return ExitCodes.Success;
    }

    /// <summary>The socket of livestatus: what was named, what the environment says, or the daemon's own.</summary>
    public static string LivestatusPath(CommandContext context, string? named)
    {
        var variable = Environment.GetEnvironmentVariable("LS_SOCK");
        return named ?? (string.IsNullOrEmpty(variable) ? context.Paths.LivestatusSocket : variable);
    }

    /// <summary>Sends a query and prints the answer as it comes.</summary>
    public static async Task SendAsync(CommandContext context, string path, string query, CancellationToken cancellation)
    {
        var decoder = Encoding.UTF8.GetDecoder();
        await foreach (var piece in LocalSocket.AskAsync(
            path, Encoding.UTF8.GetBytes(query.TrimEnd('\n') + "\n"), endsQuestion: true, cancellation).ConfigureAwait(false))
        {
            var characters = new char[decoder.GetCharCount(piece.Span, flush: false)];
            decoder.GetChars(piece.Span, characters, flush: false);
            await context.Out.WriteAsync(characters, cancellation).ConfigureAwait(false);
        }
    }
}
