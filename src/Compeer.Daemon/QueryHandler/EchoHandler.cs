using Compeer.Configuration.Text;

namespace Compeer.Daemon.QueryHandler;

/// <summary><c>echo</c>: sends back what it is sent, to try the connection.</summary>
internal sealed class EchoHandler : IQueryHandler
{
    /// <inheritdoc/>
    public string Name => "echo";

    /// <inheritdoc/>
    public string Description => "Sends back what it is sent";

    /// <inheritdoc/>
    public Task<QueryAnswer> AnswerAsync(string query, Subscriber subscriber, CancellationToken stopping) => Task.FromResult(
        query == "help"
            ? QueryAnswer.Said("Sends back what it is sent, to try the connection.")
            : new QueryAnswer(0, ConfigurationText.Encode(query), EndsWithNul: false));
}
