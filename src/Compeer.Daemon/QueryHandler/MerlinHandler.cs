using System.Globalization;
using System.Text;
using Compeer.Cluster.Model;
using Compeer.Configuration.Text;
using Compeer.Platform.Errors;

namespace Compeer.Daemon.QueryHandler;

/// <summary><c>merlin</c>: what plugins and scripts ask Merlin's module. Verbs and forms of lines are Merlin's.</summary>
/// <param name="view">Gives the cluster at the present moment.</param>
/// <param name="test">Runs the check of a host, or of one of its services, once, where it is run or at the node that is named.</param>
internal sealed class MerlinHandler(
    Func<CancellationToken, Task<ClusterMoment>> view,
    Func<string, string?, string?, CancellationToken, Task<(string Node, CheckTestAnswer Answer)>> test) : IQueryHandler
{
    /// <summary>The exit code of plugins that do not know.</summary>
    private const int Unknown = 3;

    private const string Help =
        "What this node knows of all nodes.\n"
        + "nodeinfo      Variables of all nodes, a line each, this node first\n"
        + "cbstats       Names of all nodes; there are no callbacks here that could be counted\n"
        + "notify-stats  Not counted here\n"
        + "expired       Checks whose results should have been there\n"
        + "runcmd        Run a check once, for its output, on another node:\n"
        + "              node=NODE;host_name=HOST[;service_description=SERVICE]\n"
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
                return QueryAnswer.Said(await RunAsync(blank < 0 ? "" : query[(blank + 1)..], stopping).ConfigureAwait(false));
            case "remote-fetch":
                return QueryAnswer.Said(
                    "remote-fetch is refused: peers take up a changed configuration by themselves; for other nodes there is "
                    + "mon oconf remote-fetch NAME\n");
            default:
                return QueryAnswer.Coded(400);
        }
    }

    /// <summary>Merlin's own takes a command line. This one takes the name of an object: what is run is the check command that the node
    /// which runs it has for it.</summary>
    private async Task<string> RunAsync(string words, CancellationToken stopping)
    {
        const string NodeKey = "node", HostKey = "host_name", ServiceKey = "service_description";
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in KeyValueLine.Read(words))
        {
            if (key is not (NodeKey or HostKey or ServiceKey))
            {
                return Refusal($"runcmd takes {NodeKey}, {HostKey} and {ServiceKey} and runs the check of that object; "
                    + $"{key} has no meaning here");
            }

            values[key] = value;
        }

        if (!values.TryGetValue(HostKey, out var host) || host.Length == 0)
        {
            return Refusal($"{HostKey} is missing");
        }

        var (_, answer) = await test(host, values.GetValueOrDefault(ServiceKey), values.GetValueOrDefault(NodeKey), stopping)
            .ConfigureAwait(false);
        var text = ConfigurationText.Decode(answer.Output.Span);
        if (answer.Outcome == CheckTestOutcome.Refused)
        {
            return Refusal(text);
        }

        // As wait(2) gives it: the exit code in the second byte, a signal in the first.
        var status = answer.Outcome switch
        {
            CheckTestOutcome.Exited => answer.Code << 8,
            CheckTestOutcome.Signalled => answer.Code,
            _ => Unknown << 8,
        };
        var line = new KeyValueLine()
            .Add("outstd", text)
            .Add("wait_status", status.ToString(CultureInfo.InvariantCulture))
            .Add("start", answer.StartedAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture))
            .Add("runtime", answer.Duration.TotalSeconds.ToString("0.000000", CultureInfo.InvariantCulture));
        return (answer.Outcome switch
        {
            CheckTestOutcome.TimedOut => line.Add("error_msg", "killed at its time limit"),
            CheckTestOutcome.NotStarted => line.Add("error_msg", $"not started: {SystemError.Words(answer.Code)}"),
            _ => line,
        }).ToString();
    }

    private static string Refusal(string why) => new KeyValueLine()
        .Add("outstd", why)
        .Add("wait_status", (Unknown << 8).ToString(CultureInfo.InvariantCulture))
        .ToString();

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
