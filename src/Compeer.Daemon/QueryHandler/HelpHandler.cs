using System.Text;
using Compeer.Configuration.Text;

namespace Compeer.Daemon.QueryHandler;

/// <summary><c>help</c>: which handlers there are, and what each says of itself.</summary>
internal sealed class HelpHandler(Func<IReadOnlyCollection<IQueryHandler>> handlers) : IQueryHandler
{
    private const string Help =
        "  help <name>   show help for handler <name>\n"
        + "  help list     list the handlers\n";

    /// <inheritdoc/>
    public string Name => "help";

    /// <inheritdoc/>
    public string Description => "Tells which handlers there are";

    /// <inheritdoc/>
    public async Task<QueryAnswer> AnswerAsync(string query, Subscriber subscriber, CancellationToken stopping)
    {
        switch (query)
        {
            case "" or "help":
                return QueryAnswer.Said(Help);
            case "list":
                var list = new StringBuilder();
                foreach (var handler in handlers())
                {
                    list.Append($"{handler.Name,-10} {handler.Description}\n");
                }

                return QueryAnswer.Said(list.ToString());
            default:
                return handlers().FirstOrDefault(handler => handler.Name == query) is { } named
                    ? await named.AnswerAsync("help", subscriber, stopping).ConfigureAwait(false)
                    : QueryAnswer.Said($"No handler named '{ConfigurationText.Readable(query)}' is registered\n");
        }
    }
}
