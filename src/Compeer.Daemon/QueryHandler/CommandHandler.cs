using Compeer.Configuration.Text;

namespace Compeer.Daemon.QueryHandler;

/// <summary><c>command</c>: takes external commands and says whether they are carried out.</summary>
/// <param name="give">Gives a command, <c>[time] NAME;arguments</c>, to the loop; gives why it is not carried out, or null.</param>
internal sealed class CommandHandler(Func<ReadOnlyMemory<byte>, CancellationToken, Task<string?>> give) : IQueryHandler
{
    private const string Help =
        "Takes external commands.\n"
        + "  run <command>     carry out a command: [time] NAME;argument;argument\n"
        + "  runkv <command>   the same as keys and values; mond takes \"run\" only\n";

    /// <inheritdoc/>
    public string Name => "command";

    /// <inheritdoc/>
    public string Description => "Takes external commands";

    /// <inheritdoc/>
    public async Task<QueryAnswer> AnswerAsync(string query, Subscriber subscriber, CancellationToken stopping)
    {
        if (query.Length == 0 || query == "help")
        {
            return QueryAnswer.Said(Help);
        }

        var words = query.Split(' ', 2);
        switch (words.Length < 2 ? "" : words[0])
        {
            case "run":
                var failure = await give(ConfigurationText.Encode(words[1]), stopping).ConfigureAwait(false);
                return failure is null ? QueryAnswer.Coded(200) : QueryAnswer.Said($"400: {ConfigurationText.Readable(failure)}\n");
            case "runkv":
                return QueryAnswer.Said("400: runkv is not known here; give the command with \"run\": [time] NAME;argument\n");
            default:
                return QueryAnswer.Coded(404);
        }
    }
}
