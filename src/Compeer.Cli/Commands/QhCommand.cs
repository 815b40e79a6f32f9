using System.CommandLine;
using System.Runtime.CompilerServices;
using System.Text;
using Compeer.Cli.Daemon;
using Compeer.Cli.Files;

namespace Compeer.Cli.Commands;

/// <summary>What both commands of the query handler have in common.</summary>
internal abstract class QhCommand : MonCommand
{
    private readonly Option<string> _socket = new("--socket");
    private readonly Argument<string[]> _words = new("query") { Arity = ArgumentArity.ZeroOrMore };

    /// <summary>The option for help.</summary>
    protected static (string Name, string Text) SocketHelp { get; } =
        ("--socket=PATH", "another socket than that of query_socket in the main configuration");

    /// <summary>The argument for help.</summary>
    protected static (string Name, string Text) QueryHelp { get; } =
        ("query", "a handler and what it is asked; \"#\" before it, or \"@\", may be left out");

    /// <summary>Exit codes for help.</summary>
    protected static (string Name, string Text)[] CodesHelp { get; } =
    [
        ("0", "answered"),
        ("1", "nobody answers, or the answer is an error, such as \"404: x: No such handler\""),
        ("2", "the command line makes no sense"),
    ];

    /// <inheritdoc/>
    public override bool AsksForHelp(IReadOnlyList<string> words, CommandContext context) =>
        // A handler is called help.
        words.Any(word => word is "--help" or "-h");

    /// <inheritdoc/>
    public override void Define(Command syntax)
    {
        syntax.Options.Add(_socket);
        syntax.Arguments.Add(_words);
    }

    /// <summary>The pieces of the answer; null when the command line makes no sense, which was said.</summary>
    protected IAsyncEnumerable<string>? Ask(ParseResult arguments, CommandContext context, CancellationToken cancellation)
    {
        var words = arguments.GetValue(_words) ?? [];
        var query = string.Join(' ', words);
        if (query.Length == 0)
        {
            FailUsage(context, "there is no query");
            return null;
        }

        // A connection that is closed after the answer ends it.
        var text = query[0] is '#' or '@' ? query : "#" + query;
        var path = arguments.GetValue(_socket) ?? PathSetting.In(context.Paths.FindMainConfiguration(), "query_socket")
            ?? context.Paths.QuerySocket;
        return ReadAsync(path, text, cancellation);
    }

    /// <summary>Whether a text is an error that the handler, or the daemon, answers.</summary>
    protected static bool IsError(string answer) =>
        answer.Length > 4 && answer[0] is '4' or '5' && char.IsAsciiDigit(answer[1]) && char.IsAsciiDigit(answer[2]) && answer[3] == ':';

    private static async IAsyncEnumerable<string> ReadAsync(
        string path,
        string query,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        var decoder = Encoding.UTF8.GetDecoder();
        var question = Encoding.UTF8.GetBytes(query + "\0");
        await foreach (var piece in LocalSocket.AskAsync(path, question, endsQuestion: false, cancellation).ConfigureAwait(false))
        {
            var characters = new char[decoder.GetCharCount(piece.Span, flush: false)];
            decoder.GetChars(piece.Span, characters, flush: false);

            // Zero bytes end answers, or parts of them, and are nothing that a terminal shows.
            yield return new string(characters).Replace("\0", "", StringComparison.Ordinal);
        }
    }
}
