namespace Compeer.Daemon.QueryHandler;

/// <summary><c>nerd</c>, Naemon's event radio: a client subscribes to a channel and is sent a line for each result. Its connection must
/// stay open for that: <c>@nerd subscribe hostchecks</c>.</summary>
internal sealed class NerdHandler(ResultRadio radio) : IQueryHandler
{
    private const string Help =
        "Sends lines about results as they come.\n"
        + "  list                      list the channels\n"
        + "  subscribe <channel>       be sent what comes on a channel\n"
        + "  unsubscribe <channel>     no longer\n";

    /// <inheritdoc/>
    public string Name => "nerd";

    /// <inheritdoc/>
    public string Description => "Sends lines about results as they come";

    /// <inheritdoc/>
    public Task<QueryAnswer> AnswerAsync(string query, Subscriber subscriber, CancellationToken stopping) =>
        Task.FromResult(Answer(query, subscriber));

    private QueryAnswer Answer(string query, Subscriber subscriber)
    {
        switch (query)
        {
            case "" or "help":
                return QueryAnswer.Said(Help);
            case "list":
                return QueryAnswer.Said(string.Concat(
                    ResultRadio.Channels.Select(channel => $"{channel.Name,-15} {channel.Description}\n")));
        }

        // A format may follow behind a colon; Naemon takes it and makes nothing of it.
        var blank = query.IndexOf(' ', StringComparison.Ordinal);
        var verb = blank < 0 ? query : query[..blank];
        var name = blank < 0 ? "" : query[(blank + 1)..].Split(':')[0];
        if (verb is not ("subscribe" or "unsubscribe") || !ResultRadio.Channels.Any(channel => channel.Name == name))
        {
            return QueryAnswer.Coded(400);
        }

        radio.Set(subscriber, name, isWanted: verb == "subscribe");
        return default;
    }
}
