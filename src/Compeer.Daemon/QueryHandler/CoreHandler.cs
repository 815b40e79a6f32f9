using Compeer.Engine.Snapshot;
using Compeer.Execution.Processes;

namespace Compeer.Daemon.QueryHandler;

/// <summary><c>core</c>, as Nagios has it: how much runs and waits.</summary>
/// <param name="view">Gives the present moment.</param>
/// <param name="runner">Gives what runs.</param>
internal sealed class CoreHandler(Func<CancellationToken, Task<EngineSnapshot>> view, Func<RunnerStatus> runner) : IQueryHandler
{
    private const string Help =
        "What runs and what waits.\n"
        + "  loadctl           checks that run, wait, and may run at once\n"
        + "  squeuestats       checks that have a time to run at\n";

    /// <inheritdoc/>
    public string Name => "core";

    /// <inheritdoc/>
    public string Description => "Tells what runs and what waits";

    /// <inheritdoc/>
    public async Task<QueryAnswer> AnswerAsync(string query, Subscriber subscriber, CancellationToken stopping)
    {
        switch (query)
        {
            case "" or "help":
                return QueryAnswer.Said(Help);
            case "loadctl":
                var status = runner();
                return QueryAnswer.Said(
                    $"jobs_max={status.Hosts.Limit + status.Services.Limit};jobs_running={status.Running};"
                    + $"jobs_waiting={status.Waiting};hosts_max={status.Hosts.Limit};services_max={status.Services.Limit};\n");
            case "squeuestats":
                return QueryAnswer.Said(Statistics(await view(stopping).ConfigureAwait(false)));
            default:
                return query.StartsWith("loadctl ", StringComparison.Ordinal)
                    ? QueryAnswer.Said("400: the load is controlled by max_concurrent_checks; set it in the main configuration\n")
                    : QueryAnswer.Coded(404);
        }
    }

    private static string Statistics(EngineSnapshot moment) =>
        $"RUNNING={moment.Running};OWNED={moment.Owned};SQUEUE_ENTRIES={moment.Scheduled}\n";
}
