using System.Text;
using Compeer.Configuration.Text;

namespace Compeer.Daemon.QueryHandler;

/// <summary><c>merlin</c>: what plugins and scripts ask Merlin's module. Verbs and forms of lines are Merlin's.</summary>
/// <param name="view">Gives the cluster at the present moment.</param>
internal sealed class MerlinHandler(Func<CancellationToken, Task<ClusterMoment>> view) : IQueryHandler
{
    private const string Help =
        "What this node knows of all nodes.\n"
        + "nodeinfo      Variables of all nodes, a line each, this node first\n"
        + "cbstats       Names of all nodes; there are no callbacks here that could be counted\n"
        + "notify-stats  Not counted here\n"
        + "expired       Checks whose results should have been there\n"
        + "runcmd        Run a check on another node; refused, see \"mon node ctrl\"\n"
        + "remote-fetch  Tell a node to fetch its configuration; refused, see \"mon oconf remote-fetch\"\n";

    /// <inheritdoc/>
    public string Name => "merlin";

    /// <inheritdoc/>
    public string Description => "Tells what this node knows of all nodes";

    /// <inheritdoc/>
    public async Task<QueryAnswer> AnswerAsync(string query, Subscriber subscriber, CancellationToken stopping)
    {
        var blank = query.IndexOf(' ', StringComparison.Ordinal);
        switch (blank < 0 ? query : query[..blank])
        {
            case "" or "help":
                return QueryAnswer.Said(Help);
            case "nodeinfo":
                return QueryAnswer.Lines(NodeInfoLines.Of(await view(stopping).ConfigureAwait(false)));
            case "cbstats":
                var moment = await view(stopping).ConfigureAwait(false);
                return QueryAnswer.Lines(string.Concat(moment.Status.Nodes.Select(node => $"name={node.Name};type={node.Type};\n")));
            case "expired":
                return QueryAnswer.Lines(Expired(await view(stopping).ConfigureAwait(false)));
            case "notify-stats":
                return QueryAnswer.Said(
                    "501: notifications are not counted by who was to send them: one node decides and sends; the log has each\n");
            case "runcmd":
                return QueryAnswer.Said(
                    "outstd=runcmd is refused: commands of other nodes are run over ssh, with mon node ctrl NAME -- COMMAND\n");
            case "remote-fetch":
                return QueryAnswer.Said(
                    "remote-fetch is refused: peers take up a changed configuration by themselves; for other nodes there is "
                    + "mon oconf remote-fetch NAME\n");
            default:
                return QueryAnswer.Coded(400);
        }
    }

    private static string Expired(ClusterMoment moment)
    {
        var lines = new StringBuilder();
        foreach (var check in moment.Expired)
        {
            var service = check.Service is { } description ? $"service_description={ConfigurationText.Readable(description)};" : "";
            lines.Append($"host_name={check.Host};{service}added={check.Due.ToUnixTimeSeconds()};responsible={check.Owner}\n");
        }

        return lines.ToString();
    }
}
